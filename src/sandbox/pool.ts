import { CountersignError } from '../errors.ts'

/** Things that do one job at a time and are worth keeping between jobs. */
export interface Pool<T> {
  /** Lends one out, a new one when none is idle and there is room; one whose job failed is closed, never lent again. */
  use<R>(job: (item: T) => Promise<R>): Promise<R>
  close(): void
}

export function openPool<T>({ size, open, close }: { size: number; open: () => Promise<T>; close: (item: T) => void }): Pool<T> {
  const idle: T[] = []
  const busy = new Set<T>()
  const waiting: (() => void)[] = []
  let free = size
  let isClosed = false

  const discard = (item: T) => {
    if (busy.delete(item)) close(item)
  }
  const take = async (): Promise<void> => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free--
  }
  // The room goes straight to whoever waits longest, lest somebody who comes just now takes it.
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }

  return {
    async use(job) {
      await take()
      try {
        if (isClosed) throw new CountersignError('INTERRUPTED', 'the sandbox was closed')
        const item = idle.pop() ?? (await open())
        busy.add(item)
        try {
          const result = await job(item)
          if (!isClosed && busy.delete(item)) idle.push(item)
          discard(item)
          return result
        } catch (error) {
          discard(item)
          throw error
        }
      } finally {
        leave()
      }
    },
    close() {
      isClosed = true
      idle.splice(0).forEach(close)
      busy.forEach(discard)
    },
  }
}
