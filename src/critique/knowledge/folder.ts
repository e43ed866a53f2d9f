import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CountersignError } from '../../errors.ts'
import { type Passage, passagesOf } from './passage.ts'

const mostFiles = 2_000
const mostBytes = 20 * 2 ** 20
const largestFile = 2 ** 20

/** The passages of the documents in folders: Markdown and plain text, in the order of their names, up to 2,000 files or 20 MiB. */
export function folderPassages(folders: readonly string[]): Passage[] {
  let bytes = 0
  let files = 0
  return folders.flatMap((folder) =>
    namesIn(folder).flatMap((name): Passage[] => {
      const path = join(folder, name)
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
      if (size === 0 || size > largestFile || files >= mostFiles || bytes + size > mostBytes) return []
      files += 1
      bytes += size
      return passagesOf({ path: name, text: readFileSync(path, 'utf8') })
    }),
  )
}

function namesIn(folder: string): string[] {
  try {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    return found.flatMap((entry) => (entry.isFile() && /\.(?:md|markdown|txt|rst|adoc)$/i.test(entry.name) ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : [])).sort()
  } catch (cause) {
    throw new CountersignError('CONFIGURATION_INVALID', `the folder of documentation ${folder} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
