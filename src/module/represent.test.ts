import { expect, test } from 'vitest'
import { digestBytes } from '../records/digest.ts'
import type { Module } from '../records/module.ts'
import { representable, trustedCandidates } from './represent.ts'

const [a, b, c] = ['a', 'b', 'c'].map((text) => digestBytes(text)) as [`sha256:${string}`, `sha256:${string}`, `sha256:${string}`]
const cluster = (members: string[], returned: number) => ({ members, mass: members.length, returned })

function aModule(name: string, candidate: string): Module {
  return { digest: digestBytes(name), candidate, language: 'python', path: 'main.py', name, kind: 'function', within: [], signature: 's', body: '', code: 'c', span: { start: 0, end: 1 }, calls: [] }
}

test.each([
  ['those that pass the public tests', { passed: [b] }, 'public-tests', [b]],
  ['all where none passes', { passed: [] }, 'none-passed', [a, b, c]],
  ['without tests those of the largest cluster that returns anything', { passed: undefined }, 'behavior', [c]],
])('%s are trusted', (_who, { passed }, basis, expected) => {
  const trusted = trustedCandidates({ all: [a, b, c], passed, clusters: [cluster([a, b], 0), cluster([c], 1)] })
  expect([trusted.basis, [...trusted.candidates]]).toEqual([basis, expected])
})

test('without tests and behaviour nobody is trusted', () => {
  expect(trustedCandidates({ all: [a], passed: undefined, clusters: [] }).candidates.size).toBe(0)
})

test('real modules of trusted programs that stand alone may represent their cluster, the nearest to the middle first', () => {
  const modules = [aModule('one', a), aModule('two', b), aModule('three', b), aModule('four', c), { ...aModule('five', b), within: ['one'] }]
  const clusters = [{ members: [0, 4, 2, 1], centroid: [] }, { members: [3], centroid: [] }]
  expect(representable(modules, clusters, { candidates: new Set([b]) })).toEqual([[2, 1], []])
})
