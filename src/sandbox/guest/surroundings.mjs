// Makes Deno look like Node to a program (the drivers must agree), and withholds what would show it the guest's own memory.
import assert from 'node:assert'
import nodeConsole from 'node:console'
import nodeTimers from 'node:timers'
import { Buffer } from 'node:buffer'
import nodeProcess from 'node:process'
import { write } from './channel.mjs'

const { Console } = nodeConsole

export function prepare({ argv, root, getBuiltinModule }) {
  for (const name of ['binding', '_linkedBinding', 'dlopen', 'report', 'send', 'openStdin']) hide(nodeProcess, name)
  // An in-process test asserts by these, and the program was there first.
  for (const module of [assert, assert.strict]) Object.freeze(module)
  give(nodeProcess, 'argv', argv)
  give(nodeProcess, 'getBuiltinModule', getBuiltinModule)
  if (globalThis.Deno === undefined) return
  for (const name of ['prompt', 'alert', 'confirm', 'close', 'closed', 'location', 'localStorage', 'sessionStorage', 'Worker']) {
    delete globalThis[name]
  }
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = nodeTimers
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate }
  const globals = { ...timers, Buffer, process: nodeProcess, global: globalThis, console: new Console(stream(1), stream(2)) }
  for (const [name, value] of Object.entries(globals)) give(globalThis, name, value)
  give(nodeProcess, 'env', {})
  give(nodeProcess, 'cwd', () => root)
}

function give(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true })
}

function hide(object, name) {
  if (Object.getOwnPropertyDescriptor(object, name)?.configurable) give(object, name, undefined)
}

/** As much of a stream as `Console` needs. It writes at once: a program may be killed at any time. */
function stream(descriptor) {
  return {
    write: (text) => (write(descriptor, text), true),
    on() {},
    once() {},
    removeListener() {},
    listenerCount: () => 0,
  }
}
