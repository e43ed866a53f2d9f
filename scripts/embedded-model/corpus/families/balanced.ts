import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const open = 'brackets that stay open do not matter to it'

export const balanced: Family = {
  name: 'balanced',
  verbs: ['are', 'is', 'check', 'validate'],
  nouns: ['balanced', 'brackets', 'nesting', 'closed', 'brackets_balanced'],
  parameters: { source: ['text', 'source', 's', 'expression', 'formula', 'code'] },
  locals: { stack: ['stack', 'open_ones', 'pending', 'opened'], pairs: ['pairs', 'closing', 'partner', 'matching'] },
  phrases: [
    '[checks/check] whether the brackets (), [] and {} in $source are balanced and properly nested; other characters do not matter',
    '[returns/return] {true} if every bracket of $source, round, square or curly, is closed by its partner in the right order',
    '[tells/tell] whether all brackets ()[]{} of $source match each other',
    '[decides/decide] if in $source each opening bracket of (, [ and { has its closing one, well nested',
    '[finds/find] out whether the round, square and curly brackets of the text $source are balanced, leaving all else aside',
    '[says/say] if the brackets of $source are well nested: (), [] and {}',
    '[checks/check] the nesting of the brackets (), [] and {} in $source',
    '[is/be] true if all brackets in $source, of three kinds, are closed in the right order',
    '[verifies/verify] that the text $source opens and closes round, square and curly brackets correctly',
    '[looks/look] whether $source has balanced brackets (), [], {}, all else aside',
    '[tests/test] if $source opens and closes its brackets, of the three kinds, correctly',
    '[says/say] whether the nesting of (), [] and {} in $source is right',
  ],
  examples: [
    { arguments: ['(a[b]{c})'], result: true },
    { arguments: ['(]'], result: false },
    { arguments: [''], result: true },
    { arguments: ['(()'], result: false },
    { arguments: [')('], result: false },
    { arguments: ['a)'], result: false },
    { arguments: ['([)]'], result: false },
    { arguments: ['{x} + [y]'], result: true },
  ],
  stage: { takes: 'text', gives: 'truth' },
  python: {
    grammar: {
      program: ["<sig>\n    <doc>\n    <pairs>\n    $stack = []\n    for $char in $source:\n        if <opens>:\n            $stack.append(<pushed>)\n        elif <closes>:\n            <match>\n    <end>", "<sig>\n    <doc>\n    $text = <kept>\n    while <some>:\n        <reduce>\n    <gone>"],
      sig: ['def $f($source):', 'def $f($source: str) -> bool:'],
      pairs: ["$pairs = {')': '(', ']': '[', '}': '{'}", "$pairs = dict(zip(')]}', '([{'))", wrong('square and curly brackets are exchanged', "$pairs = {')': '(', ']': '{', '}': '['}")],
      opens: ["$char in '([{'", '$char in $pairs.values()', wrong('curly brackets are forgotten', "$char in '(['")],
      pushed: ['$char'],
      closes: ['$char in $pairs', "$char in ')]}'"],
      match: [
        'if not $stack or $stack.pop() != $pairs[$char]:\n    return False',
        'if not $stack:\n    return False\nif $stack.pop() != $pairs[$char]:\n    return False',
        wrong('it does not look which bracket is closed', 'if not $stack:\n    return False\n$stack.pop()'),
        wrong('a closing bracket with nothing open is overlooked', 'if $stack and $stack.pop() != $pairs[$char]:\n    return False'),
        wrong('the bracket is not taken off', 'if not $stack or $stack[-1] != $pairs[$char]:\n    return False'),
      ],
      end: ['return not $stack', 'return len($stack) == 0', wrong(open, 'return True'), wrong('it says the opposite', 'return bool($stack)')],
      kept: ["re.sub(r'[^()\\[\\]{}]', '', $source)", "''.join($char for $char in $source if $char in '()[]{}')", "''.join(re.findall(r'[()\\[\\]{}]', $source))", wrong('other characters are in the way', '$source'), wrong('curly brackets are forgotten', "''.join($char for $char in $source if $char in '()[]')")],
      some: ["any($part in $text for $part in ('()', '[]', '{}'))", "'()' in $text or '[]' in $text or '{}' in $text"],
      reduce: ["$text = $text.replace('()', '').replace('[]', '').replace('{}', '')", "for $part in ('()', '[]', '{}'):\n    $text = $text.replace($part, '')"],
      gone: ["return $text == ''", 'return not $text', wrong('one that is left does not matter', 'return len($text) < 2'), wrong('it says the opposite', "return $text != ''")],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ["export function $f($source: string): boolean {\n  <doc>\n  <pairs>\n  const $stack: string[] = []\n  for (const $char of $source) {\n    <opens>\n    <match>\n  }\n  <end>\n}", "export function $f($source: string): boolean {\n  <doc>\n  let $text = <kept>\n  <reduce>\n  <gone>\n}"],
      pairs: ["const $pairs: Record<string, string> = { ')': '(', ']': '[', '}': '{' }", "const $pairs = { ')': '(', ']': '[', '}': '{' } as Record<string, string>", wrong('square and curly brackets are exchanged', "const $pairs: Record<string, string> = { ')': '(', ']': '{', '}': '[' }")],
      opens: ["if ('([{'.includes($char)) $stack.push($char)", 'if (Object.values($pairs).includes($char)) $stack.push($char)', wrong('curly brackets are forgotten', "if ('(['.includes($char)) $stack.push($char)")],
      match: ['if ($pairs[$char] && $stack.pop() !== $pairs[$char]) return false', 'else if ($char in $pairs && $stack.pop() !== $pairs[$char]) return false', wrong('it does not look which bracket is closed', 'if ($pairs[$char] && $stack.pop() === undefined) return false'), wrong('the bracket is not taken off', 'if ($pairs[$char] && $stack.at(-1) !== $pairs[$char]) return false')],
      end: ['return $stack.length === 0', 'return !$stack.length', wrong(open, 'return true'), wrong('it says the opposite', 'return $stack.length > 0')],
      kept: ["$source.replace(/[^()[\\]{}]/g, '')", "($source.match(/[()[\\]{}]/g) ?? []).join('')", "[...$source].filter(($char) => '()[]{}'.includes($char)).join('')", wrong('other characters are in the way', '$source')],
      reduce: ["while (/\\(\\)|\\[\\]|\\{\\}/.test($text)) $text = $text.replace(/\\(\\)|\\[\\]|\\{\\}/g, '')", "let $seen = ''\nwhile ($seen !== $text) {\n  $seen = $text\n  $text = $text.replace('()', '').replace('[]', '').replace('{}', '')\n}", wrong('it takes pairs away only once', "$text = $text.replace(/\\(\\)|\\[\\]|\\{\\}/g, '')")],
      gone: ["return $text === ''", 'return $text.length === 0', wrong('it says the opposite', "return $text !== ''")],
    },
    tests: [],
  },
}
