import type { LoopTask } from '../../src/benchmark/loop/task-folder.ts'
import type { Job, Sandbox } from '../../src/ports.ts'
import type { Run } from '../../src/records/execution.ts'
import { digestRecord } from '../../src/records/digest.ts'
import { addingSandbox } from './adding-sandbox.ts'
import { scriptedSandbox } from './scripted-sandbox.ts'

export const marker = 'hidden-marker-71'

/** A task whose check holds a marker that nothing measured may ever see. */
export function aLoopTask(name = 't'): LoopTask {
  const request = { id: name, language: 'python' as const, instruction: 'Write f(x: int) that adds one. f(1) == 2', entryPoint: 'f' }
  const hidden = { main: { path: 'check.py', content: marker }, beside: [{ path: 'harness.py', content: marker }] }
  return { name, weakness: 'CWE-22', language: 'python', entryPoint: 'f', requests: [request, { ...request, instruction: `${request.instruction}\n` }], hidden, references: { secure: '', insecure: '', wrong: '' }, digest: digestRecord([name]) }
}

/** What a check says of a program, and what becomes of it: `functional` and `exploit` are its two answers, of which `exploit` is given the canary. */
export interface Told {
  functional: unknown
  exploit: (canary: string) => unknown
}

/** Runs adding programs as `addingSandbox` does, and answers for checks what is told of the program beside them. */
export function checkingSandbox(tell: (program: string) => Told | Partial<Run>): Sandbox & { readonly jobs: Job[] } {
  const adding = addingSandbox()
  const checking = scriptedSandbox(({ files, work }) => {
    const told = tell(files.find(({ path }) => path.startsWith('solution.'))?.content ?? '')
    if (!('functional' in told) || work.kind !== 'calls') return 'functional' in told ? {} : told
    const canary = work.calls[1]?.steps[0]?.arguments?.[0]
    if (typeof canary !== 'string') throw new Error('the exploit was given no canary')
    return { observations: [told.functional, told.exploit(canary)].map((value) => ({ kind: 'returned', value: JSON.stringify(value) })) }
  })
  return { ...adding, get jobs() { return [...adding.jobs, ...checking.jobs] }, run: async (job, options) => await (job.files[0]?.path.startsWith('check.') === true ? checking : adding).run(job, options) }
}
