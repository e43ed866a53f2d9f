import type { Value } from '../records/value.ts'

/** The two grammars that expressions are read with. */
export type Dialect = 'python' | 'javascript'

/** How strongly each operator binds, from the levels that bind least. */
function strengths(...levels: string[]): ReadonlyMap<string, number> {
  return new Map(levels.flatMap((operators, level) => operators.split(', ').map((operator): [string, number] => [operator, level + 1])))
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

const pythonStrength = strengths('or', 'and', 'not', '==, !=, <=, >=, <, >, in, not in, is, is not', '|', '^', '&', '<<, >>', '+, -', '*, /, //, %', 'unary', '**')
const javascriptStrength = strengths('||, ??', '&&', '|', '^', '&', '==, !=, ===, !==', '<=, >=, <, >, in, instanceof', '<<, >>, >>>', '+, -', '*, /, %', 'unary', '**')

/** What tells the dialects apart. Arrows and assignments are no operators in either: `f(1) => 2`, `1 -> 2`, `a += 1`. */
export const dialects = {
  python: {
    binary: /(?!={1,3}>|-+>|[-+*/%|&^]=)(?:\*\*|\/\/|<<|>>|==|!=|<=|>=|[-+*/%<>|^&]|(?:or|and|not\s+in|in|is\s+not|is)\b)/y,
    unary: /(?!-+>)(?:[-+~]|not\b)/y,
    strength: pythonStrength,
    reserved: words(
      'and as assert break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield',
    ),
    constants: new Map<string, Value>([['None', null], ['True', true], ['False', false]]),
  },
  javascript: {
    binary: /(?!={1,3}>|-+>|[-+*/%|&^]=)(?:===|!==|>>>|\*\*|<<|>>|==|!=|<=|>=|&&|\|\||\?\?|[-+*/%<>|^&]|(?:instanceof|in)\b)/y,
    unary: /(?!-+>)(?:[-+~!]|(?:typeof|void)\b)/y,
    strength: javascriptStrength,
    reserved: words(
      'break case catch class const continue debugger default delete do else export extends finally for function if import in instanceof let return super switch throw try typeof var void while with yield',
    ),
    constants: new Map<string, Value>([['null', null], ['true', true], ['false', false], ['undefined', { $: 'undefined' }]]),
  },
} as const
