import type { CallModel, Model, Sink, ValueModel } from '../model/model.ts'
import type { Listener, Rule } from '../rule/rule.ts'
import type { Dialect } from './dialect.ts'
import type { Weakness } from './taint.ts'

// Names come from scanned text: what is remembered of them is bounded.
const mostRemembered = 20_000

type Of<Kind extends Listener['on']> = { rule: Rule; listener: Extract<Listener, { on: Kind }> }

/** All models and rules of a language, arranged for look-up. Built once. */
export class Registry {
  readonly ambient = new Map<string, string>()
  readonly values = new Map<string, ValueModel>()
  readonly calls = new Map<string, CallModel>()
  readonly sinks = new Map<string, Sink[]>()
  readonly parameters = new Map<string, string>()
  readonly handlers = new Map<string, readonly string[]>()
  readonly onCall = new Map<string, Of<'call'>[]>()
  readonly onSink = new Map<Weakness, Of<'sink'>[]>()
  private readonly onSet: Of<'set'>[] = []
  private readonly onSetByName = new Map<string, readonly Of<'set'>[]>()
  readonly onReturn: Of<'return'>[] = []
  readonly onCompare: Of<'compare'>[] = []
  readonly onFunction: Of<'function'>[] = []
  readonly onClass: Of<'class'>[] = []
  readonly onHandler: Of<'handler'>[] = []
  readonly onAssert: Of<'assert'>[] = []
  private readonly mentioned: ReadonlySet<string>
  private readonly aliases = new Map<string, string>()
  private readonly canonicalNames = new Map<string, string>()

  readonly dialect: Dialect

  constructor(models: readonly Model[], rules: readonly Rule[], dialect: Dialect) {
    this.dialect = dialect
    for (const model of models) this.addModel(model)
    for (const rule of rules) for (const listener of rule.listeners) this.addListener(rule, listener)
    const names = [...this.calls.keys(), ...this.sinks.keys(), ...this.onCall.keys()]
    this.mentioned = new Set(names.map((name) => name.slice(name.lastIndexOf('.') + 1)))
  }

  /** The one name of what has several. */
  canonical(name: string): string {
    const known = this.canonicalNames.get(name)
    if (known !== undefined) return known
    const canonical = this.resolveAlias(name)
    if (this.canonicalNames.size < mostRemembered) this.canonicalNames.set(name, canonical)
    return canonical
  }

  /** Whether anything is known of functions of that (last) name. */
  mentions(last: string): boolean {
    return this.mentioned.has(last)
  }

  /** The rules that care for values under that name. */
  listenersOf(name: string): readonly Of<'set'>[] {
    const known = this.onSetByName.get(name)
    if (known !== undefined) return known
    const listeners = this.onSet.filter(({ listener }) => listener.named(name))
    if (this.onSetByName.size < mostRemembered) this.onSetByName.set(name, listeners)
    return listeners
  }

  private resolveAlias(name: string): string {
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const target = this.aliases.get(name.slice(0, end))
      if (target !== undefined) return target + name.slice(end)
    }
    return name
  }

  private addModel(model: Model): void {
    addAll(this.ambient, model.ambient)
    addAll(this.aliases, model.aliases)
    addAll(this.values, model.values)
    addAll(this.parameters, model.parameters)
    addAll(this.handlers, model.handlers)
    for (const [name, call] of Object.entries(model.calls ?? {})) this.calls.set(name, { ...this.calls.get(name), ...call })
    for (const [name, sinks] of Object.entries(model.sinks ?? {})) this.sinks.set(name, [...(this.sinks.get(name) ?? []), ...sinks])
  }

  private addListener(rule: Rule, listener: Listener): void {
    if (listener.on === 'call') for (const name of listener.names) push(this.onCall, name, { rule, listener })
    else if (listener.on === 'sink') push(this.onSink, listener.weakness, { rule, listener })
    else if (listener.on === 'set') this.onSet.push({ rule, listener })
    else if (listener.on === 'return') this.onReturn.push({ rule, listener })
    else if (listener.on === 'compare') this.onCompare.push({ rule, listener })
    else if (listener.on === 'function') this.onFunction.push({ rule, listener })
    else if (listener.on === 'class') this.onClass.push({ rule, listener })
    else if (listener.on === 'handler') this.onHandler.push({ rule, listener })
    else this.onAssert.push({ rule, listener })
  }
}

function addAll<T>(map: Map<string, T>, record: Readonly<Record<string, T>> | undefined): void {
  for (const [key, value] of Object.entries(record ?? {})) map.set(key, value)
}

function push<Key, T>(map: Map<Key, T[]>, key: Key, item: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [item])
  else list.push(item)
}
