import type { Language } from '../records/language.ts'
import type { Signature } from '../records/signature.ts'
import type { Call } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { readOutline } from '../syntax/outline.ts'
import { asLanguage } from './spoken-value.ts'

/** What the examples of a task are about: the functions and classes they may call, and the one that is asked for. */
export interface Subject {
  language: Language
  names: ReadonlySet<string>
  /** Everything that the program defines already. */
  defined: ReadonlySet<string>
  signature?: Signature
  entryPoint?: string
}

/** How many values a call may give. */
export function arityOf(subject: Subject): { least: number; most: number } | undefined {
  const parameters = subject.signature?.parameters
  if (parameters === undefined) return undefined
  const plain = parameters.filter((parameter) => !parameter.special)
  return { least: plain.filter((parameter) => !parameter.optional).length, most: plain.length < parameters.length ? Infinity : plain.length }
}

/** Whether the entry point can be called with so many values. */
export function isArity(subject: Subject, count: number): boolean {
  const arity = arityOf(subject)
  return arity === undefined || (count >= arity.least && count <= arity.most)
}

/** A call of the entry point with these values, in the task's own language. */
export function callOf(subject: Subject & { entryPoint: string }, values: Value[]): Call {
  return { steps: [{ name: subject.entryPoint, arguments: values.map((value) => asLanguage(subject.language, value)) }] }
}

/** A call as the task's language makes it. Undefined where it has no such call: JavaScript has no keyword arguments. */
export function inLanguage(subject: Subject, call: Call): Call | undefined {
  const steps = call.steps.map((step) => ({
    ...step,
    ...(step.arguments === undefined ? {} : { arguments: step.arguments.map((value) => asLanguage(subject.language, value)) }),
  }))
  const [first] = steps
  if (subject.language === 'python') return { steps }
  if (first?.keywords === undefined) return { steps }
  const parameters = subject.signature?.parameters.map((parameter) => parameter.name) ?? []
  const rest = parameters.slice(first.arguments?.length ?? 0).map((name) => first.keywords?.[name])
  if (rest.length !== Object.keys(first.keywords).length || rest.includes(undefined)) return undefined
  return { steps: [{ name: first.name, arguments: [...(first.arguments ?? []), ...rest.map((value) => asLanguage(subject.language, value!))] }, ...steps.slice(1)] }
}

/** Works out what a task's examples are about. Without a given entry point it is the last function that the program defines, or else its last class. */
export function readSubject(language: Language, code: string | undefined, entryPoint?: string): Subject {
  const outline = code === undefined ? undefined : readOutline(language, code)
  const signatures = outline?.signatures ?? []
  const last = signatures.findLast(({ kind }) => kind === 'function') ?? signatures.at(-1)
  const signature = entryPoint === undefined ? last : signatures.find(({ name }) => name === entryPoint)
  const asked = entryPoint ?? signature?.name
  const classes = signatures.filter(({ kind }) => kind === 'class').map(({ name }) => name)
  return {
    language,
    names: new Set([...(asked === undefined ? [] : [asked]), ...classes]),
    defined: new Set(signatures.map(({ name }) => name)),
    ...(signature === undefined ? {} : { signature }),
    ...(asked === undefined ? {} : { entryPoint: asked }),
  }
}
