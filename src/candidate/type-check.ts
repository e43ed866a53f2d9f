import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Candidate } from '../records/candidate.ts'
import type { TypeEvidence } from '../records/screening.ts'

// About the surroundings that a candidate is checked without (packages, Node's own types), not about the candidate.
const aboutSurroundings = new Set([2307, 2580, 2582, 2584, 2591, 2792, 2867, 2868, 2875, 7016, 7026])
const compilerOptions = {
  noEmit: true,
  strict: true,
  noImplicitAny: false,
  skipLibCheck: true,
  target: 'esnext',
  module: 'preserve',
  moduleDetection: 'force',
  lib: ['esnext', 'dom', 'dom.iterable'],
  jsx: 'preserve',
  experimentalDecorators: true,
  allowImportingTsExtensions: true,
  types: [],
}
const TIMEOUT_MS = 30_000

/**
 * Type-checks TypeScript candidates, all in one run of the compiler, each for itself. The compiler reads and runs nothing of theirs. One that
 * cannot be checked (the compiler is not here, or ran out of time) is `unknown`.
 */
export async function checkTypes(candidates: readonly Candidate[]): Promise<TypeEvidence[]> {
  const first = await errorCounts(candidates)
  // One program that does not parse keeps the compiler from looking at the types of any.
  const readable = candidates.filter((_, position) => first?.syntax[position] === 0)
  const second = readable.length === candidates.length ? first : await errorCounts(readable)
  return candidates.map((candidate, position): TypeEvidence => {
    const syntax = first?.syntax[position]
    const errors = syntax !== undefined && syntax > 0 ? syntax : second?.all[readable.indexOf(candidate)]
    return errors === undefined ? { kind: 'unknown' } : { kind: 'checked', errors }
  })
}

async function errorCounts(candidates: readonly Candidate[]): Promise<{ all: number[]; syntax: number[] } | undefined> {
  if (candidates.length === 0) return { all: [], syntax: [] }
  const folder = mkdtempSync(join(tmpdir(), 'countersign-types-'))
  try {
    const files = candidates.flatMap((candidate, position) => write(candidate, join(folder, String(position))))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
    const output = await compile(folder)
    if (output === undefined) return undefined
    const codes = candidates.map((_, position) => errorsOf(output, position))
    return { all: codes.map((found) => found.length), syntax: codes.map((found) => found.filter((code) => code < 2000).length) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function write({ files }: Candidate, folder: string): string[] {
  return files
    .filter(({ path }) => /\.[cm]?tsx?$/.test(path))
    .map(({ path, content }) => {
      const target = join(folder, path)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, content)
      return target
    })
}

/** What the compiler printed; `undefined` when it is not here or did not come to its end. */
function compile(folder: string): Promise<string | undefined> {
  const compiler = findCompiler()
  if (compiler === undefined) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    execFile(
      compiler,
      ['--project', join(folder, 'tsconfig.json'), '--pretty', 'false'],
      { cwd: folder, env: { GOMEMLIMIT: '512MiB' }, timeout: TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: 16 * 2 ** 20 },
      // Errors found are exit status 1 or 2; anything else is no answer.
      (error, stdout) => resolve(error === null || error.code === 1 || error.code === 2 ? stripVTControlCharacters(stdout) : undefined),
    )
  })
}

/** The compiler itself, not the script in front of it: that would outlive a kill. */
function findCompiler(): string | undefined {
  try {
    const { resolve } = createRequire(createRequire(import.meta.url).resolve('typescript/package.json'))
    const platform = resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`)
    return join(dirname(platform), 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc')
  } catch {
    return undefined
  }
}

function errorsOf(output: string, position: number): number[] {
  const found = [...output.matchAll(/^(\d+)[\\/].*?\(\d+,\d+\): error TS(\d+):/gm)]
  return found.filter(([, owner]) => owner === String(position)).map(([, , code]) => Number(code)).filter((code) => !aboutSurroundings.has(code))
}
