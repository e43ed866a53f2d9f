import type { ChangedFile } from '../../records/candidate.ts'
import type { Edit, Finding, FindingFix } from '../../records/finding.ts'
import { programOf } from '../program.ts'
import { scan, type ScanOptions } from '../scan.ts'
import { compare, type Reading } from './compare.ts'
import { applyEdits, inOrder } from './edit.ts'
import { fixesOf } from './fixes.ts'
import { Site } from './site.ts'

/** `fixed` holds the file as it is afterwards and how it then reads. */
export type Attempt =
  | { kind: 'fixed'; fix: FindingFix; content: string; reading: Reading; became: ReadonlyMap<Finding, Finding> }
  /** `offered`: the fix is a good one, but not of those that were wanted. */
  | { kind: 'refused'; reason: string; offered?: FindingFix }

/** No fix has so many ways to try that this is met by chance. */
const mostTries = 12

export async function readFile(file: ChangedFile, options: ScanOptions): Promise<Reading> {
  const { findings, coverage } = await scan([file], options)
  const [covered] = coverage
  if (covered === undefined) throw new Error('a scan without coverage')
  return { findings, coverage: covered }
}

/** The first way to mend one finding of a file that stands up to another scan. */
export async function attempt(
  file: ChangedFile,
  reading: Reading,
  options: ScanOptions & { target: Finding; isWanted: (fix: Pick<FindingFix, 'behaviour'>) => boolean },
): Promise<Attempt> {
  const { target, isWanted } = options
  const fixes = fixesOf(target.rule)
  if (fixes.length === 0) return { kind: 'refused', reason: 'its rule has no fix' }
  const site = siteOf(file, target, options.language)
  if (site === undefined) return { kind: 'refused', reason: 'the file is not read' }
  let reason = 'no fix is known for this form'
  let tries = 0
  for (const { title, behaviour, edit } of [...fixes.filter(isWanted), ...fixes.filter((fix) => !isWanted(fix))]) {
    for (const changes of edit(site)) {
      if (changes.length === 0 || ++tries > mostTries) continue
      const edits = inFile(changes, { file, site })
      const content = edits && applyEdits(file.content, edits)
      if (edits === undefined || content === undefined || content === file.content) continue
      const after = await readFile({ path: file.path, content }, options)
      const compared = compare(reading, after, { target, edits })
      const fix = { title, behaviour, edits }
      if (compared.kind === 'refused') reason = compared.reason
      else if (isWanted(fix)) return { kind: 'fixed', fix, content, reading: after, became: compared.became }
      else return { kind: 'refused', reason: 'its fix may change what the program does', offered: fix }
    }
  }
  return { kind: 'refused', reason }
}

function siteOf(file: ChangedFile, finding: Finding, language: string | undefined): Site | undefined {
  const program = programOf(file, language)
  if (program?.parsed.kind !== 'parsed') return undefined
  const { text, shift, frontend, parsed } = program
  return new Site({ finding, language: frontend.language, text, root: parsed.root, shift })
}

/** The edits at the positions they have in the file, if what they replace is in the file as it was read. */
function inFile(edits: readonly Edit[], { file, site }: { file: ChangedFile; site: Site }): Edit[] | undefined {
  const moved = inOrder(edits.map(({ start, end, text }) => ({ start: start - site.shift, end: end - site.shift, text })))
  const isThere = moved.every(
    ({ start, end }) =>
      start >= 0 && end <= file.content.length && file.content.slice(start, end) === site.text.slice(start + site.shift, end + site.shift),
  )
  return isThere && !moved.some((edit) => separates(file.content, edit)) ? moved : undefined
}

/** Whether new lines would come between a comment that answers for a finding and the line that it speaks of. */
function separates(content: string, { start, text }: Edit): boolean {
  const line = content.lastIndexOf('\n', start - 1)
  const [above = ''] = content.slice(0, Math.max(0, line)).split('\n').slice(-1)
  return text.includes('\n') && above.includes('countersign-ignore')
}
