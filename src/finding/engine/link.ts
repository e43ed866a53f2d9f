import { global } from './access.ts'
import { execute } from './execute.ts'
import { ancestorsOf, type Frame, newFrame } from './frame.ts'
import type { Machine } from './machine.ts'
import type { NeighbourFile } from './neighbour.ts'
import { empty, set } from './persistent.ts'
import { mapOf, type Value } from './value.ts'

/** So many other files are read for one, and no more. */
const mostLoaded = 24

interface Mention {
  /** What is bound: the module itself, or `module.name`. */
  readonly source: string
  readonly module: string
  readonly start: number
}

/** What an import of another file given binds, where that is something to call; of other things nothing is taken over. */
export function linked(machine: Machine, { source, module, start }: Mention): Value | undefined {
  const { beside } = machine
  if (beside === undefined) return undefined
  const name = module !== '' && source.startsWith(`${module}.`) ? source.slice(module.length + 1) : undefined
  const file = beside.named(module === '' ? source : module, start)
  const whole = file === undefined ? undefined : moduleValue(machine, file)
  if (name === undefined) return whole === undefined || !isCallable(whole) ? undefined : { ...whole, target: whole.target ?? global(localName(source)).target }
  const own = whole?.items?.kind === 'map' ? whole.items.entries.get(keyOf(machine, name)) : undefined
  if (own !== undefined || machine.registry.dialect.membersAreItems) return own
  // `from package import module`
  const inner = beside.named(module.endsWith('.') ? module + name : source, start)
  const value = inner === undefined ? undefined : moduleValue(machine, inner)
  return value === undefined ? undefined : { ...value, target: value.target ?? global(localName(source)).target }
}

const localName = (source: string) => source.replace(/^\.+/, 'local.')
const keyOf = (machine: Machine, name: string) => (machine.registry.dialect.membersAreItems ? name : `.${name}`)

function moduleValue(machine: Machine, file: NeighbourFile): Value | undefined {
  const frame = load(machine, file)
  if (frame === undefined) return undefined
  const variables = machine.variablesOf(frame)
  const exported = exportedBy(variables)
  if (exported !== undefined) return exported
  const callable = [...variables].filter(([name, value]) => name !== 'module' && name !== 'exports' && isCallable(value))
  const items = new Map(callable.map(([name, value]): [string, Value] => [keyOf(machine, name), value]))
  const main = machine.registry.dialect.membersAreItems ? (variables.get('export default') ?? variables.get(namedDefault(file.text))) : undefined
  return { ...(main !== undefined && isCallable(main) ? main : mapOf(new Map())), type: undefined, items: { kind: 'map', entries: items, rest: undefined } }
}

/** What `module.exports` and `exports` hold in the end. */
function exportedBy(variables: ReadonlyMap<string, Value>): Value | undefined {
  const module = variables.get('module')
  const whole = module?.items?.kind === 'map' ? module.items.entries.get('exports') : undefined
  return [whole, variables.get('exports')].find((value) => value !== undefined && isCallable(value))
}

// A declaration that is exported by default is known by its own name.
function namedDefault(text: string): string {
  return /^export\s+default\s+(?:async\s+)?(?:function\s*\*?|class)\s+([\w$]+)/m.exec(text)?.[1] ?? ''
}

/** Something of the other file that can be called, or holds such. What descends from a framework's class is known by the framework. */
function isCallable({ target, instance, items }: Value): boolean {
  if (target?.kind === 'function') return true
  if (target?.kind === 'class') return ancestorsOf(target.class).length === 0
  if (instance !== undefined) return ancestorsOf(instance).length === 0
  return items?.kind === 'map' && items.entries.values().some(({ target: inner }) => inner?.kind === 'function' || inner?.kind === 'class')
}

/** Runs another file's module, once; `undefined` for one that is running: two that import each other. */
function load(machine: Machine, file: NeighbourFile): Frame | undefined {
  if (machine.loaded.has(file) || machine.loaded.size >= mostLoaded) return machine.loaded.get(file)
  machine.loaded.set(file, undefined)
  machine.allow(40 * file.text.length)
  const { frame: outer, barriers, live, returns, loops, running, callDepth, site } = machine
  const frame = newFrame()
  const own = { frame, barriers: empty, live: true, returns: [], loops: [], running: [], callDepth: 0, site: undefined }
  Object.assign(machine, own)
  if (machine.registry.dialect.membersAreItems) bindExports(machine, frame)
  execute(machine, file.program.body)
  Object.assign(machine, { frame: outer, barriers, live, returns, loops, running, callDepth, site })
  machine.loaded.set(file, frame)
  return frame
}

function bindExports(machine: Machine, frame: Frame): void {
  const exports = mapOf(new Map())
  frame.variables = set(frame.variables, machine.slot('exports'), exports)
  frame.variables = set(frame.variables, machine.slot('module'), mapOf(new Map([['exports', exports]])))
}
