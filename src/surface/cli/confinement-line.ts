import type { Confinement } from '../../records/execution.ts'

/** How a sandbox was seen to hold. */
export function confinementLine({ driver, attempts }: Confinement): string {
  if (attempts.length === 0) return `${driver}: no attempt to break out was made`
  const held = attempts.filter(({ refused }) => refused).length
  return `${driver}: ${attempts.length} attempts to break out, ${held === attempts.length ? 'each refused' : `NOT each refused: ${attempts.length - held} succeeded`}`
}
