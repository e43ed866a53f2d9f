import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { runText } from '../../engine/run-text.ts'
import { checked } from '../../engine/taint.ts'
import { derived, nothing, type Value } from '../../engine/value.ts'
import { defineModel, sink, type Sink } from '../model.ts'

const program = (at: number): Sink[] => [sink('code', at)]

function run({ positional, node }: CallEvent, machine: Machine): Value {
  return runText(machine, positional[0] ?? nothing, node)
}

/** A walk over the syntax tree of a text is there to refuse something: how well, nobody can read off it. */
function inspected({ positional }: CallEvent, machine: Machine): Value {
  const [tree] = positional
  machine.apply(tree?.taints.map(({ origin }) => ({ origin, bits: checked })) ?? [])
  return { ...derived(positional), type: undefined }
}

/** What runs text as a program. */
export const code = defineModel({
  name: 'code',
  aliases: {
    'pandas.eval': 'eval',
    'numexpr.evaluate': 'eval',
    'sympy.sympify': 'eval',
    'sympy.parsing.sympy_parser.parse_expr': 'eval',
    'pdb.run': 'exec',
    'pdb.runeval': 'eval',
    'code.InteractiveConsole': 'code.InteractiveInterpreter',
  },
  calls: {
    eval: { evaluate: run },
    exec: { evaluate: (call, machine) => ({ ...run(call, machine), taints: [], type: 'None' }) },
    compile: { evaluate: ({ positional }) => ({ ...(positional[0] ?? nothing), facts: undefined }) },
    'ast.parse': { from: 0 },
    'ast.walk': { evaluate: inspected },
    '*.visit': { evaluate: inspected },
    'code.InteractiveInterpreter': { returns: 'code.InteractiveInterpreter' },
    'simpleeval.simple_eval': { from: 'none' },
    'asteval.Interpreter': { returns: 'asteval.Interpreter' },
  },
  sinks: {
    eval: program(0),
    exec: program(0),
    execfile: program(0),
    'code.InteractiveInterpreter.runsource': program(0),
    'code.InteractiveInterpreter.runcode': program(0),
    'code.InteractiveInterpreter.push': program(0),
    'code.interact': [],
    'timeit.timeit': program(0),
    'cProfile.run': program(0),
    'types.FunctionType': program(0),
  },
})
