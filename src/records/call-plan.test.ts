import { expect, test } from 'vitest'
import { aTask, aTest } from '../../test/support/builders.ts'
import { planCalls } from './call-plan.ts'

const call = (argument: number) => ({ steps: [{ name: 'f', arguments: [argument] }] })

test('equal calls of different tests and inputs are made once, and those of one test as often as it asks', () => {
  const one = aTest({ argument: 1 })
  const twice = { ...one, calls: [call(1), call(1)] }
  const plan = planCalls(aTask({ tests: [one, twice, aTest({ argument: 2 })] }), [call(1), call(3)])
  expect(plan).toEqual({ calls: [call(1), call(1), call(2), call(3)], tests: [[0], [0, 1], [2]], inputs: [0, 3] })
})
