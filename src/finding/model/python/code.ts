import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { bit, checked } from '../../engine/taint.ts'
import { derived, nothing, safeFor, type Value } from '../../engine/value.ts'
import { defineModel, sink, type Sink } from '../model.ts'

const run = (at: number): Sink[] => [sink('code', at)]
const name = (at: number): Sink[] => [sink('reflection', at)]

/** A walk over the syntax tree of a text is there to refuse something: how well, nobody can read off it. */
function inspected({ positional }: CallEvent, machine: Machine): Value {
  const [tree] = positional
  machine.apply(tree?.taints.map(({ origin }) => ({ origin, bits: checked })) ?? [])
  return { ...derived(positional), type: undefined }
}

/** What runs text as a program, or finds code by its name. */
export const code = defineModel({
  name: 'code',
  aliases: {
    __import__: 'importlib.import_module',
    'builtins.eval': 'eval',
    'builtins.exec': 'exec',
    '__builtin__.eval': 'eval',
    'pandas.eval': 'eval',
    'numexpr.evaluate': 'eval',
  },
  calls: {
    eval: { from: 0 },
    exec: { from: 'none', returns: 'None' },
    compile: { evaluate: ({ positional }) => ({ ...(positional[0] ?? nothing), facts: undefined }) },
    getattr: { from: 'arguments' },
    'ast.parse': { from: 0 },
    'ast.walk': { evaluate: inspected },
    '*.visit': { evaluate: inspected },
    'simpleeval.simple_eval': { from: 'none' },
    'asteval.Interpreter': { returns: 'asteval.Interpreter' },
    'importlib.import_module': { evaluate: ({ positional }) => safeFor(derived(positional), bit.reflection) },
  },
  sinks: {
    eval: run(0),
    exec: run(0),
    execfile: run(0),
    'code.InteractiveInterpreter.runsource': run(0),
    'code.interact': [],
    'timeit.timeit': run(0),
    'importlib.import_module': name(0),
    setattr: [{ ...sink('reflection', 1), variant: 'set' }],
    getattr: name(1),
    'cProfile.run': run(0),
    'types.FunctionType': run(0),
  },
})
