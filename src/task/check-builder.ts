import type { Language } from '../records/language.ts'
import type { Call, Check, Step } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { applicationOf, constantOf, pathOf } from '../syntax/constant.ts'
import type { Expression } from '../syntax/expression.ts'
import { hasOperator } from '../syntax/operation.ts'

/** Splits an expression into the calls that the candidate must answer and the check that is computed from the answers, outside. */
export class CheckBuilder {
  readonly calls: Call[] = []
  private readonly language: Language
  private readonly names: ReadonlySet<string>
  private readonly word: (word: string) => Value | undefined
  private readonly seen = new Map<Expression, Check>()

  /** `names` are what the candidate defines and a test may call; `word` is what a bare word among a call's arguments stands for. */
  constructor(language: Language, names: ReadonlySet<string>, word: (word: string) => Value | undefined = () => undefined) {
    this.language = language
    this.names = names
    this.word = word
  }

  /** Undefined when the expression needs the candidate's process for more than calls with plain arguments. */
  check(expression: Expression): Check | undefined {
    const known = this.seen.get(expression)
    if (known !== undefined) return known
    const found = this.call(expression) ?? this.constant(expression) ?? this.display(expression) ?? this.application(expression)
    if (found !== undefined) this.seen.set(expression, found)
    return found
  }

  /** A check that the call raises, of the named type where one is given. */
  raises(expression: Expression, type?: string): Check | undefined {
    const call = this.call(expression)
    if (call?.kind !== 'call') return undefined
    return { kind: 'raises', index: call.index, ...(type === undefined ? {} : { type }) }
  }

  private constant(expression: Expression): Check | undefined {
    const value = constantOf(this.language, expression)
    return value === undefined ? undefined : { kind: 'value', value }
  }

  private call(expression: Expression): Check | undefined {
    const steps = this.steps(expression)
    if (steps === undefined || !steps.some((step) => step.arguments !== undefined)) return undefined
    this.calls.push({ steps })
    return { kind: 'call', index: this.calls.length - 1 }
  }

  private steps(expression: Expression): Step[] | undefined {
    if (expression.kind === 'name') return this.names.has(expression.name) ? [{ name: expression.name }] : undefined
    if (expression.kind === 'apply' && expression.operator === 'new') return this.steps(expression.operands[0]!)
    if (expression.kind === 'attribute') return this.attribute(expression)
    if (expression.kind !== 'call') return undefined
    const before = this.steps(expression.callee)
    const last = before?.at(-1)
    if (before === undefined || last === undefined || last.arguments !== undefined) return undefined
    const step = this.withArguments(last.name, expression)
    return step === undefined ? undefined : [...before.slice(0, -1), step]
  }

  private attribute(expression: Expression & { kind: 'attribute' }): Step[] | undefined {
    const before = this.steps(expression.object)
    if (before !== undefined) return [...before, { name: expression.name }]
    // `solution.f(1)`: the module that the candidate is imported as.
    const module = pathOf(expression.object)
    return module !== undefined && this.names.has(expression.name) ? [{ name: expression.name }] : undefined
  }

  private withArguments(name: string, call: Expression & { kind: 'call' }): Step | undefined {
    const values = call.arguments.map((argument) => this.argument(argument))
    const keywords = call.keywords.map(([keyword, argument]) => [keyword, constantOf(this.language, argument)] as const)
    if (values.includes(undefined) || keywords.some(([, value]) => value === undefined)) return undefined
    return {
      name,
      arguments: values as Value[],
      ...(keywords.length === 0 ? {} : { keywords: Object.fromEntries(keywords) as Record<string, Value> }),
    }
  }

  private argument(expression: Expression): Value | undefined {
    const value = constantOf(this.language, expression)
    return value === undefined && expression.kind === 'name' ? this.word(expression.name) : value
  }

  private display(expression: Expression): Check | undefined {
    if (expression.kind !== 'list' && expression.kind !== 'tuple') return undefined
    return this.apply(`${expression.kind} display`, expression.items)
  }

  private application(expression: Expression): Check | undefined {
    const application = applicationOf(expression)
    if (application === undefined || application.operands.length === 0) return undefined
    const [left, right] = application.operands
    const approximate = right?.kind === 'call' && /^(?:pytest\.)?approx$/.test(pathOf(right.callee) ?? '') ? right : undefined
    if (application.operator === '==' && left !== undefined && approximate?.arguments.length === 1 && approximate.keywords.length === 0) {
      return this.apply('approx', [left, approximate.arguments[0]!])
    }
    return hasOperator(this.language, application.operator) ? this.apply(application.operator, application.operands) : undefined
  }

  /** An operator over checks; undefined when one operand is none. */
  apply(operator: string, expressions: Expression[]): Check | undefined {
    const operands: Check[] = []
    for (const expression of expressions) {
      const operand = this.check(expression)
      if (operand === undefined) return undefined
      operands.push(operand)
    }
    return { kind: 'apply', operator, operands }
  }
}
