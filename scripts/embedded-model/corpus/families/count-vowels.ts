import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const countVowels: Family = {
  name: 'count-vowels',
  verbs: ['count', 'number_of', 'total', 'tally'],
  nouns: ['vowels', 'vowel_letters', 'all_vowels', 'aeiou', 'the_vowels'],
  parameters: { phrase: ['text', 'phrase', 'sentence', 's', 'line', 'word'] },
  phrases: [
    '[counts/count] the vowels (a, e, i, o, u, in either case) in $phrase',
    '[returns/return] how many vowels the text $phrase has; capital letters count as well',
    '[returns/return] the number of letters in $phrase that are one of aeiou or AEIOU',
    '[tells/tell] how often a vowel stands in $phrase, without regard to case',
    '[finds/find] the number of the vowels a, e, i, o and u in $phrase, small or capital',
    '[says/say] how many vowels are in $phrase, capital ones too',
    '[gives/give] the number of characters of $phrase that are vowels, in any case',
    '[finds/find] how many a, e, i, o and u there are in $phrase',
    '[adds/add] up the vowels of $phrase whatever their case',
    '[calculates/calculate] the vowel count of the text $phrase',
    '[determines/determine] how many of the characters of $phrase are vowels, capital ones too',
    '[gives/give] the count of a, e, i, o and u in $phrase, whatever their case',
  ],
  examples: [
    { arguments: ['banana'], result: 3 },
    { arguments: ['Apple PIE'], result: 4 },
    { arguments: ['rhythm'], result: 0 },
    { arguments: [''], result: 0 },
    { arguments: ['aeiouAEIOU'], result: 10 },
  ],
  stage: { takes: 'text', gives: 'number' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    $count = <start>\n    for $char in $phrase:\n        <step>\n    return $count'],
      sig: ['def $f($phrase):', 'def $f($phrase: str) -> int:'],
      short: [
        'return sum(1 for $char in $phrase if <vowel>)',
        'return len([$char for $char in $phrase if <vowel>])',
        "return len(re.findall('[aeiou]', $phrase, re.IGNORECASE))",
        "return sum($phrase.lower().count($char) for $char in 'aeiou')",
        wrong('capital letters are left out', "return sum($phrase.count($char) for $char in 'aeiou')"),
        wrong('it counts which vowels occur and not how often', "return len(set($phrase.lower()) & set('aeiou'))"),
        wrong('capital letters are left out', "return len(re.findall('[aeiou]', $phrase))"),
      ],
      vowel: ["$char.lower() in 'aeiou'", "$char in 'aeiouAEIOU'", wrong('capital letters are left out', "$char in 'aeiou'"), wrong('it counts all but the vowels', "$char.lower() not in 'aeiou'")],
      start: ['0', wrong('it begins at one', '1')],
      step: ['if <vowel>:\n    $count += 1', "if $char.lower() not in 'aeiou':\n    continue\n$count += 1", wrong('it never counts beyond one', 'if <vowel>:\n    $count = 1')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($phrase: string): number {\n  <doc>\n  <body>\n}'],
      body: [
        'return ($phrase.match(/[aeiou]/gi) ?? []).length',
        'return [...$phrase].filter(($char) => <vowel>).length',
        "return $phrase.replace(/[^aeiou]/gi, '').length",
        'return [...$phrase].reduce(($count, $char) => (<vowel> ? $count + 1 : $count), <start>)',
        'let $count = <start>\nfor (const $char of $phrase) {\n  <step>\n}\nreturn $count',
        wrong('it counts which vowels occur and not how often', 'return new Set($phrase.toLowerCase().match(/[aeiou]/g)).size'),
        wrong('capital letters are left out', 'return ($phrase.match(/[aeiou]/g) ?? []).length'),
        wrong('it finds no more than one', 'return ($phrase.match(/[aeiou]/i) ?? []).length'),
      ],
      vowel: ["'aeiouAEIOU'.includes($char)", "'aeiou'.includes($char.toLowerCase())", '/[aeiou]/i.test($char)', wrong('capital letters are left out', "'aeiou'.includes($char)"), wrong('it counts all but the vowels', '!/[aeiou]/i.test($char)')],
      start: ['0', wrong('it begins at one', '1')],
      step: ['if (<vowel>) $count += 1', 'if (<vowel>) {\n  $count += 1\n}', 'if (!(<vowel>)) continue\n$count += 1', wrong('it never counts beyond one', 'if (<vowel>) $count = 1')],
    },
    tests: [],
  },
}
