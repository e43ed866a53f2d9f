import { type Candidate, type ChangedFile, contentDigest } from '../records/candidate.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import { type Language, languageOfPath } from '../records/language.ts'
import type { Module } from '../records/module.ts'
import { canonicalForm } from '../syntax/canonical.ts'
import { loadSyntax, parse, type SyntaxNode } from '../syntax/tree.ts'
import { type Definition, definitionsOf } from './definition.ts'
import { partOf } from './part.ts'
import { callsIn, mentionsOf, reachable } from './reach.ts'
import { replacedIn } from './replaced.ts'

/** What extraction found, and what it passed over. */
export interface Extraction {
  modules: Module[]
  /** Files that were not read. */
  unread: { path: string; reason: 'language' | 'too-large' }[]
  /** Names of definitions that the program never reaches from its entry point. */
  unreached: string[]
  /** Names of definitions that do not parse alone. */
  broken: string[]
}

interface Source {
  path: string
  text: string
  language: Language
  root: SyntaxNode
}

/**
 * The sub-modules of a program (CodeChain §3.2): what it defines and reaches from its entry point, the entry point itself left out; of
 * equal ones the first. What is nested is a module beside the one around it, and says so (`within`).
 */
export async function extractModules(candidate: Candidate, { entryPoint }: { entryPoint?: string | undefined } = {}): Promise<Extraction> {
  await loadSyntax()
  const extraction: Extraction = { modules: [], unread: [], unreached: [], broken: [] }
  const sources = candidate.files.flatMap((file) => read(file, { candidate, extraction }))
  const found = sources.flatMap((source) => definitionsOf(source.text, source.root).map((definition) => ({ source, definition })))
  const definitions = found.map(({ definition }) => definition)
  const mentions = mentionsOfAll(sources, definitions)
  const replaced = new Set(sources.flatMap(({ root, path }) => replacedIn(root, found.flatMap(({ source, definition }) => (source.path === path ? [definition] : [])), mentions.get(undefined))))
  const reached = reachable(definitions.filter((definition) => !replaced.has(definition)), mentions, entryPoint)
  const owner = contentDigest(candidate)
  const seen = new Set<Digest>()
  for (const { source, definition } of found) {
    if (definition.name === entryPoint && definition.outer === undefined) continue
    const module = reached.has(definition) ? moduleOf(source, definition, owner) : undefined
    if (!reached.has(definition)) extraction.unreached.push(definition.name)
    else if (module === undefined) extraction.broken.push(definition.name)
    else if (!seen.has(module.digest)) extraction.modules.push(module)
    if (module !== undefined) seen.add(module.digest)
  }
  return extraction
}

function read(file: ChangedFile, { candidate, extraction }: { candidate: Candidate; extraction: Extraction }): Source[] {
  const language = file === candidate.files[0] ? candidate.language : languageOfPath(file.path)
  const parsed = language && parse(language, file.content)
  if (language !== undefined && parsed?.kind === 'parsed') return [{ path: file.path, text: file.content, language, root: parsed.root }]
  extraction.unread.push({ path: file.path, reason: language === undefined ? 'language' : 'too-large' })
  return []
}

// A file uses what another defines: mentions outside of definitions are those of all files.
function mentionsOfAll(sources: readonly Source[], definitions: readonly Definition[]): Map<Definition | undefined, Set<string>> {
  const all = new Map<Definition | undefined, Set<string>>()
  for (const { text, root } of sources) {
    for (const [definition, names] of mentionsOf(text, root, definitions)) all.set(definition, names.union(all.get(definition) ?? new Set()))
  }
  return all
}

function moduleOf({ path, text, language }: Source, definition: Definition, candidate: Digest): Module | undefined {
  const { signature, description, body, code } = partOf(language, text, definition)
  const alone = parse(language, code)
  if (alone.kind !== 'parsed' || alone.errors > 0) return undefined
  const { name, kind, within } = definition
  return {
    digest: digestRecord({ language, form: canonicalForm(language, code, alone.root, { keepOutput: true }) }),
    candidate,
    language,
    path,
    name,
    kind,
    within: [...within],
    signature,
    ...(description === '' ? {} : { description }),
    body,
    code,
    span: { start: definition.whole.start, end: definition.whole.end },
    calls: callsIn(text, definition.body),
  }
}
