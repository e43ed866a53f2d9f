import { readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { CountersignError } from '../errors.ts'
import { nearest } from '../records/nearest.ts'
import { Strategy, StrategyFile, strategyWords } from '../records/strategy.ts'

interface ReadOptions {
  /** Where a strategy lies that another one extends by its name. */
  pathOf: (name: string) => string
}

// A strategy is a few lines.
const mostBytes = 64 * 1024

/** The whole strategy that a file says, with everything that it takes from those that it extends. */
export function readStrategyFile(path: string, options: ReadOptions): Strategy {
  return resolved(path, { ...options, above: [] })
}

function resolved(path: string, { above, pathOf }: ReadOptions & { above: readonly string[] }): Strategy {
  const text = readText(path)
  // Two ways may lead to one file.
  const real = realpathSync(path)
  if (above.includes(real)) throw refused(path, `strategies extend one another in a circle: ${[...above.slice(above.indexOf(real)), real].join(' -> ')}`)
  const { extends: parent, $schema: _, name = basename(path, '.json'), summary = '', ...own } = parse(text, path)
  const base = parent === undefined ? undefined : resolved(pathOfParent(parent, { from: path, pathOf }), { above: [...above, real], pathOf })
  const whole = Strategy.safeParse({
    name,
    summary,
    sampling: { ...base?.sampling, ...own.sampling },
    evidence: { ...base?.evidence, ...own.evidence },
    rounds: own.rounds ?? base?.rounds,
  })
  if (whole.success) return whole.data
  const [issue] = whole.error.issues
  const help = issue?.code === 'invalid_type' || issue?.code === 'invalid_union' || issue?.code === 'invalid_value' ? '; say it, or take it from another strategy with "extends": "hybrid"' : ''
  throw refused(path, `${issue?.path.join('.')} is not said${help}`)
}

function pathOfParent(parent: string, { from, pathOf }: { from: string } & ReadOptions): string {
  if (parent.endsWith('.json') || parent.includes('/')) return resolve(dirname(from), parent)
  try {
    return pathOf(parent)
  } catch (error) {
    throw error instanceof CountersignError ? refused(from, `extends: ${error.message}`) : error
  }
}

function readText(path: string): string {
  try {
    const found = statSync(path)
    if (!found.isFile() || found.size > mostBytes) throw refused(path, found.isFile() ? `is no strategy: it has ${found.size} bytes, and at most ${mostBytes} are read` : 'is no file')
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause
    const isAbsent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new CountersignError('CONFIGURATION_INVALID', isAbsent ? `there is no strategy file ${path}` : `${path} cannot be read: ${String(cause)}`, { cause })
  }
}

function parse(text: string, path: string): StrategyFile {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw refused(path, `is not JSON: ${cause instanceof Error ? cause.message : cause}`)
  }
  const file = StrategyFile.safeParse(content)
  if (file.success) return file.data
  throw refused(path, explained(file.error.issues[0], content))
}

/** What is wrong, where, and what may have been meant. */
function explained(issue: z.core.$ZodIssue | undefined, content: unknown): string {
  if (issue === undefined) return 'is no strategy'
  // What a union holds against its members is said of the member that the value is nearest to.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const found = issue.errors.flat()
    const inner = found.find(({ code }) => code === 'unrecognized_keys') ?? found.find(({ path }) => path.length > 0)
    if (inner !== undefined) return explained({ ...inner, path: [...issue.path, ...inner.path] }, content)
  }
  const where = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    return `there is no ${where === '' ? key : `${where}.${key}`}; ${suggestion(key, where)}`
  }
  const value = issue.path.reduce<unknown>((node, key) => (typeof node === 'object' && node !== null ? new Map(Object.entries(node)).get(String(key)) : undefined), content)
  if (typeof value === 'string' && strategyWords[where] !== undefined) return `${where}: there is no ${JSON.stringify(value)}; ${suggestion(value, where)}`
  return where === '' ? issue.message : `${where}: ${issue.message}`
}

function suggestion(word: string, where: string): string {
  const known = strategyWords[where] ?? []
  const meant = nearest(word, known)
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`
}

function refused(path: string, what: string): CountersignError {
  return new CountersignError('CONFIGURATION_INVALID', `${path}: ${what}`)
}
