import type { Job, Sandbox } from '../../src/ports.ts'
import type { Observation } from '../../src/records/execution.ts'
import { scriptedSandbox } from './scripted-sandbox.ts'

/** Runs one kind of program without any process: `def f(x):` with a single `return` of x, a sign and a number, or of a number alone. */
export function addingSandbox(): Sandbox & { readonly jobs: Job[] } {
  return scriptedSandbox(({ files, work }) => {
    const [, sign, number] = /return (?:x ([+*]) )?(-?\d+)/.exec(files[0]?.content ?? '') ?? []
    if (work.kind !== 'calls' || number === undefined) return { outcome: 'raised', error: { type: 'SyntaxError', message: 'not one of ours' } }
    const observations = work.calls.map(({ steps }): Observation => {
      const x = Number(steps[0]?.arguments?.[0] ?? 0)
      return { kind: 'returned', value: sign === undefined ? Number(number) : sign === '+' ? x + Number(number) : x * Number(number) }
    })
    return { observations }
  })
}

/** A program that `addingSandbox` runs, in a reply. Programs with different `words` differ as texts and behave alike. */
export function addingReply(formula: string, words = ''): string {
  return `\`\`\`python\ndef f(x):\n${words === '' ? '' : `    ${words} = 0\n`}    return ${formula}\n\`\`\``
}
