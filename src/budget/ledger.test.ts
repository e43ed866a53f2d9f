import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reservation } from '../ports.ts'
import { Ledger } from './ledger.ts'
import { costOf, listPrices, priceOf } from './price.ts'

const call = (tokens = 10, model = 'openai-compatible/gpt-4o') => ({ model, inputTokens: tokens, outputTokens: 0 })
const ledger = (limits: ConstructorParameters<typeof Ledger>[0], now?: () => number) =>
  new Ledger(limits, { prices: listPrices, ...(now === undefined ? {} : { now }) })
const used = (inputTokens: number) => ({ inputTokens, outputTokens: 0 })

test.for([{ tokens: 0 }, { calls: 0 }, { usd: 0 }, { seconds: 0 }])('a budget of zero refuses the first call: %j', async (limits) => {
  await expect(ledger(limits).reserve(call())).rejects.toMatchObject({ code: 'BUDGET_SPENT', exitCode: 6 })
})

test('a call waits for those in flight and gets what they leave', async () => {
  const budget = ledger({ tokens: 15 })
  const first = await budget.reserve(call())
  let second: Reservation | undefined
  const waiting = budget.reserve(call()).then((reservation) => (second = reservation))
  await Promise.resolve()
  expect(second).toBeUndefined()
  first.settle(used(5))
  await waiting
  expect(second).toBeDefined()
})

test('a call that nothing in flight could make room for is refused', async () => {
  const budget = ledger({ tokens: 15 })
  const first = await budget.reserve(call())
  const second = budget.reserve(call())
  first.settle(used(6))
  await expect(second).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
})

test('what is spent never passes the limit while answers keep to their worst case, and does not depend on the order they come in', async () => {
  const calls = fc.array(fc.record({ worst: fc.integer({ min: 1, max: 50 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    maxLength: 20,
  })
  await fc.assert(
    fc.asyncProperty(calls, fc.integer({ min: 0, max: 200 }), fc.infiniteStream(fc.nat()), async (calls, tokens, picks) => {
      const drain = async (pick: (size: number) => number) => {
        const budget = ledger({ tokens })
        const outcomes: string[] = []
        const open: { reservation: Reservation; used: number }[] = []
        const request = async (index: number, { worst, share }: { worst: number; share: number }) => {
          outcomes[index] = 'refused'
          open.push({ reservation: await budget.reserve(call(worst)), used: Math.floor(worst * share) })
          outcomes[index] = 'granted'
        }
        const requests = calls.map(async (item, index) => await request(index, item))
        for (let turn = 0; turn < 200; turn++) {
          await Promise.resolve()
          const [settled] = open.splice(pick(open.length), 1)
          settled?.reservation.settle(used(settled.used))
        }
        await Promise.allSettled(requests)
        return { outcomes, spent: budget.spend.inputTokens }
      }
      const inOrder = await drain(() => 0)
      expect(inOrder.spent).toBeLessThanOrEqual(tokens)
      expect(await drain((size) => (size === 0 ? 0 : picks.next().value % size))).toEqual(inOrder)
    }),
    { numRuns: 50 },
  )
})

test('money is reserved and settled at the price of the model', async () => {
  const budget = ledger({ usd: 0.01 })
  const first = await budget.reserve({ model: 'openai-compatible/gpt-4o-2024-08-06', inputTokens: 2000, outputTokens: 500 })
  await expect(
    Promise.race([budget.reserve({ model: 'x/gpt-4o', inputTokens: 1, outputTokens: 0 }), Promise.resolve('waits')]),
  ).resolves.toBe('waits')
  first.settle({ inputTokens: 1000, outputTokens: 100 })
  expect(budget.spend).toEqual({ calls: 1, inputTokens: 1000, outputTokens: 100, unknownCalls: 0, usd: 0.0035 })
})

test('under a budget in money a model without a price is refused, and so is everything after an answer that does not say what it used', async () => {
  const budget = ledger({ usd: 1 })
  await expect(budget.reserve(call(1, 'openai-compatible/my-own'))).rejects.toMatchObject({ code: 'SPEND_UNKNOWN' })
  ;(await budget.reserve(call(1))).settle('worst-case')
  ;(await budget.reserve(call(1))).settle('unknown')
  await expect(budget.reserve(call(1))).rejects.toMatchObject({ code: 'SPEND_UNKNOWN' })
})

test('without a budget in money what is not known counts at its worst case and the money is unknown', async () => {
  const budget = ledger({ tokens: 100 })
  ;(await budget.reserve(call(40, 'openai-compatible/my-own'))).settle('unknown')
  expect(budget.spend).toEqual({ calls: 1, inputTokens: 40, outputTokens: 0, unknownCalls: 1, usd: null })
})

test('a call that never reached the model costs a call and no tokens; settling twice counts once', async () => {
  const budget = ledger({ calls: 2 })
  const reservation = await budget.reserve(call())
  reservation.settle('nothing')
  reservation.settle(used(7))
  expect(budget.spend).toMatchObject({ calls: 1, inputTokens: 0, usd: 0 })
})

test('when the time is over nothing is granted, not even to those that wait', async () => {
  let now = 0
  const budget = ledger({ seconds: 2, calls: 5 }, () => now)
  expect((await budget.reserve(call())).remainingMs).toBe(2000)
  now = 2000
  await expect(budget.reserve(call())).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
})

test('a request that waits can be interrupted, and those behind it move up', async () => {
  const budget = ledger({ tokens: 20 })
  await budget.reserve(call(15))
  const controller = new AbortController()
  const blocked = budget.reserve(call(20), controller.signal)
  const behind = budget.reserve(call(5))
  controller.abort()
  await expect(blocked).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(await behind).toBeDefined()
  await expect(budget.reserve(call(1), AbortSignal.abort())).rejects.toMatchObject({ code: 'INTERRUPTED' })
})

test('the price of a model: its own entry before an open one, the user before the list, days do not matter, unknown stays unknown', () => {
  const prices = [
    { model: 'gpt-4o', inputUsd: 9, outputUsd: 9 },
    { model: 'my-*', inputUsd: 1, outputUsd: 1 },
    { model: 'my-big*', inputUsd: 2, outputUsd: 2 },
    ...listPrices,
  ]
  expect(priceOf(prices, 'openai-compatible/gpt-4o-2024-11-20')?.inputUsd).toBe(9)
  expect(priceOf(prices, 'openai-compatible/my-bigger')?.inputUsd).toBe(2)
  expect(priceOf(prices, 'llama/any.gguf')?.inputUsd).toBe(0)
  expect(priceOf(prices, 'openai-compatible/gpt-4o-audio-preview')).toBeUndefined()
})

test('a prompt beyond a border makes the whole call cost more', () => {
  const price = priceOf(listPrices, 'anthropic/claude-haiku-5-5')!
  expect(costOf(price, { inputTokens: 100_000, outputTokens: 1000 })).toBe(100_000 * 100 + 1000 * 500)
  expect(costOf(price, { inputTokens: 100_001, outputTokens: 1000 })).toBe(100_001 * 500 + 1000 * 2500)
})
