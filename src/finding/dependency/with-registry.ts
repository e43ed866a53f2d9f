import type { Finding } from '../../records/finding.ts'
import { readPurl } from './purl.ts'
import type { Registered, Resolve } from './registry.ts'
import { absent, findingOf, lookalike, unknown } from './rules.ts'

/** Findings as they are once the registries were asked, and what could not be asked. */
export interface WithRegistry {
  readonly findings: Finding[]
  readonly unavailable: readonly string[]
}

const atOnce = 6

/**
 * Asks the registries for every package that is doubtful. One that exists is no longer unknown, though it may still be nearly another's
 * name; one that does not is worse than unknown.
 */
export async function withRegistry(findings: readonly Finding[], resolve: Resolve): Promise<WithRegistry> {
  const doubtful = findings.filter(({ rule }) => rule === unknown.id || rule === lookalike.id)
  const names = [...new Set(doubtful.flatMap(({ trace }) => trace[0]?.note ?? []))]
  const answers = new Map<string, Registered>()
  const queue = names.values()
  const ask = async () => {
    for (const name of queue) {
      const purl = readPurl(name)
      if (purl !== undefined) answers.set(name, await resolve(purl.ecosystem, purl.name))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, ask))
  return {
    findings: findings.flatMap((finding) => judged(finding, answers.get(finding.trace[0]?.note ?? ''))),
    unavailable: names.flatMap((name) => {
      const answer = answers.get(name)
      return answer?.kind === 'unavailable' ? [`${name}: ${answer.reason}`] : []
    }),
  }
}

function judged(finding: Finding, answer: Registered | undefined): Finding[] {
  const isDoubtful = finding.rule === unknown.id || finding.rule === lookalike.id
  if (!isDoubtful || answer === undefined || answer.kind === 'unavailable') return [finding]
  if (answer.kind === 'absent') return [{ ...finding, ...findingOf(absent, /\(Named: (.*)\.\)$/.exec(finding.message)?.[1] ?? '') }]
  return finding.rule === lookalike.id ? [finding] : []
}
