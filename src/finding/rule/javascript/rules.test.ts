import { describe, expect, test } from 'vitest'
import { fixtureFiles, fixturesOf } from '../../../../test/support/fixtures.ts'
import { scan } from '../../scan.ts'
import { javascriptRules } from './rules.ts'

describe.each(javascriptRules.map((rule) => ({ id: rule.id, fixtures: fixturesOf(rule.id) })))('$id', ({ id, fixtures }) => {
  test('has at least three bad and three ok fixtures', () => {
    expect(fixtures.filter(({ kind }) => kind === 'bad').length).toBeGreaterThanOrEqual(3)
    expect(fixtures.filter(({ kind }) => kind === 'ok').length).toBeGreaterThanOrEqual(3)
  })

  test.each(fixtures)('$kind: $title', async ({ kind, code, extension }) => {
    const { findings, coverage } = await scan([{ path: `fixture.${extension}`, content: code }])
    // What a bad one does may be hidden as well.
    expect(coverage[0]).toMatchObject(kind === 'bad' && coverage[0]?.kind === 'incomplete' ? { hidden: expect.any(Array) as unknown, parseErrors: 0 } : { kind: 'read', parseErrors: 0 })
    expect(findings.some(({ rule }) => rule === id)).toBe(kind === 'bad')
  })
})

test('every fixture file belongs to a rule', () => {
  expect(fixtureFiles('javascript').filter((name) => !javascriptRules.some(({ id }) => id === name))).toEqual([])
})

test('rules are told apart by their id', () => {
  expect(new Set(javascriptRules.map(({ id }) => id)).size).toBe(javascriptRules.length)
})
