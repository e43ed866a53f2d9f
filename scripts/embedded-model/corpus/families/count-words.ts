import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const overwritten = 'it counts no word twice'

export const countWords: Family = {
  name: 'count-words',
  verbs: ['count', 'tally', 'tabulate', 'compute'],
  nouns: ['words', 'word_counts', 'word_frequency', 'tokens', 'terms'],
  parameters: { text: ['text', 'sentence', 'line', 'content', 'message', 'body'] },
  locals: { key: ['words', 'parts', 'all_words', 'pieces'], out: ['counts', 'result', 'tally', 'frequency', 'totals'] },
  phrases: [
    '[returns/return] a {dict} with how often each word occurs in $text; words are separated by white space',
    '[counts/count] how many times every word of $text appears and [returns/return] the counts by word',
    '[splits/split] $text at white space and [returns/return] a {dict} from word to number of occurrences',
    '[tallies/tally] the words of $text',
    '[maps/map] each word of $text to the number of times it is there',
    '[makes/make] a table of word frequencies for $text, case as it is',
    '[says/say] how often each word is used in $text',
    '[gives/give] the word counts of $text as a {dict}',
    '[counts/count] how many times the separate words of $text occur',
    '[finds/find] the frequency of every word in $text',
    '[returns/return] the number of uses for each word in $text',
    '[tells/tell] for each word of $text how often it is used',
    '[counts/count] the occurrences of the separate words in $text',
  ],
  examples: [
    { arguments: ['a b a'], result: { a: 2, b: 1 } },
    { arguments: [''], result: {} },
    { arguments: ['  one  two one '], result: { one: 2, two: 1 } },
    { arguments: ['Up up'], result: { Up: 1, up: 1 } },
    { arguments: ['x x x'], result: { x: 3 } },
  ],
  stage: { takes: 'text', gives: 'counts' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($text):', 'def $f($text: str) -> dict[str, int]:', 'def $f($text: str) -> dict:'],
      body: [
        'return dict(Counter(<words>))',
        '$out = {}\nfor $part in <words>:\n    <step>\nreturn $out',
        '$out = defaultdict(int)\nfor $part in <words>:\n    <grow>\nreturn dict($out)',
        '$key = <words>\nreturn {$part: $key.count($part) for $part in <distinct>}',
        wrong('it counts characters and not words', 'return dict(Counter($text))'),
        wrong('it returns only how many words there are', 'return len(<words>)'),
      ],
      words: ['$text.split()', wrong('several spaces make empty words', "$text.split(' ')"), wrong('it changes the case', '$text.lower().split()')],
      distinct: ['set($key)', '$key'],
      step: [
        '$out[$part] = $out.get($part, 0) + 1',
        'if $part in $out:\n    $out[$part] += 1\nelse:\n    $out[$part] = 1',
        'if $part not in $out:\n    $out[$part] = 0\n$out[$part] += 1',
        wrong(overwritten, '$out[$part] = 1'),
        wrong('it begins at one', '$out[$part] = $out.get($part, 1) + 1'),
      ],
      grow: ['$out[$part] += 1', '$out[$part] = $out[$part] + 1', wrong(overwritten, '$out[$part] = 1'), wrong('it adds lengths', '$out[$part] += len($part)')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($text: string): <table> {\n  <doc>\n  <body>\n}'],
      body: [
        'const $out: Record<string, number> = {}\nfor (const $part of <words>) {\n  <step>\n}\nreturn $out',
        'const $out = new Map<string, number>()\nfor (const $part of <words>) $out.set($part, <next>)\nreturn Object.fromEntries($out)',
        'const $out: Record<string, number> = {}\nfor (const $part of <words>) <step>\nreturn $out',
      ],
      words: [
        '$text.split(/\\s+/).filter(Boolean)',
        "$text.split(/\\s+/).filter(($item) => $item !== '')",
        '($text.match(/\\S+/g) ?? [])',
        '$text.split(/\\s/).filter(($item) => $item.length > 0)',
        wrong('several spaces make empty words', "$text.split(' ')"),
        wrong('it changes the case', '$text.toLowerCase().split(/\\s+/).filter(Boolean)'),
      ],
      table: ['Record<string, number>', '{ [word: string]: number }'],
      step: ['$out[$part] = ($out[$part] ?? 0) + 1', '$out[$part] = ($out[$part] || 0) + 1', wrong(overwritten, '$out[$part] = 1'), wrong('it begins at one', '$out[$part] = ($out[$part] ?? 1) + 1')],
      next: ['($out.get($part) ?? 0) + 1', wrong(overwritten, '1'), wrong('it begins at one', '($out.get($part) ?? 1) + 1')],
    },
    tests: [],
  },
}
