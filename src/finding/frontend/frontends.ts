import type { Frontend } from './frontend.ts'
import { javascriptFrontend, typescriptFrontend } from './javascript/frontend.ts'
import { pythonFrontend } from './python/frontend.ts'

const frontends: readonly Frontend[] = [pythonFrontend, javascriptFrontend, typescriptFrontend]

/** The front end for a path by its extension, or for a language by its name. */
export function frontendFor(path: string, language?: string): Frontend | undefined {
  const extension = /\.\w+$/.exec(path)?.[0].toLowerCase()
  return frontends.find((frontend) =>
    language === undefined ? extension !== undefined && frontend.extensions.includes(extension) : frontend.language === language,
  )
}

/** What reads a file: by its name, or as a program of the language given. */
export function frontendOf(path: string, language: string | undefined): Frontend | undefined {
  return frontendFor(path) ?? frontendFor(path, language ?? '')
}
