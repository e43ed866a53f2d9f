import { type Candidate, type ChangedFile, contentDigest } from '../records/candidate.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import { type Language, languageOfPath } from '../records/language.ts'
import type { ParseEvidence, Screening } from '../records/screening.ts'
import type { Task } from '../records/task.ts'
import { canonicalForm } from '../syntax/canonical.ts'
import { definesName, outlineOf } from '../syntax/outline.ts'
import { loadSyntax, parse, type Parsed } from '../syntax/tree.ts'
import { findDegenerate } from './degenerate.ts'
import { expectedIn } from './quoted.ts'
import { refusalsIn } from './refusal.ts'
import { checkTypes } from './type-check.ts'
import { undefinedNames } from './undefined-names.ts'

/**
 * Looks at candidates before anything runs: whether they parse, define what is asked for, and are an attempt at all. Proposals with
 * one content, or one canonical form, become one candidate that was proposed several times; the order is that of the first.
 */
export async function screenCandidates(task: Task, candidates: readonly Candidate[]): Promise<Screening[]> {
  await loadSyntax()
  const contents = new Map<Digest, Screening>()
  const forms = new Map<Digest, Screening>()
  const screenings: Screening[] = []
  for (const candidate of candidates) {
    const digest = contentDigest(candidate)
    let known = contents.get(digest)
    if (known === undefined) {
      const fresh = screen(task, candidate, digest)
      known = fresh.canonical === undefined ? undefined : forms.get(fresh.canonical)
      if (known === undefined) {
        known = { ...fresh, ids: [] }
        screenings.push(known)
        if (fresh.canonical !== undefined) forms.set(fresh.canonical, known)
      }
      contents.set(digest, known)
    }
    known.ids.push(candidate.id)
  }
  return withTypes(screenings, candidates)
}

async function withTypes(screenings: readonly Screening[], candidates: readonly Candidate[]): Promise<Screening[]> {
  const byDigest = new Map(candidates.map((candidate) => [contentDigest(candidate), candidate]))
  const typed = screenings.filter(({ candidate, degenerate }) => degenerate === undefined && byDigest.get(candidate)?.language === 'typescript')
  const types = await checkTypes(typed.flatMap(({ candidate }) => byDigest.get(candidate) ?? []))
  const found = new Map(typed.map(({ candidate }, position) => [candidate, types[position]]))
  return screenings.map((screening) => {
    const evidence = found.get(screening.candidate)
    return evidence === undefined ? screening : Object.assign(screening, { types: evidence })
  })
}

function screen(task: Task, candidate: Candidate, digest: Digest): Screening {
  const files = candidate.files.map((file) => ({ file, language: languageOf(file, candidate) }))
  const parsed = files.map(({ file, language }) => ({ file, language, parsed: language === undefined ? undefined : parse(language, file.content) }))
  const evidence = combine(parsed.flatMap((file) => file.parsed ?? []))
  const [main] = parsed
  const outline = main?.language !== undefined && main.parsed?.kind === 'parsed' ? outlineOf(main.language, main.file.content, main.parsed) : undefined
  const { prompt, entryPoint } = task
  const degenerate = main === undefined ? undefined : findDegenerate({ language: candidate.language, text: main.file.content, prompt, entryPoint, outline })
  const forms = formsOf(task, parsed)
  const parses = evidence.kind === 'parsed' && evidence.errors === 0
  const missing = parses ? missingIn(parsed) : undefined
  const quoted = expectedIn(task.instruction)
  const isNamed = (words: string) => forms.some(({ form }) => form.includes(words))
  return {
    candidate: digest,
    ids: [candidate.id],
    parse: evidence,
    entryPoint: entryPoint === undefined ? 'not-asked' : outline === undefined ? 'unknown' : definesName(outline, entryPoint) ? 'found' : 'missing',
    ...(degenerate === undefined ? {} : { degenerate }),
    ...(missing === undefined ? {} : { undefinedNames: missing }),
    refusals: parsed.reduce((sum, file) => sum + (file.parsed?.kind === 'parsed' ? refusalsIn(file.parsed.root) : 0), 0),
    ...(quoted.length === 0 ? {} : { quoted: { used: quoted.filter(isNamed).length, of: quoted.length } }),
    words: forms.reduce((sum, { form }) => sum + (form.match(/\S+/g)?.length ?? 0), 0),
    ...(parses ? { canonical: digestRecord({ language: candidate.language, base: candidate.base ?? null, forms }) } : {}),
  }
}

/** Names without a meaning in any of the files; `undefined` where it cannot be known of one, or where there is nothing to read. */
function missingIn(files: readonly { file: ChangedFile; language: Language | undefined; parsed: Parsed | undefined }[]): string[] | undefined {
  const found = files.map(({ file, language, parsed }) => (language === 'python' && parsed?.kind === 'parsed' ? undefinedNames(file.content, parsed.root) : undefined))
  return found.length === 0 || found.includes(undefined) ? undefined : [...new Set(found.flatMap((names) => names ?? []))].sort()
}

function languageOf(file: ChangedFile, candidate: Candidate): Language | undefined {
  return file === candidate.files[0] ? candidate.language : languageOfPath(file.path)
}

function combine(parsed: Parsed[]): ParseEvidence {
  const large = parsed.find((file) => file.kind === 'too-large')
  if (large !== undefined) return large
  return { kind: 'parsed', errors: parsed.reduce((sum, file) => sum + (file.kind === 'parsed' ? file.errors : 0), 0) }
}

function formsOf(task: Task, files: { file: ChangedFile; language: Language | undefined; parsed: Parsed | undefined }[]): { path: string; form: string }[] {
  // What a program prints is its answer where nothing is called.
  const keepOutput = task.entryPoint === undefined
  return files.map(({ file, language, parsed }) => ({
    path: file.path,
    form: language !== undefined && parsed?.kind === 'parsed' ? canonicalForm(language, file.content, parsed.root, { keepOutput }) : file.content,
  }))
}
