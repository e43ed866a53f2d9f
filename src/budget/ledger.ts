import { CountersignError } from '../errors.ts'
import type { Budget, Reservation } from '../ports.ts'
import type { Usage } from '../records/sample.ts'
import type { BudgetLimits, Price, Spend, WorstCase } from '../records/spend.ts'
import { costOf, priceOf } from './price.ts'

interface Amount {
  calls: number
  tokens: number
  /** Billionths of a dollar; undefined where the price is not known. */
  nanoUsd: number | undefined
}

interface Waiting {
  worst: WorstCase
  price: Price | undefined
  grant: (reservation: Reservation) => void
  refuse: (error: CountersignError) => void
}

const billion = 1_000_000_000
const nothing: Usage = { inputTokens: 0, outputTokens: 0 }

/**
 * The one ledger of a run. Requests are granted in the order they came, so that what fits does not depend on how fast answers arrive: one
 * that does not fit waits for those in flight to settle, and is refused only when nothing in flight could make room for it.
 */
export class Ledger implements Budget {
  private readonly limits: BudgetLimits
  private readonly prices: readonly Price[]
  private readonly now: () => number
  private readonly startMs: number
  private readonly spent = { calls: 0, inputTokens: 0, outputTokens: 0, unknownCalls: 0 }
  private nanoUsd: number | undefined = 0
  private readonly inFlight = new Set<Amount>()
  private waiting: Waiting[] = []

  constructor(limits: BudgetLimits, options: { prices: readonly Price[]; now?: () => number }) {
    this.limits = limits
    this.prices = options.prices
    this.now = options.now ?? (() => performance.now())
    this.startMs = this.now()
  }

  get spend(): Spend {
    return { ...this.spent, usd: this.nanoUsd === undefined ? null : this.nanoUsd / billion }
  }

  reserve(worst: WorstCase, signal?: AbortSignal): Promise<Reservation> {
    const { promise, resolve, reject } = Promise.withResolvers<Reservation>()
    const entry: Waiting = { worst, price: priceOf(this.prices, worst.model), grant: resolve, refuse: reject }
    const interrupt = () => {
      this.waiting = this.waiting.filter((other) => other !== entry)
      reject(new CountersignError('INTERRUPTED', 'interrupted before the model was called'))
      this.admit()
    }
    if (signal?.aborted === true) interrupt()
    else {
      signal?.addEventListener('abort', interrupt, { once: true })
      this.waiting.push(entry)
      this.admit()
    }
    return promise.finally(() => signal?.removeEventListener('abort', interrupt))
  }

  private admit(): void {
    for (let entry = this.waiting[0]; entry !== undefined; entry = this.waiting[0]) {
      const refusal = this.refusal(entry)
      if (refusal === 'wait') return
      this.waiting.shift()
      if (refusal === undefined) entry.grant(this.hold(entry))
      else entry.refuse(refusal)
    }
  }

  private refusal(entry: Waiting): CountersignError | 'wait' | undefined {
    const { limits } = this
    if (limits.usd !== undefined) {
      if (entry.price === undefined) return new CountersignError('SPEND_UNKNOWN', unpriced(entry.worst.model))
      if (this.spent.unknownCalls > 0) return new CountersignError('SPEND_UNKNOWN', unreported)
    }
    const short = this.remainingMs() <= 0 ? `all ${limits.seconds} seconds` : this.shortOf(entry)
    if (short === undefined) return undefined
    if (this.inFlight.size > 0 && this.remainingMs() > 0) return 'wait'
    return new CountersignError('BUDGET_SPENT', `the budget does not cover another call: ${short} used or needed (--budget raises it)`)
  }

  private shortOf(entry: Waiting): string | undefined {
    const { limits, spent } = this
    const held = [...this.inFlight, amountOf(entry.worst, entry.price)]
    const calls = held.reduce((sum, amount) => sum + amount.calls, spent.calls)
    const tokens = held.reduce((sum, amount) => sum + amount.tokens, spent.inputTokens + spent.outputTokens)
    const nanoUsd = held.reduce((sum, amount) => sum + (amount.nanoUsd ?? 0), this.nanoUsd ?? 0)
    if (limits.calls !== undefined && calls > limits.calls) return `${calls} of ${limits.calls} calls`
    if (limits.tokens !== undefined && tokens > limits.tokens) return `up to ${tokens} of ${limits.tokens} tokens`
    if (limits.usd !== undefined && nanoUsd > limits.usd * billion) return `up to $${(nanoUsd / billion).toFixed(6)} of $${limits.usd}`
    return undefined
  }

  private hold({ worst, price }: Waiting): Reservation {
    const amount = amountOf(worst, price)
    this.inFlight.add(amount)
    return {
      remainingMs: this.remainingMs(),
      settle: (used) => {
        if (!this.inFlight.delete(amount)) return
        this.charge(typeof used === 'object' ? used : used === 'nothing' ? nothing : worst, price)
        if (used === 'unknown') this.spent.unknownCalls++
        this.admit()
      },
    }
  }

  private charge(used: Usage, price: Price | undefined): void {
    this.spent.calls++
    this.spent.inputTokens += used.inputTokens
    this.spent.outputTokens += used.outputTokens
    if (used.inputTokens + used.outputTokens === 0) return
    this.nanoUsd = price === undefined || this.nanoUsd === undefined ? undefined : this.nanoUsd + costOf(price, used)
  }

  private remainingMs(): number {
    return this.limits.seconds === undefined ? Infinity : Math.max(0, this.startMs + this.limits.seconds * 1000 - this.now())
  }
}

function amountOf(worst: WorstCase, price: Price | undefined): Amount {
  const nanoUsd = price === undefined ? undefined : costOf(price, worst)
  return { calls: 1, tokens: worst.inputTokens + worst.outputTokens, nanoUsd }
}

function unpriced(model: string): string {
  return `a budget in money needs the price of ${model}, which is not known: add it to the prices, or limit tokens or calls instead`
}

const unreported = 'a budget in money cannot be kept: an earlier call did not say how many tokens it used; limit tokens or calls instead'
