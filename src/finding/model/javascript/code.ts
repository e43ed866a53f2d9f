import { global } from '../../engine/access.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textsOf } from '../../engine/reach.ts'
import { runText } from '../../engine/run-text.ts'
import { constant, derived, nothing, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

const program = (at: Sink['at']): Sink[] => [sink('code', at)]
/** Runs its first argument as a program where it is a text, and as a function where it is one. */
const timer: Sink[] = [{ ...sink('code', 0), variant: 'timer' }]

const run: CallModel = { evaluate: ({ positional, node }, machine) => runText(machine, positional[0] ?? nothing, node) }
const script: CallModel = {
  evaluate: ({ positional, node }, machine) => ({ ...runText(machine, positional[0] ?? nothing, node), type: 'vm.Script' }),
}

/** A function whose body is a text gives what the text returns. */
function made({ positional, node }: CallEvent, machine: Machine): Value {
  const given = [runText(machine, positional.at(-1) ?? constant(''), node)]
  return { ...derived(given), target: { kind: 'partial', of: global('Function.made'), given, keywords: new Map() } }
}

/** `setTimeout('text')`: what may be a function is taken for one. */
function later({ positional, node }: CallEvent, machine: Machine): Value {
  if (textsOf(positional[0] ?? nothing) !== undefined) runText(machine, positional[0] ?? nothing, node)
  return nothing
}

/** What runs text as a program. */
export const code = defineModel({
  name: 'code',
  ambient: { vm: 'vm', eval: 'eval' },
  aliases: {
    'vm.runInNewContext': 'vm.runInThisContext',
    'vm.runInContext': 'vm.runInThisContext',
  },
  calls: {
    eval: run,
    'vm.runInThisContext': run,
    Function: { runs: true, evaluate: made },
    'Function.made': { evaluate: ({ positional }) => positional[0] ?? nothing },
    setTimeout: { evaluate: later },
    setInterval: { evaluate: later },
    'vm.Script': script,
    'vm2.VM': { returns: 'vm2.VM' },
    'vm2.NodeVM': { returns: 'vm2.VM' },
    'vm.createContext': { from: 'none', returns: 'vm.Context' },
  },
  sinks: {
    eval: program(0),
    execScript: program(0),
    Function: program('any'),
    'vm.runInThisContext': program(0),
    'vm.compileFunction': program(0),
    'vm.Script': program(0),
    'vm2.VM.run': [{ ...sink('code', 0), variant: 'vm2' }],
    'module._compile': program(0),
    '*._compile': program(0),
    setTimeout: timer,
    setInterval: timer,
    setImmediate: timer,
    'static-eval': program(0),
    'safe-eval': program(0),
    notevil: program(0),
    'mathjs.eval': [{ ...sink('code', 0), variant: 'expression' }],
    'require-from-string': program(0),
    'tabs.executeScript': program(0),
  },
})
