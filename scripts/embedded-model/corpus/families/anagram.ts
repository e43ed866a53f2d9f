import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const anagram: Family = {
  name: 'anagram',
  verbs: ['are', 'is', 'check', 'test'],
  nouns: ['anagram', 'anagrams', 'same_letters', 'rearranged', 'permuted_words'],
  parameters: { left: ['first', 'left', 'a', 'word', 'one'], right: ['second', 'right', 'b', 'other_word', 'another'] },
  locals: { signs: ['signs', 'letters', 'remaining', 'stock'] },
  phrases: [
    '[checks/check] whether $left and $right are anagrams: the same letters, each as often, whatever their case',
    '[returns/return] {true} if $right is made of exactly the letters of $left in some order, ignoring case',
    '[tells/tell] whether the letters of $left can be put in another order to give $right; case does not matter',
    '[decides/decide] if $left and $right have the same characters with the same counts, capital or small',
    '[finds/find] out whether $left is an anagram of $right without regard to case',
    '[tests/test] if the words $left and $right differ by nothing but the order of their letters and their case',
    '[says/say] whether one can rearrange $left into $right, capital letters being equal to small ones',
  ],
  examples: [
    { arguments: ['Listen', 'silent'], result: true },
    { arguments: ['apple', 'papel'], result: true },
    { arguments: ['aab', 'abb'], result: false },
    { arguments: ['abc', 'abcd'], result: false },
    { arguments: ['', ''], result: true },
    { arguments: ['abcd', 'abc'], result: false },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    $signs = list(<lower_right>)\n    for $char in <lower_left>:\n        <take>\n    <rest>'],
      sig: ['def $f($left, $right):', 'def $f($left: str, $right: str) -> bool:'],
      lower_left: ['$left.lower()', wrong('the case of one of the two matters', '$left')],
      lower_right: ['$right.lower()', '$right.casefold()'],
      short: [
        '$text = sorted(<lower_left>)\nreturn $text == sorted(<lower_right>)',
        "return ''.join(sorted(<lower_left>)) == ''.join(sorted(<lower_right>))",
        'return sorted(<lower_left>) == sorted(<lower_right>)',
        'return Counter(<lower_left>) == Counter(<lower_right>)',
        '$text, $key = <lower_left>, <lower_right>\nreturn len($text) == len($key) and all($text.count($char) == $key.count($char) for $char in $text)',
        wrong('it does not count how often a letter stands', 'return set(<lower_left>) == set(<lower_right>)'),
        wrong('letters that are left over do not matter', 'return all($char in <lower_right> for $char in <lower_left>)'),
        wrong('it compares the lengths alone', 'return len($left) == len($right)'),
        wrong('it says the opposite', 'return sorted(<lower_left>) != sorted(<lower_right>)'),
      ],
      take: ['if $char not in $signs:\n    return False\n$signs.remove($char)', 'try:\n    $signs.remove($char)\nexcept ValueError:\n    return False', wrong('a letter can be taken more than once', 'if $char not in $signs:\n    return False')],
      rest: ['return not $signs', 'return len($signs) == 0', wrong('letters that are left over do not matter', 'return True')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($left: string, $right: string): boolean {\n  <doc>\n  <body>\n}'],
      body: [
        "const $helper = ($text: string) => <ordered>\nreturn $helper($left) === $helper($right)",
        'const [$i, $j] = [$left, $right].map(($text) => <ordered>)\nreturn $i === $j',
        'const $helper = ($text: string) => {\n  return <ordered>\n}\nconst $check = $helper($left) === $helper($right)\nreturn $check',
        "const $signs = [...$right.toLowerCase()]\nfor (const $char of <lower>) {\n  const $i = $signs.indexOf($char)\n  if ($i < 0) return false\n  <take>\n}\n<rest>",
        "const $count = new Map<string, number>()\nfor (const $char of <lower>) $count.set($char, ($count.get($char) ?? 0) + 1)\nfor (const $char of $right.toLowerCase()) $count.set($char, ($count.get($char) ?? 0) - 1)\n<zero>",
        wrong('it compares the lengths alone', 'return $left.length === $right.length'),
      ],
      ordered: ["[...$text.toLowerCase()].sort().join('')", "$text.toLowerCase().split('').sort().join('')", "[...$text].map(($char) => $char.toLowerCase()).toSorted().join('')", wrong('case matters', "[...$text].sort().join('')"), wrong('it does not count how often a letter stands', "[...new Set($text.toLowerCase())].sort().join('')"), wrong('the letters are not put in order', "[...$text.toLowerCase()].join('')")],
      lower: ['$left.toLowerCase()', '$left.toLocaleLowerCase()', wrong('the case of one of the two matters', '$left')],
      take: ['$signs.splice($i, 1)', wrong('a letter can be taken more than once', '$signs.slice($i, 1)'), wrong('it takes all letters behind as well', '$signs.splice($i)')],
      rest: ['return $signs.length === 0', 'return !$signs.length', wrong('letters that are left over do not matter', 'return true')],
      zero: ['return [...$count.values()].every(($item) => $item === 0)', 'for (const $item of $count.values()) {\n  if ($item !== 0) return false\n}\nreturn true', wrong('one letter that fits is enough', 'return [...$count.values()].some(($item) => $item === 0)')],
    },
    tests: [],
  },
}
