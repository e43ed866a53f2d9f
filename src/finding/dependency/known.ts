import { readFileSync } from 'node:fs'
import { type Ecosystem, normalised } from './ecosystem.ts'

const kept = new Map<Ecosystem, { names: ReadonlySet<string>; popular: readonly string[] }>()

/** The 8,000 most downloaded packages of a registry (2026-11), and the 1,000 that somebody would take the likeness of. */
export function knownPackages(ecosystem: Ecosystem): { names: ReadonlySet<string>; popular: readonly string[] } {
  const known = kept.get(ecosystem)
  if (known !== undefined) return known
  const list = readFileSync(new URL(`known-${ecosystem}.txt`, import.meta.url), 'utf8').trim().split('\n').map((name) => normalised(ecosystem, name))
  const read = { names: new Set(list), popular: list.slice(0, 1000) }
  kept.set(ecosystem, read)
  return read
}
