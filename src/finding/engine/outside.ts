import type { Expression } from '../ir/expression.ts'
import type { FunctionNode, Parameter } from '../ir/statement.ts'
import { evaluate } from './evaluate.ts'
import type { Machine } from './machine.ts'
import type { SourceKind } from './taint.ts'
import { derived, listOf, mapOf, nothing, type Value } from './value.ts'

/** Whether a function is handed a request, and may answer it. */
export function takesRequest(machine: Machine, node: FunctionNode): boolean {
  return node.parameters
    .slice(0, 3)
    .some(({ target }) => target.kind === 'name' && /^http\.(Request|Context)$/.test(machine.registry.parameters.get(target.name) ?? ''))
}

const harmless = /^(int|float|bool|complex|UUID|uuid\.UUID|Decimal|datetime|date|timedelta|Enum|number|boolean)$/

const several = /(^|\.)((Readonly)?(Array|Set)|List|list|Tuple|tuple|set|frozenset|FrozenSet|Sequence|Iterable|Collection)$/

/** What a caller may pass: anything, except where the type is enforced (by the framework that calls). */
export function fromOutside(machine: Machine, parameter: Parameter, options: { node: FunctionNode; kind: SourceKind }): Value {
  const { node, kind } = options
  const name = parameter.target.kind === 'name' ? parameter.target.name : 'pattern'
  const declared = parameter.annotation === undefined ? undefined : evaluate(machine, parameter.annotation).target
  // A class of this file that does something: what it is asked to do is read there.
  if (
    declared?.kind === 'class' &&
    kind !== 'user' &&
    declared.class.methods.keys().some((method) => !/^(constructor|__init__)$/.test(method))
  )
    return { ...nothing, instance: declared.class }
  const annotation = parameter.annotation === undefined ? undefined : typeNameOf(parameter.annotation, declared)
  const type = typeOf(machine, parameter, annotation)
  if (type !== undefined) return { ...nothing, type }
  if (kind === 'user' && (injected(parameter.fallback) || harmless.test(annotation ?? ''))) return { ...nothing, type: 'int' }
  const label = kind === 'user' ? `\`${name}\` of the request` : `parameter \`${name}\``
  const source = machine.source(kind, { key: `${node.start}.${name}`, label, span: parameter })
  // A type that nobody enforces is a promise, no check.
  const value = harmless.test(annotation ?? '') ? derived([source], { weak: true }) : source
  if (parameter.kind === 'rest') return listOf([], value)
  if (parameter.kind === 'keywords') return mapOf(new Map(), value)
  return { ...value, type: annotation === 'bytes' ? 'bytes' : several.test(annotation ?? '') ? 'list' : undefined }
}

// What a name says of a parameter holds unless its type says otherwise.
const webType = /req|res|reply|context|ctx|http|any|socket|app|router|event/i

/** The type that the models give a parameter by its annotation or its name. */
export function typeOf(machine: Machine, parameter: Parameter, annotation?: string): string | undefined {
  const { parameters } = machine.registry
  const byType = annotation === undefined ? undefined : parameters.get(annotation)
  if (byType !== undefined || parameter.target.kind !== 'name' || (annotation !== undefined && !webType.test(annotation))) return byType
  return parameters.get(parameter.target.name)
}

// FastAPI's `Depends(...)` is the application's own.
function injected(fallback: Expression | undefined): boolean {
  return fallback?.kind === 'call' && fallback.callee.kind === 'name' && /^(Depends|Security|inject)$/.test(fallback.callee.name)
}

function typeNameOf(annotation: Expression, target: Value['target']): string | undefined {
  // `list[str]`
  if (annotation.kind === 'index' && target === undefined) return typeNameOf(annotation.object, undefined)
  if (target?.kind === 'global' || target?.kind === 'method') return target.name
  return annotation.kind === 'name' || annotation.kind === 'attribute' ? annotation.name : undefined
}
