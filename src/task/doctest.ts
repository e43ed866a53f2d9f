import type { Check, Test } from '../records/test.ts'
import { pathOf } from '../syntax/constant.ts'
import { type Expression, parseExpression } from '../syntax/expression.ts'
import { CheckBuilder } from './check-builder.ts'
import { isWholeAnswer } from './example.ts'
import { readSpoken } from './spoken-value.ts'
import { inLanguage, type Subject } from './subject.ts'

/** One statement at a prompt (`>>>`, or `>` before a call) and the lines that follow it. */
export interface Session {
  statement: string
  output: string
  start: number
  end: number
}

const promptLine = /^[ \t]*(?:>>>|>(?=[ \t]*[\w$.]+\())[ \t]?(.*)$/
const continuation = /^[ \t]*\.\.\.[ \t]?(.*)$/

/** The statements of an interactive session that a text shows, in order. */
export function readSessions(text: string): Session[] {
  const sessions: Session[] = []
  let offset = 0
  let open: (Session & { closed: boolean }) | undefined
  for (const line of text.split('\n')) {
    const statement = promptLine.exec(line)
    const more = continuation.exec(line)
    if (statement !== null) {
      open = { statement: statement[1]!, output: '', start: offset, end: offset + line.length, closed: false }
      sessions.push(open)
    } else if (open !== undefined && !open.closed && open.output === '' && more !== null) {
      open.statement += `\n${more[1]!}`
      open.end = offset + line.length
    } else if (open !== undefined && !open.closed) {
      if (line.trim() === '') open.closed = true
      else open.output += `${open.output === '' ? '' : '\n'}${line.trim()}`
    }
    offset += line.length + 1
  }
  return sessions.map(({ statement, output, start, end }) => ({ statement, output, start, end }))
}

/** The tests that an interactive session shows, each with the statement it was read from. */
export function readDoctests(subject: Subject, sessions: Session[]): { test: Test; session: Session }[] {
  const bound = new Map<string, Expression>()
  const answered = sessions.some((session) => session.output !== '')
  return sessions.flatMap((session, i) => {
    const assignment = /^([A-Za-z_]\w*)\s*=(?!=)\s*/.exec(session.statement)
    if (assignment !== null) {
      const parsed = parseExpression('python', session.statement, assignment[0].length)
      if (parsed !== undefined) bound.set(assignment[1]!, substitute(parsed.expression, bound))
      return []
    }
    const whole = mended(session)
    const test = isStateful(session, bound) ? inProcess(subject, sessions.slice(0, i + 1)) : doctest(subject, whole, { bound, answered })
    return test === undefined ? [] : [{ test, session }]
  })
}

// An escape that somebody interpreted breaks a string over two lines: `f("a` and `b")` are `f("a\nb")`.
function mended(session: Session): Session {
  const statement = closed([session.statement, ...session.output.split('\n')])
  if (statement === undefined) return session
  const answer = closed(statement.rest)
  return { ...session, statement: statement.text, output: (answer === undefined ? statement.rest : [answer.text, ...answer.rest]).join('\n') }
}

/** The first line with as many of the next ones as its string needs. */
function closed([first = '', ...others]: string[]): { text: string; rest: string[] } | undefined {
  let text = first
  for (const [used, line] of others.slice(0, 20).entries()) {
    if (!hasOpenString(text)) return { text, rest: others.slice(used) }
    text += `\\n${line}`
  }
  return hasOpenString(text) ? undefined : { text, rest: others.slice(20) }
}

function hasOpenString(text: string): boolean {
  const outside = text.replaceAll(/\\./g, '').replaceAll(/'''[^]*?'''|"""[^]*?"""|'[^'\n]*'|"[^"\n]*"/g, '')
  return /^[^#]*['"]/.test(outside) && !/\w'\w/.test(outside)
}

function doctest(subject: Subject, session: Session, context: { bound: Map<string, Expression>; answered: boolean }): Test | undefined {
  for (const dialect of subject.language === 'python' ? (['python'] as const) : (['python', 'javascript'] as const)) {
    const parsed = parseExpression(dialect, session.statement)
    if (parsed === undefined || !/^\s*(?:;?\s*(?:(?:#|\/\/).*)?)$/s.test(session.statement.slice(parsed.end))) continue
    const builder = new CheckBuilder(dialect, subject.names)
    const statement = substitute(parsed.expression, context.bound)
    const check = claim(builder, statement, { output: session.output, silent: context.answered, python: subject.language === 'python' })
    const calls = builder.calls.map((call) => inLanguage(subject, call))
    // A Python session in a JavaScript task: only the call itself can be taken over, not what Python does with its result.
    if (check === undefined || calls.length === 0 || calls.includes(undefined) || (subject.language !== 'python' && dialect === 'python' && !isPlain(check))) continue
    const text = `${session.statement}${session.output === '' ? '' : `\n${session.output}`}`
    return { kind: 'call', source: 'public', text, calls: calls as NonNullable<(typeof calls)[number]>[], check }
  }
  return undefined
}

function isPlain(check: Check): boolean {
  return check.kind !== 'apply' || (check.operator === 'matches' && check.operands.every((operand) => operand.kind !== 'apply'))
}

function claim(builder: CheckBuilder, statement: Expression, shown: { output: string; silent: boolean; python: boolean }): Check | undefined {
  const raised = shown.output.startsWith('Traceback (most recent call last)') ? raisedType(shown.output) : undefined
  if (raised !== undefined) return builder.raises(statement, raised)
  const printedValue = statement.kind === 'call' && /^(?:print|console\.log)$/.test(pathOf(statement.callee) ?? '') && statement.arguments.length === 1 ? statement.arguments[0] : undefined
  if (printedValue !== undefined) return shown.python ? printed(builder, printedValue, shown.output) : claim(builder, printedValue, shown)
  const spoken = shown.output === '' ? undefined : readSpoken(shown.output, 0)
  const answer = spoken !== undefined && isWholeAnswer(shown.output, spoken) ? spoken : undefined
  // `>>> f(1) == 2` says it by itself; so does `True` below it.
  if (statement.kind === 'apply' && statement.operator === '==' && (answer === undefined || answer.value === true)) return matching(builder, statement.operands)
  const check = builder.check(statement)
  if (check === undefined) return undefined
  if (answer !== undefined) return { kind: 'apply', operator: 'matches', operands: [check, { kind: 'value', value: answer.value }] }
  // No output means None, unless the session shows no outputs at all.
  if (shown.output !== '' || !shown.silent || check.kind !== 'call') return undefined
  return { kind: 'apply', operator: 'matches', operands: [check, { kind: 'value', value: null }] }
}

function raisedType(traceback: string): string | undefined {
  const lines = traceback.split('\n').slice(1)
  return lines.flatMap((line) => /^(?:\w+\.)*([A-Za-z_]\w*)(?::|$)/.exec(line)?.[1] ?? [])[0]
}

function matching(builder: CheckBuilder, operands: Expression[]): Check | undefined {
  const [left, right] = operands.map((operand) => builder.check(operand))
  if (left === undefined || right === undefined) return undefined
  return { kind: 'apply', operator: 'matches', operands: left.kind === 'value' ? [right, left] : [left, right] }
}

function printed(builder: CheckBuilder, value: Expression, output: string): Check | undefined {
  const check = builder.apply('str', [value])
  return check === undefined ? undefined : { kind: 'apply', operator: '==', operands: [check, { kind: 'value', value: output }] }
}

function substitute(expression: Expression, bound: ReadonlyMap<string, Expression>): Expression {
  const inside = (inner: Expression): Expression => substitute(inner, bound)
  switch (expression.kind) {
    case 'name':
      return bound.get(expression.name) ?? expression
    case 'list':
    case 'tuple':
    case 'set':
      return { kind: expression.kind, items: expression.items.map(inside) }
    case 'map':
      return { kind: 'map', entries: expression.entries.map(([key, value]) => [inside(key), inside(value)]) }
    case 'attribute':
      return { ...expression, object: inside(expression.object) }
    case 'call':
      return {
        kind: 'call',
        callee: inside(expression.callee),
        arguments: expression.arguments.map(inside),
        keywords: expression.keywords.map(([name, value]) => [name, inside(value)]),
      }
    case 'apply':
      return { ...expression, operands: expression.operands.map(inside) }
    default:
      return expression
  }
}

// `s = Stack()`, then several statements about `s`: each sees what the one before it left behind.
function isStateful(session: Session, bound: ReadonlyMap<string, Expression>): boolean {
  return [...bound].some(([name, value]) => value.kind === 'call' && value.callee.kind === 'name' && /^[A-Z]/.test(value.callee.name) && new RegExp(`\\b${name}\\b`).test(session.statement))
}

function inProcess(subject: Subject, sessions: Session[]): Test | undefined {
  const last = sessions.at(-1)
  const answer = last === undefined ? undefined : readSpoken(last.output, 0)
  if (subject.language !== 'python' || last === undefined || answer === undefined) return undefined
  const code = [...sessions.slice(0, -1).map((session) => session.statement), `assert (${last.statement}) == (${answer.text})`].join('\n')
  return { kind: 'in-process', source: 'public', text: code, code }
}
