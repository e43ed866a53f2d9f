import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

const run = (at: Sink['at']): Sink[] => [sink('code', at)]
/** Runs its first argument as a program where it is a text, and as a function where it is one. */
const timer: Sink[] = [{ ...sink('code', 0), variant: 'timer' }]
const script: CallModel = { from: 0, returns: 'vm.Script' }

/** What runs text as a program. */
export const code = defineModel({
  name: 'code',
  ambient: { vm: 'vm', eval: 'eval' },
  aliases: {
    'window.eval': 'eval',
    'globalThis.eval': 'eval',
    'global.eval': 'eval',
    'window.setTimeout': 'setTimeout',
    'window.setInterval': 'setInterval',
  },
  calls: {
    eval: { from: 0 },
    Function: { evaluate: () => undefined },
    'vm.Script': script,
    'vm2.VM': { returns: 'vm2.VM' },
    'vm2.NodeVM': { returns: 'vm2.VM' },
    'vm.createContext': { from: 'none', returns: 'vm.Context' },
  },
  sinks: {
    eval: run(0),
    execScript: run(0),
    Function: run('any'),
    'vm.runInThisContext': run(0),
    'vm.runInNewContext': run(0),
    'vm.runInContext': run(0),
    'vm.compileFunction': run(0),
    'vm.Script': run(0),
    'vm2.VM.run': [{ ...sink('code', 0), variant: 'vm2' }],
    'module._compile': run(0),
    '*._compile': run(0),
    setTimeout: timer,
    setInterval: timer,
    setImmediate: timer,
    'static-eval': run(0),
    'safe-eval': run(0),
    notevil: run(0),
    'mathjs.eval': [{ ...sink('code', 0), variant: 'expression' }],
    'require-from-string': run(0),
    'tabs.executeScript': run(0),
  },
})
