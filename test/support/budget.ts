import { Ledger } from '../../src/budget/ledger.ts'
import { listPrices } from '../../src/budget/price.ts'
import type { Budget } from '../../src/ports.ts'
import type { Charge } from '../../src/records/recording.ts'
import type { BudgetLimits } from '../../src/records/spend.ts'

/** A ledger that nothing exhausts unless told otherwise. */
export function aBudget(limits: BudgetLimits = {}): Ledger {
  return new Ledger(limits, { prices: listPrices })
}

/** A budget that keeps each reservation and how it was settled (`open` while it was not). */
export function aWatchedBudget(): Budget & { charges: (Omit<Charge, 'used'> & { used: Charge['used'] | 'open' })[] } {
  const charges: (Omit<Charge, 'used'> & { used: Charge['used'] | 'open' })[] = []
  return {
    charges,
    async reserve(worst) {
      const charge: (typeof charges)[number] = { worst, used: 'open' }
      charges.push(charge)
      return { remainingMs: Infinity, settle: (used) => void (charge.used === 'open' && (charge.used = used)) }
    },
  }
}
