import type { SetEvent } from './event.ts'
import type { Machine } from './machine.ts'

/** Tells the rules that a name was given a value. */
export function announceSet(machine: Machine, event: SetEvent): void {
  for (const { rule, listener } of machine.registry.listenersOf(event.name)) {
    const report = listener.check(event, machine)
    if (report !== undefined) machine.hit(rule, report, event)
  }
}
