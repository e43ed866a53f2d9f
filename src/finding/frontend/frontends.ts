import type { Language } from '../../records/language.ts'
import type { Frontend } from './frontend.ts'
import { pythonFrontend } from './python/frontend.ts'

const frontends: readonly Frontend[] = [pythonFrontend]

/** The front end for a path by its extension, or for a language by its name. */
export function frontendFor(path: string, language?: string): Frontend | undefined {
  const extension = /\.\w+$/.exec(path)?.[0].toLowerCase()
  return frontends.find((frontend) =>
    language === undefined ? extension !== undefined && frontend.extensions.includes(extension) : frontend.language === language,
  )
}

export const scannedLanguages: readonly Language[] = ['python']
