// Runs one job inside a sandbox, under Node or Deno, and reports each observation as it is made: the JavaScript counterpart of
// `work.py`, with the same lines, and `{"kind":"ready"}` before the program is loaded.
//
// The job comes on standard input, or on the descriptor given as first argument (see `channel.mjs`). It is
// `{files, work, cpuMs, outputBytes, first?}` and, for us, `root` (the program's folder, as it shall see it), `project?`, `answers`
// (the descriptor to report on) and `mark` (precedes every line; what lacks it is the program's own output). `files` are as
// `transform.ts` gives them: `{path, content, format}`, and for `in-process` the test's code is already in the main file.
import { readJob, write } from './channel.mjs'
import { builtin, isAbsence, isClass, openProgram } from './module.mjs'
import { prepare } from './surroundings.mjs'
import { decode, describe, encode, NOT_PLAIN, TOO_LARGE } from './value.mjs'

const nodePath = process.getBuiltinModule('path')
const nodeTimers = process.getBuiltinModule('timers')
const { apply, construct, getPrototypeOf } = Reflect
const { startsWith, slice } = String.prototype
const { setImmediate: later } = nodeTimers
const NativePromise = Promise
const refused = globalThis.Deno?.errors.NotCapable.prototype
const exit = process.exit.bind(process)
const listenerCount = process.listenerCount.bind(process)
const STALLED = Symbol('stalled')

const job = readJob(Number(process.argv[2] ?? 0))
const { answers, mark, outputBytes, root, work } = job
const isCalls = work.kind === 'calls'

let ended = false
let reachedEnd = false
/** How to give up what is under way: when nothing is left that could settle it, or when an error left it by another way. */
let stall
let interrupt

const argv = ['node', nodePath.posix.join(root, job.files[0].path), ...(work.arguments ?? [])]
prepare({ argv, root, getBuiltinModule: builtin, isTest: work.kind === 'in-process' })
report('{"kind":"ready"}')
process.on('exit', endedItself)
process.on('beforeExit', () => stall && later(stall))
process.on('uncaughtException', (error) => escaped(error, 'uncaughtException'))
process.on('unhandledRejection', (error) => isCalls || escaped(error, 'unhandledRejection'))
// From the event loop, as Node runs a main module: its ticks come before its promises.
later(main)

async function main() {
  const names = isCalls ? [...new Set(work.calls.map((call) => call.steps[0].name.replace(/^new /, '')))] : []
  const program = openProgram(job, { names, isMain: !isCalls })
  try {
    if ((await settle(() => program.load())) === STALLED) return end('timed-out', 13)
  } catch (error) {
    return leave(error)
  }
  reachedEnd = true
  if (isCalls) await answer(program)
}

async function answer(program) {
  report('{"kind":"loaded"}')
  for (let index = job.first ?? 0; index < work.calls.length; index++) {
    report(`{"kind":"observed","index":${index},"observation":${await observe(program, work.calls[index])}}`)
  }
  end('completed', 0)
  exit(0)
}

/** Awaits what `start` gives; `STALLED` when nothing is left that could ever settle it. */
function settle(start) {
  return new NativePromise((resolve, reject) => {
    const giveUp = () => resolve(STALLED)
    stall = giveUp
    interrupt = reject
    const wait = async () => {
      try {
        resolve(await start())
      } catch (error) {
        reject(error)
      }
      if (stall === giveUp) stall = undefined
    }
    void wait()
  })
}

async function observe(program, call) {
  try {
    const settled = await settle(() => follow(program, call.steps))
    return settled === STALLED ? '{"kind":"timed-out"}' : `{"kind":"returned","value":${encode(settled.value, outputBytes)}}`
  } catch (error) {
    return bad(error)
  }
}

/** `new Name` constructs, as does a class; the value comes in an object, lest a `then` of its own be asked twice. */
async function follow(program, steps) {
  let value
  for (let position = 0; position < steps.length; position++) {
    const { name, arguments: given, keywords } = steps[position]
    const isNew = position === 0 && apply(startsWith, name, ['new '])
    const receiver = value
    value = position === 0 ? declared(program, isNew ? apply(slice, name, [4]) : name) : receiver[name]
    if (keywords !== undefined) throw NOT_PLAIN
    if (given === undefined) continue
    // Fresh arguments each time: what an earlier call did to its own must not reach this one.
    const values = decode(given)
    if (typeof value !== 'function') throw new TypeError(`${name} is not a function`)
    value = await (isNew || isClass(value) ? construct(value, values) : apply(value, receiver, values))
  }
  return { value }
}

function declared(program, name) {
  const found = program.lookup(name)
  if (found === undefined) throw new ReferenceError(`${name} is not defined`)
  return found.value
}

/** The observation (and, but for `exitCode`, the outcome) that an error stands for. */
function bad(error) {
  if (error === TOO_LARGE) return '{"kind":"output-limit"}'
  if (error === NOT_PLAIN || isAbsence(error) || isRefusal(error)) return '{"kind":"unsupported"}'
  const described = describe(error)
  return described === NO_BUFFER ? '{"kind":"out-of-memory"}' : `{"kind":"raised","error":${described}}`
}

const NO_BUFFER = '{"type":"RangeError","message":"Array buffer allocation failed"}'

/** Deno refused what is allowed elsewhere (to read one's own folder, say): not known here, rather than wrong. */
function isRefusal(error) {
  return refused !== undefined && error !== null && typeof error === 'object' && getPrototypeOf(error) === refused
}

/** An error that nobody caught. A call under way fails by it; otherwise it ends the program. Only a script may listen for it itself. */
function escaped(error, event) {
  if (work.kind === 'script' && listenerCount(event) > 1) return
  if (isCalls && reachedEnd) return interrupt(error)
  leave(error)
}

function leave(error) {
  const said = bad(error)
  if (work.kind === 'script') write(2, `Uncaught ${describe(error)}\n`)
  ended ||= report(`{"outcome":${apply(slice, said, ['{"kind":'.length, -1])},"kind":"ended","exitCode":1}`)
  exit(1)
}

/** A script may end itself: that is how scripts set their status. */
function endedItself(status) {
  const exitCode = typeof status === 'number' ? status : 0
  // A call that ends the process is known by being the next.
  if (isCalls && reachedEnd) return
  if (work.kind === 'script' || (reachedEnd && exitCode === 0)) end('completed', exitCode)
  else end('exited', exitCode)
}

function end(outcome, exitCode) {
  ended ||= report(`{"kind":"ended","outcome":"${outcome}","exitCode":${exitCode}}`)
}

function report(line) {
  write(answers, `${mark}${line}\n`)
  return true
}
