import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const nothing = 'an empty text becomes 0'

export const parseInteger: Family = {
  name: 'parse-integer',
  verbs: ['parse', 'read', 'to', 'convert'],
  nouns: ['integer', 'int', 'whole_number', 'integer_or_default', 'number'],
  parameters: { source: ['text', 'raw', 'source', 's', 'field', 'typed'], fallback: ['fallback', 'default_value', 'otherwise', 'alternative', 'if_bad'] },
  locals: { trimmed: ['trimmed', 'stripped', 'plain', 'bare'] },
  phrases: [
    '[returns/return] the whole number that $source holds (digits, perhaps a minus sign, perhaps blanks around), or $fallback if it holds none',
    '[parses/parse] the text $source as an integer and [returns/return] $fallback where it is not one as a whole',
    '[converts/convert] $source to an integer; what is no whole number, such as 4.5 or 12abc, gives $fallback',
    '[reads/read] an integer, negative ones too, from the text $source, with $fallback for everything that is not an integer',
    '[gives/give] the number in $source, blanks around it being allowed, or $fallback if anything but an integer stands there',
    '[takes/take] the text $source for an integer and [returns/return] $fallback if that fails',
    '[turns/turn] $source into a whole number or else [gives/give] $fallback',
    '[returns/return] $source as an integer, or $fallback where it is no whole number',
    '[makes/make] an integer of the text $source; where that is impossible the result is $fallback',
    '[gets/get] the integer that is in $source, $fallback if it is something else',
    '[takes/take] $source for a whole number and, if that fails, [returns/return] $fallback',
    '[turns/turn] the text $source into an integer, or into $fallback where that is impossible',
  ],
  examples: [
    { arguments: ['42', 0], result: 42 },
    { arguments: [' 7 ', 0], result: 7 },
    { arguments: ['-3', 5], result: -3 },
    { arguments: ['abc', 5], result: 5 },
    { arguments: ['', 9], result: 9 },
    { arguments: ['4.5', 1], result: 1 },
    { arguments: ['12abc', 8], result: 8 },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    try:\n        <convert>\n    except <kind>:\n        <fail>', '<sig>\n    <doc>\n    <matched>', '<sig>\n    <doc>\n    $trimmed = $source.strip()\n    <looked>\n    return $fallback'],
      sig: ['def $f($source, $fallback):', 'def $f($source: str, $fallback: int) -> int:'],
      convert: ['return int($source)', 'return int($source.strip())', '$out = int($source)\nreturn $out', wrong('a fraction is cut off', 'return int(float($source))'), wrong('the sign is lost', 'return abs(int($source))')],
      kind: ['ValueError', '(TypeError, ValueError)', wrong('another error is caught', 'KeyError')],
      fail: ['return $fallback', wrong('it is 0 and not what was asked for', 'return 0'), wrong('nothing is returned', 'return None')],
      matched: [
        "if re.fullmatch(r'\\s*-?\\d+\\s*', $source):\n    return int($source)\n<fail>",
        "return int($source) if re.fullmatch(r'\\s*-?\\d+\\s*', $source) else $fallback",
        "return $fallback if re.fullmatch(r'\\s*-?\\d+\\s*', $source) is None else int($source)",
        wrong('the end of the text is not looked at', "$part = re.match(r'\\s*-?\\d+', $source)\nreturn int($part.group()) if $part else $fallback"),
        wrong('a minus sign is not understood', "return int($source) if re.fullmatch(r'\\s*\\d+\\s*', $source) else $fallback"),
        wrong('blanks around are not understood', "return int($source) if re.fullmatch(r'-?\\d+', $source) else $fallback"),
      ],
      looked: ["if $trimmed.lstrip('-').isdigit():\n    return int($trimmed)", "if $trimmed.removeprefix('-').isdecimal():\n    return int($trimmed)", wrong('a minus sign is not understood', 'if $trimmed.isdigit():\n    return int($trimmed)'), wrong('one digit is enough', 'if any($char.isdigit() for $char in $trimmed):\n    return int($trimmed)')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($source: string, $fallback: number): number {\n  <doc>\n  <body>\n}'],
      body: [
        'if (<pattern>) return <converted>\nreturn $fallback',
        'return <pattern> ? <converted> : $fallback',
        'if (!<pattern>) {\n  return $fallback\n}\nreturn <converted>',
        'const $out = Number($source)\n<whole>',
        wrong('what stands behind the number is overlooked', 'const $out = parseInt($source, 10)\nreturn Number.isNaN($out) ? $fallback : $out'),
        wrong('0 counts as no number, and fractions as one', 'return Number($source) || $fallback'),
      ],
      pattern: ['/^\\s*-?\\d+\\s*$/.test($source)', '/^-?\\d+$/.test($source.trim())', wrong('a minus sign is not understood', '/^\\s*\\d+\\s*$/.test($source)'), wrong('the end of the text is not looked at', '/^\\s*-?\\d+/.test($source)'), wrong('blanks around are not understood', '/^-?\\d+$/.test($source)')],
      converted: ['Number($source)', 'Number.parseInt($source, 10)', 'parseInt($source, 10)', 'Math.trunc(Number($source))', wrong('the sign is lost', 'Math.abs(Number($source))')],
      whole: ["return $source.trim() !== '' && Number.isInteger($out) ? $out : $fallback", "if ($source.trim() === '' || !Number.isInteger($out)) return $fallback\nreturn $out", wrong(nothing, 'return Number.isInteger($out) ? $out : $fallback'), wrong('fractions are let through', "return $source.trim() === '' || Number.isNaN($out) ? $fallback : $out")],
    },
    tests: [],
  },
}
