import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CountersignError } from '../../errors.ts'
import type { Finding } from '../../records/finding.ts'
import { Files } from '../beside.ts'
import type { Packages } from '../dependency/manifest.ts'
import { suppress } from '../suppression/suppress.ts'
import { blobName } from './blob.ts'
import { git, gitNow, gitOrFail, repositoryOf } from './git.ts'
import { isNoWorse } from './known.ts'
import { decodeSource, readSource, type Source } from './read-source.ts'
import { type Around, scanText } from './scan-source.ts'

/** The version of a workspace that a change starts from. */
export interface Base {
  /** What it is, for people. */
  readonly name: string
  /** Of the given files those that differ from it. */
  changed(files: readonly string[]): string[]
  /** What a file held. */
  text(path: string): Promise<string>
  /** A question to ask of the findings in files that were looked at: was that there before? */
  knowing(looked: readonly string[], packages?: Packages): Promise<(finding: Finding) => boolean>
}

interface Before {
  readonly findings: ReadonlyMap<string, Finding>
  readonly lines: ReadonlySet<string>
}

/**
 * The commit where the work in the folder left `revision`, or `revision` itself where their histories do not meet. Contents are compared by
 * their names in git, and no program that a repository's configuration names is started for it.
 */
export async function openBase(root: string, revision: string): Promise<Base> {
  if ((await repositoryOf(root)) !== root) throw new CountersignError('INPUT_INVALID', `--diff needs what is scanned to lie in one git repository; ${root} is none`)
  const commit = await commitOf(root, revision)
  const tree = await treeOf(root, commit)
  const blobs = new Set(tree.values())
  const algorithm = commit.length === 40 ? 'sha1' : 'sha256'
  return {
    name: `${revision} (${commit.slice(0, 12)})`,
    changed: (files) =>
      files.filter((path) => {
        const blob = blobName(join(root, path), algorithm)
        // Moved as it is: nothing in it is new.
        return blob === undefined || (tree.get(path) !== blob && (tree.has(path) || !blobs.has(blob)))
      }),
    async text(path) {
      const blob = tree.get(path)
      return blob === undefined ? '' : ((await git(root, ['cat-file', 'blob', blob]))?.toString('utf8') ?? '')
    },
    async knowing(looked, packages) {
      const paths = new Set(looked)
      const contentOf = (path: string) => contentAt(tree.get(path), { root, path, algorithm })
      const others = new Files([...tree.keys()], (path) => textOf(contentOf(path)))
      const before = new Map<string, Before>()
      for (const path of looked) {
        const old = tree.has(path) ? path : placeOfMoved(path, tree, (other) => !existsSync(join(root, other)))
        const content = old === undefined ? undefined : contentOf(old)
        if (old !== undefined && content !== undefined) before.set(path, await read(old, content, { packages, others, follow: true }))
      }
      const linesOf = remembered((path: string) => readLines(join(root, path)))
      // What is in a file that did not change, and leads into none that did, was there before.
      return (finding) => !paths.has(finding.path) || isIn(before.get(finding.path), { finding, linesOf })
    },
  }
}

async function commitOf(root: string, revision: string): Promise<string> {
  const named = await gitOrFail(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], `there is no revision ${revision} in this repository`)
  const commit = named.toString('utf8').trim()
  return (await git(root, ['merge-base', commit, 'HEAD']))?.toString('utf8').trim() || commit
}

/** Path -> name of its content, regular files alone. */
async function treeOf(root: string, commit: string): Promise<Map<string, string>> {
  const said = await gitOrFail(root, ['ls-tree', '-r', '-z', '--full-tree', commit], `the tree of ${commit} cannot be read`)
  const entries = said.toString('utf8').split('\0').flatMap((entry) => {
    const [, blob, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? []
    return blob === undefined || path === undefined ? [] : [[path, blob] as const]
  })
  return new Map(entries)
}

/** A file that came under its old name and left its old place was moved, whatever else was done to it. */
function placeOfMoved(path: string, tree: ReadonlyMap<string, string>, isGone: (path: string) => boolean): string | undefined {
  const old = [...tree.keys()].filter((known) => basename(known) === basename(path) && isGone(known))
  return old.length === 1 ? old[0] : undefined
}

/** What a file held: as it lies there where it is the same, else as git has it. */
function contentAt(blob: string | undefined, { root, path, algorithm }: { root: string; path: string; algorithm: 'sha1' | 'sha256' }): Uint8Array | undefined {
  if (blob === undefined) return undefined
  const place = join(root, path)
  return blobName(place, algorithm) === blob ? readFileSync(place) : gitNow(root, ['cat-file', 'blob', blob])
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  const source = bytes === undefined ? undefined : decodeSource(bytes)
  return source?.kind === 'text' ? source.content : undefined
}

async function read(path: string, bytes: Uint8Array, around: Around): Promise<Before> {
  const source = decodeSource(bytes)
  const scan = await scanText(source, { path }, around)
  const { findings } = await suppress(scan.findings, { suppressions: scan.suppressions, coverage: [scan.coverage] })
  return { findings: new Map(findings.map((finding) => [finding.fingerprint, finding])), lines: new Set(linesIn(source)) }
}

/** Another tool did not look at the old version: what it finds on lines that were all there before is taken for old. */
function isIn(before: Before | undefined, { finding, linesOf }: { finding: Finding; linesOf: (path: string) => readonly string[] }): boolean {
  if (before === undefined) return false
  if (finding.tool === undefined) return isNoWorse(finding, before.findings.get(finding.fingerprint))
  const lines = linesOf(finding.path).slice(finding.span.line - 1, finding.span.endLine)
  return lines.length > 0 && lines.every((line) => before.lines.has(line))
}

function readLines(path: string): readonly string[] {
  return linesIn(readSource(path))
}

function linesIn(source: Source): string[] {
  return source.kind === 'text' ? source.content.split('\n').map((line) => line.trim()) : []
}

function remembered<Result>(ask: (path: string) => Result): (path: string) => Result {
  const known = new Map<string, Result>()
  return (path) => {
    const result = known.get(path) ?? ask(path)
    known.set(path, result)
    return result
  }
}
