import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const palindrome: Family = {
  name: 'palindrome',
  verbs: ['is', 'check', 'test', 'detect'],
  nouns: ['palindrome', 'mirrored', 'symmetric_text', 'palindromic', 'same_backwards'],
  parameters: { phrase: ['text', 'phrase', 'sentence', 's', 'words', 'line'] },
  locals: { letters: ['letters', 'kept', 'chars', 'clean'] },
  phrases: [
    '[checks/check] whether $phrase reads the same backwards; only letters and digits count, and case does not matter',
    '[returns/return] {true} if $phrase is a palindrome, ignoring case, spaces and punctuation',
    '[tells/tell] whether the letters and digits of $phrase are the same from both ends, whatever their case',
    '[decides/decide] if the text $phrase is a palindrome where case and everything but letters and digits is left out',
    '[tests/test] $phrase for being a palindrome without regard to case and punctuation',
    '[finds/find] out whether $phrase, in small letters and without other signs, equals its reverse',
    '[says/say] whether one can read $phrase from behind as well, case and signs aside',
  ],
  examples: [
    { arguments: ['Never odd or even'], result: true },
    { arguments: ['abca'], result: false },
    { arguments: ['A man, a plan, a canal: Panama!'], result: true },
    { arguments: ['12 21'], result: true },
    { arguments: ['No.'], result: false },
    { arguments: [''], result: true },
    { arguments: ['abxa'], result: false },
  ],
  stage: { takes: 'text', gives: 'truth' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <keep>\n    <compare>'],
      sig: ['def $f($phrase):', 'def $f($phrase: str) -> bool:'],
      keep: [
        '$letters = [$char.lower() for $char in $phrase if <counts>]',
        "$letters = ''.join($char for $char in $phrase.lower() if <counts>)",
        "$letters = re.sub(r'[^a-z0-9]', '', $phrase.lower())",
        '$letters = []\nfor $char in $phrase:\n    if <counts>:\n        $letters.append($char.lower())',
        wrong('it does not put up with capital letters', '$letters = [$char for $char in $phrase if <counts>]'),
        wrong('it takes spaces and punctuation along', '$letters = $phrase.lower()'),
      ],
      counts: ['$char.isalnum()', wrong('it leaves digits alone and counts spaces', 'not $char.isdigit()'), wrong('it counts punctuation', 'not $char.isspace()')],
      compare: [
        'return $letters == $letters[::-1]',
        'return list($letters) == list(reversed($letters))',
        'for $i in range(len($letters) // 2):\n    if $letters[$i] != $letters[-$i - 1]:\n        return False\nreturn True',
        'return all($letters[$i] == $letters[-$i - 1] for $i in range(len($letters) // 2))',
        wrong('it looks at the two ends alone', 'return not $letters or $letters[0] == $letters[-1]'),
        wrong('it says the opposite', 'return $letters != $letters[::-1]'),
        wrong('it compares with a reverse that lacks the first sign', 'return $letters == $letters[:0:-1]'),
      ],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($phrase: string): boolean {\n  <doc>\n  <keep>\n  <compare>\n}'],
      keep: [
        "const $letters = $phrase.toLowerCase().replace(/[^a-z0-9]/g, '')",
        "const $letters = $phrase.replace(/[^A-Za-z0-9]/g, '').toLowerCase()",
        "const $letters = [...$phrase.toLowerCase()].filter(($char) => /[a-z0-9]/.test($char)).join('')",
        "const $letters = ($phrase.toLowerCase().match(/[a-z0-9]/g) ?? []).join('')",
        "let $letters = ''\nfor (const $char of $phrase.toLowerCase()) {\n  if (/[a-z0-9]/.test($char)) $letters += $char\n}",
        wrong('it does not put up with capital letters', "const $letters = $phrase.replace(/[^A-Za-z0-9]/g, '')"),
        wrong('it takes spaces and punctuation along', 'const $letters = $phrase.toLowerCase()'),
        wrong('only the first other sign is taken out', "const $letters = $phrase.toLowerCase().replace(/[^a-z0-9]/, '')"),
      ],
      compare: [
        "return $letters === [...$letters].reverse().join('')",
        "const $out = $letters.split('').reverse().join('')\nreturn $out === $letters",
        'for (let $i = 0; $i < $letters.length / 2; $i += 1) {\n  if ($letters[$i] !== $letters[$letters.length - 1 - $i]) return false\n}\nreturn true',
        'return [...$letters].every(($char, $i) => $char === $letters.at(-$i - 1))',
        wrong('it looks at the two ends alone', 'return $letters[0] === $letters.at(-1)'),
        wrong('it says the opposite', "return $letters !== [...$letters].reverse().join('')"),
        wrong('the other end is one place too far', 'for (let $i = 0; $i < $letters.length; $i += 1) {\n  if ($letters[$i] !== $letters[$letters.length - $i]) return false\n}\nreturn true'),
      ],
    },
    tests: [],
  },
}
