import { attributeOf, globalValue } from '../../engine/access.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { bit, checked } from '../../engine/taint.ts'
import { derived, join, nothing, safeFor, textOf, type Value } from '../../engine/value.ts'
import { defineModel, sink, type Sink } from '../model.ts'

const run = (at: number): Sink[] => [sink('code', at)]
const name = (at: number): Sink[] => [sink('reflection', at)]

/** A walk over the syntax tree of a text is there to refuse something: how well, nobody can read off it. */
function inspected({ positional }: CallEvent, machine: Machine): Value {
  const [tree] = positional
  machine.apply(tree?.taints.map(({ origin }) => ({ origin, bits: checked })) ?? [])
  return { ...derived(positional), type: undefined }
}

/** A name that is known is no secret, however it is put together: `getattr(os, 'sys' + 'tem')` is `os.system`. */
function attribute({ positional, node }: CallEvent, machine: Machine): Value {
  const [object, called, otherwise] = positional
  const known = textOf(called)
  if (object === undefined || known === undefined) return derived(positional)
  return join(attributeOf(machine, object, { name: known, expression: node }), otherwise) ?? nothing
}

function imported({ positional, node }: CallEvent, machine: Machine): Value {
  const known = textOf(positional[0])
  return known === undefined || known.startsWith('.') ? safeFor(derived(positional), bit.reflection) : globalValue(machine, known, node)
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
    getattr: { evaluate: attribute },
    'ast.parse': { from: 0 },
    'ast.walk': { evaluate: inspected },
    '*.visit': { evaluate: inspected },
    'simpleeval.simple_eval': { from: 'none' },
    'asteval.Interpreter': { returns: 'asteval.Interpreter' },
    'importlib.import_module': { evaluate: imported },
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
