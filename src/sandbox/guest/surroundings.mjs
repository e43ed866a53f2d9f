// Makes Deno look like Node to a program (the drivers must agree), and withholds what would show it the guest's own memory.
import { write } from './channel.mjs'

const fs = process.getBuiltinModule('fs')
const nodeConsole = process.getBuiltinModule('console')
const nodeTimers = process.getBuiltinModule('timers')
const { Buffer } = process.getBuiltinModule('buffer')
const nodeProcess = process.getBuiltinModule('process')
const { Console } = nodeConsole

export function prepare({ argv, root, getBuiltinModule, isTest }) {
  for (const name of ['binding', '_linkedBinding', 'dlopen', 'mainModule', 'report', 'send', 'openStdin']) hide(nodeProcess, name)
  if (isTest) freezeAssertions()
  give(nodeProcess, 'argv', argv)
  give(nodeProcess, 'getBuiltinModule', getBuiltinModule)
  nameStandardInput()
  if (globalThis.Deno === undefined) writeAtOnce()
  else looksLikeNode(root)
  if (isTest) assertAloud()
}

function looksLikeNode(root) {
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

/** What a test asserts on the console it means to fail by: by itself that only writes a line. */
function assertAloud() {
  const { ok } = nodeProcess.getBuiltinModule('assert')
  const value = (isTrue, ...message) => ok(isTrue, message.length > 0 ? `${message[0]}` : undefined)
  Object.defineProperty(console, 'assert', { value, enumerable: true, writable: false, configurable: false })
}

/** An in-process test asserts by these, and the program was there first. */
function freezeAssertions() {
  const assert = withoutTerminal(() => nodeProcess.getBuiltinModule('assert'))
  for (const module of [assert, assert.strict]) Object.freeze(module)
}

/** `assert` asks standard error whether it has colours as it loads. To make that stream takes Node a sixth of its whole start. */
function withoutTerminal(load) {
  const stderr = Object.getOwnPropertyDescriptor(nodeProcess, 'stderr')
  if (!stderr?.configurable) return load()
  Object.defineProperty(nodeProcess, 'stderr', { value: undefined, configurable: true })
  try {
    return load()
  } finally {
    Object.defineProperty(nodeProcess, 'stderr', stderr)
  }
}

/** Descriptor 0 can be read everywhere; its name in the file system cannot. */
function nameStandardInput() {
  const { readFileSync } = fs
  fs.readFileSync = (path, ...rest) => readFileSync(path === '/dev/stdin' ? 0 : path, ...rest)
}

/** What Node cannot write to a pipe at once it keeps: a program that writes without end would fill its memory and say nothing. */
function writeAtOnce() {
  for (const name of ['stdout', 'stderr']) {
    const { get } = Object.getOwnPropertyDescriptor(nodeProcess, name)
    const blocking = () => {
      const stream = get.call(nodeProcess)
      stream._handle?.setBlocking?.(true)
      return stream
    }
    Object.defineProperty(nodeProcess, name, { get: blocking, enumerable: true, configurable: true })
  }
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
