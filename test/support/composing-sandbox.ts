import type { Job, Sandbox } from '../../src/ports.ts'
import type { Observation } from '../../src/records/execution.ts'
import { scriptedSandbox } from './scripted-sandbox.ts'

const definition = /^def (\w+)\(x\):\n(?:    """[^"]*"""\n)?(?:    \w+ = 0\n)*    return (.*)$/gm

/**
 * Runs one kind of program without any process: functions of `x` with a single `return` of x, of `x + 1` or `x * 2`, or of such functions called within
 * each other, `f` being the one that is asked for. A bracket that stays open is no program; what says `whole` is one only together with `f`.
 */
export function composingSandbox(): Sandbox & { readonly jobs: Job[] } {
  return scriptedSandbox(({ files, work }) => {
    const code = files[0]?.content ?? ''
    if (/\($/m.test(code) || (code.includes('whole') && !code.includes('def f('))) return { outcome: 'raised', error: { type: 'SyntaxError', message: 'invalid syntax' } }
    const functions = new Map([...code.matchAll(definition)].map(([, name = '', body = '']) => [name, body]))
    if (work.kind !== 'calls') return { outcome: 'unsupported' }
    return { observations: work.calls.map(({ steps }) => observed(functions, Number(steps[0]?.arguments?.[0] ?? 0))) }
  })
}

function observed(functions: ReadonlyMap<string, string>, x: number): Observation {
  const value = valueOf('f(x)', { functions, x, depth: 0 })
  return value === undefined ? { kind: 'raised', error: { type: 'NameError', message: 'a name is not defined' } } : { kind: 'returned', value }
}

function valueOf(text: string, { functions, x, depth }: { functions: ReadonlyMap<string, string>; x: number; depth: number }): number | undefined {
  const [, call, argument] = /^(\w+)\((.*)\)$/.exec(text) ?? []
  if (call !== undefined && argument !== undefined && depth < 20) {
    const given = valueOf(argument, { functions, x, depth: depth + 1 })
    const body = functions.get(call)
    return given === undefined || body === undefined ? undefined : valueOf(body, { functions, x: given, depth: depth + 1 })
  }
  const [, sign, number] = /^x(?: ([+*]) (-?\d+))?$/.exec(text) ?? []
  if (!text.startsWith('x')) return undefined
  return sign === undefined ? x : sign === '+' ? x + Number(number) : x * Number(number)
}
