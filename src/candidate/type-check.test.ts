import { expect, test } from 'vitest'
import type { Candidate } from '../records/candidate.ts'
import { checkTypes } from './type-check.ts'

const candidate = (id: string, content: string, path = 'main.ts'): Candidate => ({ id, language: 'typescript', files: [{ path, content }] })

test('each candidate is checked for itself, and its surroundings do not count', async () => {
  const checked = await checkTypes([
    candidate('right', 'export function f(value: number): string { return String(value) }'),
    candidate('wrong', 'export function f(value: number): string { return value }\nconst other: Missing = 1'),
    candidate('same name again', 'function f(value: string): number { return value.length }'),
    candidate('packages', "import fs from 'node:fs'\nimport pad from 'left-pad'\nexport const f = () => pad(fs.readFileSync('a', 'utf8'), process.argv.length)"),
    candidate('markup', 'export const f = (name: string) => <p>{name}</p>', 'main.tsx'),
    candidate('broken', 'export function f( {'),
  ])
  expect(checked.map((evidence) => (evidence.kind === 'checked' ? evidence.errors > 0 : undefined))).toEqual([false, true, false, false, false, true])
})

test('a type that never ends is not waited for', async () => {
  const endless = candidate('endless', 'type Grow<T extends unknown[]> = Grow<[...T, ...T, 1]>\nexport const f: Grow<[1, 1]> = 1')
  expect(await checkTypes([endless])).toHaveLength(1)
})
