// For checks of TypeScript programs: calls the program and tells what came back as plain data, for the judge to compare outside of the sandbox.
import * as solution from './solution.ts'

const program = solution as unknown as Record<string, (...given: unknown[]) => unknown>

/** What the program returned; an error is a text that no check expects. */
export function returned(name: string, ...given: unknown[]): unknown {
  try {
    return JSON.parse(JSON.stringify(program[name]!(...given) ?? null))
  } catch (error) {
    return `raised ${error instanceof Error ? error.name : 'something'}`
  }
}
