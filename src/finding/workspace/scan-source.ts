import { realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FileCoverage, Finding } from '../../records/finding.ts'
import { Files } from '../beside.ts'
import type { Packages } from '../dependency/manifest.ts'
import { frontendFor, frontendOf } from '../frontend/frontends.ts'
import type { Link } from '../links.ts'
import { scan, scanAmong } from '../scan.ts'
import { type Suppression, suppressionsIn } from '../suppression/comment.ts'
import { languageOfScript } from '../language-name.ts'
import { isInside } from './root.ts'
import { readSource, type Source } from './read-source.ts'

/** What one file holds. `suppressions` are only read here: whether they are honoured is for whoever trusts the file's author to say. */
export interface SourceScan {
  readonly findings: readonly Finding[]
  readonly coverage: FileCoverage
  readonly suppressions: readonly Suppression[]
  /** What the file has to do with the others, where there are others. */
  readonly link?: Link
  /** Its values lead into others, and were not followed: there are too many. */
  readonly isCut?: true
}

/** A file of a workspace; `language` where its name does not tell it. */
export interface SourcePath {
  readonly path: string
  readonly language?: string
}

/** What is known when one file of a workspace is read: what the workspace says of its packages, and the other files that it may lead into. */
export interface Around {
  readonly packages?: Packages | undefined
  readonly others?: Files
  /** Whether values are followed into the others; else only what the file has to do with them is found out. */
  readonly follow?: boolean
  /** Steps that following may take. */
  readonly steps?: number | undefined
}

/** The files of a workspace for each other, as they lie on the disk. What a link leads to is read under its own name. */
export function filesAt(root: string, paths: readonly string[]): Files {
  return new Files(paths, (path) => {
    const source = readSource(join(root, path))
    return source.kind === 'text' ? source.content : undefined
  })
}

export function scanSource(root: string, { path, language }: SourcePath, around?: Around): Promise<SourceScan> {
  return scanText(sourceAt(root, path), { path, ...(language !== undefined && { language }) }, around)
}

/** What a link leads to is read under its own name. A program's link to anything that is not would run unread. */
function sourceAt(root: string, path: string): Source {
  const source = readSource(join(root, path))
  if (source.kind !== 'unread' || source.isLink !== true || isReadByItself(root, path)) return source
  return { kind: 'unread', reason: 'a symbolic link to what is not read here as such a program', partial: true }
}

function isReadByItself(root: string, path: string): boolean {
  const language = frontendFor(path)?.language
  const target = targetOf(join(root, path))
  if (language === undefined || target === undefined || statSync(target).isDirectory()) return true
  return isInside(realpathSync(root), target) && frontendFor(target)?.language === language
}

/** Where a link leads; `undefined` when there is nothing. */
function targetOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

export async function scanText(source: Source, { path, language }: SourcePath, { packages, others, follow = false, steps }: Around = {}): Promise<SourceScan> {
  if (source.kind === 'unread') return unread(path, source, frontendFor(path)?.language ?? language)
  const { content, flaw } = source
  const spoken = language ?? languageOfScript(content)
  try {
    const options = { ...(spoken !== undefined && { language: spoken }), ...(packages !== undefined && { packages }) }
    const { findings, coverage, link } = others === undefined ? { ...(await scan([{ path, content }], options)), link: undefined } : await scanAmong({ path, content }, { ...options, others, follow, steps })
    const [covered] = coverage
    if (covered === undefined) throw new Error('a scan without coverage')
    const suppressions = await suppressionsIn(content, { path, language: covered.kind === 'skipped' ? undefined : frontendOf(path, spoken)?.language })
    return { findings, coverage: flaw === undefined ? covered : flawed(covered, flaw), suppressions, ...(link !== undefined && { link }) }
  } catch (error) {
    // One file that breaks the analyser must not hide what the others hold; that it was not read is said, and never counts as clean.
    return unread(path, { reason: `the analyser failed: ${error instanceof Error ? error.name : 'unknown'}; please report it`, partial: true }, 'unknown')
  }
}

function flawed(coverage: FileCoverage, reason: string): FileCoverage {
  const isRead = coverage.kind === 'read' || (coverage.kind === 'incomplete' && coverage.hidden !== undefined)
  return isRead ? { kind: 'incomplete', path: coverage.path, language: coverage.language, reason } : coverage
}

/** A program that was not read is incomplete; what is no program is skipped. */
export function unread(path: string, { reason, partial }: { reason: string; partial: boolean }, language?: string): SourceScan {
  const coverage: FileCoverage =
    partial && language !== undefined ? { kind: 'incomplete', path, language, reason } : { kind: 'skipped', path, reason }
  return { findings: [], coverage, suppressions: [] }
}
