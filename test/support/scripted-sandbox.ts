import type { Job, Sandbox } from '../../src/ports.ts'
import type { Run } from '../../src/records/execution.ts'

/** A sandbox for tests that runs nothing: `answer` says what each job is to have done; what it leaves out is a completed run. */
export function scriptedSandbox(answer: (job: Job) => Partial<Run>): Sandbox & { readonly jobs: Job[] } {
  const jobs: Job[] = []
  return {
    driver: 'scripted',
    languages: ['python', 'javascript', 'typescript'],
    jobs,
    prove: async () => ({ driver: 'scripted', languages: [], attempts: [] }),
    run: async (job) => {
      jobs.push(job)
      const usage = { cpuMs: 0, wallMs: 0, peakMemoryBytes: null }
      return { outcome: 'completed', observations: [], stdout: '', stderr: '', exitCode: 0, usage, ...answer(job) }
    },
    close: async () => {},
  }
}
