import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Pick, controls } from './pick.ts'
import { judgeChoices } from './report.ts'

const candidates = (...codes: string[]) => codes.map((code) => ({ code }))

function choicesFor(sizes: readonly number[], picks: Readonly<Record<string, (index: number) => Partial<Pick>>>) {
  const all = { random: (index: number): Partial<Pick> => ({ positions: [...Array(sizes[index]).keys()] }), ...picks }
  return {
    tasks: sizes.map((size, index) => ({ id: String(index), group: String(index), candidates: size })),
    picks: new Map(
      Object.entries(all).map(([name, pick]) => [name, sizes.map((_, index): Pick => Object.assign({ positions: [0], confidence: 0, abstained: false }, pick(index)))]),
    ),
  }
}

test('the controls choose by length, place and number alone', () => {
  const pool = candidates('bb', 'a', 'dddd', 'bb', 'cc', 'cc')
  const positions = Object.fromEntries([...controls].map(([name, control]) => [name, control(pool).positions]))
  expect(positions).toEqual({ random: [0, 1, 2, 3, 4, 5], first: [0], longest: [2], shortest: [1], majority: [0, 3, 4, 5] })
  expect(controls.get('majority')?.(pool).confidence).toBeCloseTo(1 / 3)
})

test('random is the exact expectation, the oracle the upper bound, the gap closed what lies between', () => {
  const choices = choicesFor([4, 2], { clever: (index) => ({ positions: [index === 0 ? 1 : 0] }) })
  const verdicts = [
    { task: '0', functional: [false, true, false, false] },
    { task: '1', functional: [null, false] },
  ]
  const { random, clever, oracle } = judgeChoices(choices, verdicts, 1)
  expect([random?.passAt1, clever?.passAt1, oracle?.passAt1]).toEqual([0.125, 0.5, 0.5])
  expect([random?.gapClosed, clever?.gapClosed, oracle?.gapClosed]).toEqual([0, 1, 1])
})

test('where security is known, a candidate counts only when it is functional and secure', () => {
  const verdicts = [{ task: '0', functional: [true, true, false], secure: [null, true, true] }]
  const { random, first, oracle } = judgeChoices(choicesFor([3], { first: () => ({ positions: [0] }) }), verdicts, 1)
  expect(first).toMatchObject({ passAt1: 0, functional: 1, secure: 0 })
  expect(oracle).toMatchObject({ passAt1: 1, functional: 1, secure: 1 })
  expect(random?.passAt1).toBeCloseTo(1 / 3)
})

test('no gap to close is null, not zero', () => {
  const { random } = judgeChoices(choicesFor([2], {}), [{ task: '0', functional: [true, true] }], 1)
  expect(random?.gapClosed).toBeNull()
})

test('abstentions are counted and their best is judged', () => {
  const { careful } = judgeChoices(
    choicesFor([1, 1], { careful: (index) => ({ abstained: index === 1, confidence: 0.5 }) }),
    [
      { task: '0', functional: [true] },
      { task: '1', functional: [false] },
    ],
    1,
  )
  expect(careful).toMatchObject({ abstained: 1, passAt1: 0.5, precisionAt: { '0.5': 1, '1': 0.5 } })
})

test('no strategy lies outside what the oracle reaches', () => {
  const table = fc.array(fc.array(fc.constantFrom(true, false, null), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(table, fc.nat(), (functional, salt) => {
      const choices = choicesFor(
        functional.map((row) => row.length),
        { any: (index) => ({ positions: [(salt + index) % (functional[index]?.length ?? 1)] }) },
      )
      const results = judgeChoices(
        choices,
        functional.map((row, index) => ({ task: String(index), functional: row })),
        1,
      )
      for (const { passAt1 } of Object.values(results)) expect(passAt1).toBeLessThanOrEqual((results['oracle']?.passAt1 ?? 0) + 1e-9)
    }),
    { numRuns: 30 },
  )
})
