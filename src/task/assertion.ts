import type { Language } from '../records/language.ts'
import type { Check, TestSource } from '../records/test.ts'
import { dialectOf, type Expression, parseExpression } from '../syntax/expression.ts'
import { CheckBuilder } from './check-builder.ts'
import { javascriptClaim } from './javascript-claim.ts'
import { canRunInside } from './in-process.ts'
import { pythonClaim, raisesBlock } from './python-claim.ts'
import type { ReadTest, Scope } from './scope.ts'

/** Reads one assertion: a test judged outside the candidate's process where its calls and data allow it, else one that runs inside. */
export function readAssertion(scope: Scope, text: string, source: TestSource): ReadTest {
  const trimmed = text.trim().replace(/;+$/, '')
  const builder = new CheckBuilder(scope.language, scope.names)
  const check = claim(scope, builder, trimmed)
  if (check !== undefined && builder.calls.length > 0) return { kind: 'test', test: { kind: 'call', source, text: trimmed, calls: builder.calls, check } }
  if (check !== undefined) return { kind: 'unreadable', text: trimmed, reason: 'no-call' }
  return canRunInside(scope, trimmed, source)
}

function claim(scope: Scope, builder: CheckBuilder, text: string): Check | undefined {
  const block = scope.language === 'python' ? raisesBlock.exec(text) : null
  if (block !== null) {
    const parsed = parseExpression('python', text, block[0].length)
    return parsed !== undefined && text.slice(parsed.end).trim() === '' ? builder.raises(parsed.expression, block[1]) : undefined
  }
  const found = statement(scope.language, text)
  if (found === undefined) return undefined
  return scope.language === 'python' ? pythonClaim(builder, found) : javascriptClaim(builder, found)
}

/** The statement's expression, without an assert's message. */
function statement(language: Language, text: string): Expression | undefined {
  const keyword = language === 'python' ? /^assert\b[ \t]*/.exec(text)?.[0] : undefined
  const from = keyword?.length ?? 0
  const parsed = parseExpression(dialectOf(language), text, from)
  if (parsed === undefined || !isEnd(text.slice(parsed.end), keyword !== undefined)) return undefined
  return keyword === undefined ? parsed.expression : { kind: 'call', callee: { kind: 'name', name: 'assert' }, arguments: [parsed.expression], keywords: [] }
}

// A message may follow in whatever shape, and what a model wrote on the lines below is not part of the statement.
function isEnd(rest: string, isAssert: boolean): boolean {
  return (isAssert ? /^[ \t]*(?:$|,|#|\n|;)/ : /^[ \t]*(?:$|#|\/\/|\n|;)/).test(rest)
}
