import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const longestWord: Family = {
  name: 'longest-word',
  verbs: ['longest', 'find', 'get', 'pick'],
  nouns: ['word', 'longest_word', 'long_word', 'longest', 'biggest_word'],
  parameters: { phrase: ['text', 'sentence', 'phrase', 's', 'line'] },
  locals: { word: ['word', 'w', 'candidate', 'term'], best: ['best', 'longest', 'winner', 'top_word'] },
  phrases: [
    '[returns/return] the longest word of $phrase (words are parted by blanks), the first of equals, and an empty text without words',
    '[finds/find] the longest of the words in $phrase; if several are as long, the first one, and none gives an empty text',
    '[picks/pick] from the words of $phrase the one with the most characters, the earliest where there is a tie, or an empty text',
    '[gives/give] the first of the longest words in $phrase, an empty text if there is no word',
    '[looks/look] for the word of $phrase that has the most letters; the first one wins, and of a text without words it is empty',
    '[says/say] which word of $phrase has the most letters, the first of several, an empty text for none',
    '[searches/search] the words of $phrase for the longest, the earliest among equals',
    '[returns/return] from $phrase its longest word, the first one if there are several, empty without words',
    '[determines/determine] the longest word that $phrase has, or an empty text',
    '[gets/get] the word with most characters out of $phrase, the first of equals',
    '[determines/determine] which word in $phrase is the longest, the first one of several, empty without any',
    '[searches/search] $phrase for its longest word, the earliest among equals, and [returns/return] an empty text if there is no word',
  ],
  examples: [
    { arguments: ['a quick fox'], result: 'quick' },
    { arguments: [''], result: '' },
    { arguments: ['one two'], result: 'one' },
    { arguments: ['  wide   spaces  here '], result: 'spaces' },
    { arguments: ['zeta alphabet be'], result: 'alphabet' },
  ],
  stage: { takes: 'text', gives: 'text' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', "<sig>\n    <doc>\n    $best = ''\n    for $word in <words>:\n        if <longer>:\n            <take>\n    return $best"],
      sig: ['def $f($phrase):', 'def $f($phrase: str) -> str:'],
      words: ['$phrase.split()', "re.findall(r'\\S+', $phrase)", 'filter(None, re.split(r\'\\s+\', $phrase))', wrong('it goes through characters and not words', '$phrase'), wrong('the first word is left out', '$phrase.split()[1:]')],
      longer: ['len($word) > len($best)', 'len($best) < len($word)', wrong('the last of equals wins', 'len($word) >= len($best)'), wrong('it compares by alphabet', '$word > $best')],
      take: ['$best = $word', wrong('it keeps the length and the end of the word only', '$best = $word[1:]')],
      short: [
        "return max(<words>, key=len, default='')",
        "return max(<words>, key=lambda $word: len($word), default='')",
        "return next(iter(sorted(<words>, key=len, reverse=True)), '')",
        "return (sorted(<words>, key=lambda $word: -len($word)) or [''])[0]",
        wrong('a text without words is an error', 'return max(<words>, key=len)'),
        wrong('it compares by alphabet', "return max(<words>, default='')"),
        wrong('it returns the length', 'return max(map(len, <words>), default=0)'),
        wrong('it takes the shortest', "return min(<words>, key=len, default='')"),
        wrong('the last of equals wins', "return sorted([''] + $phrase.split(), key=len)[-1]"),
      ],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($phrase: string): string {\n  <doc>\n  <body>\n}'],
      body: [
        "return <words>.reduce(($best, $word) => (<longer> ? $word : $best), '')",
        "let $best = ''\nfor (const $word of <words>) {\n  <step>\n}\nreturn $best",
        "let $best = ''\n<words>.forEach(($word) => {\n  <step>\n})\nreturn $best",
        "return <words>.sort(($i, $j) => <order>)[0] ?? ''",
      ],
      words: ['$phrase.split(/\\s+/)', "$phrase.split(' ')", '$phrase.trim().split(/\\s+/)', wrong('it goes through characters and not words', "$phrase.split('')")],
      longer: ['$word.length > $best.length', wrong('the last of equals wins', '$word.length >= $best.length'), wrong('it compares by alphabet', '$word > $best'), wrong('it takes the shortest', '$word.length < $best.length')],
      step: ['if (<longer>) $best = $word', 'if (<longer>) {\n  $best = $word\n}', wrong('it takes the last word', 'if ($word) $best = $word')],
      order: ['$j.length - $i.length', wrong('the shortest comes first', '$i.length - $j.length'), wrong('it compares by alphabet', '$j.localeCompare($i)')],
    },
    tests: [],
  },
}
