import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { scan } from '../../../src/index.ts'
import type { Sandbox } from '../../../src/ports.ts'
import { checksOf, type Check, tellingCode } from './checks.ts'
import { plainNames } from './names.ts'
import { type Label, programText, type Skeleton } from './program.ts'

/** What was seen of a program: which checks do not hold, and what the analyser finds. Lines count from 1, in the program with plain names. */
export interface Seen {
  failed: { kind: Check['kind']; index: number }[]
  findings: { rule: string; cwe: string; line: number; sure: boolean }[]
  outcome: string
}

/** A program of which what is said was seen. */
export interface Confirmed extends Skeleton {
  seen: Seen
}

/** A program of which something else was seen than its grammar says; it is left out. */
export interface Refuted extends Skeleton {
  seen: Seen
  why: string
}

const limits = { cpuMs: 4000, wallMs: 15_000, memoryBytes: 512 * 2 ** 20, outputBytes: 2 ** 20, processes: 16, fileBytes: 2 ** 24 }
const mark = 'does-not-hold-5b1d'

/** Runs a program's checks in a sandbox and has the analyser read it; what was seen is kept in `cache` by digest, so that it is done once. */
export class Confirmer {
  readonly #sandbox: Sandbox
  readonly #cache: string
  readonly #known = new Map<string, Seen>()

  constructor(sandbox: Sandbox, cache: string) {
    this.#sandbox = sandbox
    this.#cache = cache
    if (!existsSync(cache)) return
    for (const line of readFileSync(cache, 'utf8').split('\n').filter(Boolean)) {
      const { key, seen } = JSON.parse(line) as { key: string; seen: Seen }
      this.#known.set(key, seen)
    }
  }

  async confirm(skeleton: Skeleton): Promise<Confirmed | Refuted> {
    const seen = await this.#see(skeleton)
    const why = whyNot(skeleton, seen)
    return why === undefined ? { ...skeleton, seen } : { ...skeleton, seen, why }
  }

  async #see(skeleton: Skeleton): Promise<Seen> {
    const { family, language } = skeleton
    const names = plainNames(family, language)
    const program = programText(skeleton, names)
    const checks = checksOf(family, language, names)
    const code = tellingCode(checks, language, mark)
    const key = createHash('sha256').update(JSON.stringify([program, code])).digest('hex')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const path = language === 'python' ? 'program.py' : 'program.ts'
    const { findings } = await scan([{ path, content: program }], { language })
    const run = await this.#sandbox.run({ language, files: [{ path, content: program }], work: { kind: 'in-process', code } }, { limits })
    const failed = [...run.stdout.matchAll(new RegExp(`^${mark} (\\d+)$`, 'gm'))].map(([, index]) => Number(index))
    const seen: Seen = {
      outcome: run.outcome === 'completed' ? run.outcome : `${run.outcome}: ${run.error?.type} ${run.error?.message}`,
      failed: failed.flatMap((index) => (checks[index] === undefined ? [] : [{ kind: checks[index].kind, index }])),
      findings: findings.map(({ rule, cwe, span, tier, confidence }) => ({ rule, cwe: `CWE-${cwe}`, line: span.line, sure: tier === 'vulnerability' && confidence !== 'low' })),
    }
    this.#known.set(key, seen)
    appendFileSync(this.#cache, `${JSON.stringify({ key, seen })}\n`)
    return seen
  }
}

/** Undefined where all that a program's grammar says of it was seen. */
function whyNot({ label, derivation }: Skeleton, { failed, findings, outcome }: Seen): string | undefined {
  const tests = failed.filter(({ kind }) => kind === 'test').length
  const exploits = failed.filter(({ kind }) => kind === 'exploit').length
  const weaknesses = new Set(derivation.flaws.map(({ cwe }) => cwe))
  // A wrong program may break off at its load; any other must come to its end.
  if (label !== 'wrong' && outcome !== 'completed') return outcome
  const reasons: Record<Label, () => string | undefined> = {
    sound: () => (tests > 0 ? 'a test fails' : exploits > 0 ? 'an exploit succeeds' : findings.some(({ sure }) => sure) ? 'the analyser finds a weakness' : undefined),
    weak: () => (tests > 0 ? 'a test fails' : exploits === 0 && !findings.some(({ cwe }) => weaknesses.has(cwe)) ? 'nothing shows the weakness' : undefined),
    wrong: () => (outcome === 'completed' && tests === 0 ? 'no test fails' : undefined),
  }
  return reasons[label]()
}
