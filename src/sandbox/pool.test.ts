import { expect, test } from 'vitest'
import { openPool } from './pool.ts'

function aPool(size: number) {
  const closed: number[] = []
  let opened = 0
  const pool = openPool<number>({ size, open: () => Promise.resolve(++opened), close: (item) => void closed.push(item) })
  return { pool, closed, opened: () => opened }
}

test('what one job is done with serves the next', async () => {
  const { pool } = aPool(2)
  expect([await pool.use((item) => Promise.resolve(item)), await pool.use((item) => Promise.resolve(item))]).toEqual([1, 1])
})

test('no more are lent out than there is room for, and whoever waits is served in turn', async () => {
  const { pool, opened } = aPool(2)
  let working = 0
  let most = 0
  const order: number[] = []
  const jobs = [0, 1, 2, 3, 4].map((job) =>
    pool.use(async () => {
      most = Math.max(most, ++working)
      await new Promise((resolve) => setTimeout(resolve, 5))
      working--
      order.push(job)
    }),
  )
  await Promise.all(jobs)
  expect({ most, opened: opened(), order }).toEqual({ most: 2, opened: 2, order: [0, 1, 2, 3, 4] })
})

test('what a job failed with is closed, and its room is free again', async () => {
  const { pool, closed } = aPool(1)
  await expect(pool.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect([closed, await pool.use((item) => Promise.resolve(item))]).toEqual([[1], 2])
})

test('what cannot be opened leaves its room free', async () => {
  let tries = 0
  const open = () => (tries++ === 0 ? Promise.reject(new Error('not yet')) : Promise.resolve('item'))
  const pool = openPool({ size: 1, open, close: () => undefined })
  await expect(pool.use(() => Promise.resolve())).rejects.toThrow('not yet')
  expect(await pool.use((item) => Promise.resolve(item))).toBe('item')
})

test('closing closes what is idle and what is lent', async () => {
  const { pool, closed } = aPool(2)
  await pool.use(() => Promise.resolve())
  const lent = pool.use((item) => new Promise((resolve) => setTimeout(() => resolve(item), 5)))
  await Promise.resolve()
  pool.close()
  await lent
  expect(closed).toEqual([1])
})

test('nothing is lent out any more once it is closed', async () => {
  const { pool, opened } = aPool(1)
  pool.close()
  await expect(pool.use(() => Promise.resolve())).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(opened()).toBe(0)
})
