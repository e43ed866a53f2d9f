import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const letters = 'it turns the letters around and not the words'

export const reverseWords: Family = {
  name: 'reverse-words',
  verbs: ['reverse', 'flip', 'turn', 'invert'],
  nouns: ['words', 'word_order', 'sentence', 'tokens', 'phrase'],
  parameters: { text: ['text', 'sentence', 'line', 'phrase', 'content', 'message'] },
  locals: { out: ['words', 'result', 'parts', 'tokens', 'pieces'] },
  phrases: [
    '[returns/return] the words of $text in reverse order, separated by single spaces',
    '[reverses/reverse] the order of the words in $text and [joins/join] them with one space',
    '[turns/turn] the word order of $text around; the words themselves stay as they are',
    '[puts/put] the last word of $text first and so on, with one space between words',
    '[gives/give] back $text with its words from last to first',
    '[splits/split] $text at white space and [joins/join] the words backwards with a space',
    '[writes/write] the words of the sentence $text in the opposite order',
    '[arranges/arrange] the words of $text from the end to the beginning',
  ],
  examples: [
    { arguments: ['one two three'], result: 'three two one' },
    { arguments: [''], result: '' },
    { arguments: ['  a   b '], result: 'b a' },
    { arguments: ['word'], result: 'word' },
    { arguments: ['the sky is blue'], result: 'blue is sky the' },
  ],
  stage: { takes: 'text', gives: 'text' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($text):', 'def $f($text: str) -> str:'],
      body: [
        "return <glue>.join(<backwards>)",
        '$out = <backwards>\nreturn <glue>.join($out)',
        '$out = list(<words>)\n$total = []\nwhile $out:\n    $total.append($out.pop(<end>))\nreturn <glue>.join($total)',
        "$out = ''\nfor $part in <words>:\n    $out = <prepend>\nreturn $out.strip()",
        '$out = <words>\n<turn>\nreturn <glue>.join($out)',
        '$out = []\nfor $part in <words>:\n    <put>\nreturn <glue>.join($out)',
        "$out = <words>\nreturn <glue>.join($out[$i] for $i in range(<from>, -1, -1))",
        wrong(letters, 'return $text[::-1]'),
      ],
      glue: ["' '", wrong('the words stand together without a space', "''")],
      backwards: ['reversed(<words>)', '<words>[::-1]', wrong('it sorts the words', 'sorted(<words>, reverse=True)')],
      end: ['', '-1', wrong('the order stays as it was', '0')],
      prepend: ["$part + ' ' + $out", "f'{$part} {$out}'", wrong('the order stays as it was', "$out + ' ' + $part")],
      words: ['$text.split()', wrong('several spaces make empty words', "$text.split(' ')")],
      turn: ['$out.reverse()', '$out = $out[::-1]', wrong('reversed changes nothing in place', 'reversed($out)')],
      put: ['$out.insert(0, $part)', '$out = [$part] + $out', wrong('the order stays as it was', '$out.append($part)')],
      from: ['len($out) - 1', wrong('the last word is left out', 'len($out) - 2')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($text: string): string {\n  <doc>\n  <body>\n}'],
      body: [
        'return <words>.<turn>.join(<glue>)',
        'const $out = <words>\nreturn $out.<turn>.join(<glue>)',
        'const $out: string[] = []\nfor (const $part of <words>) <put>\nreturn $out.join(<glue>)',
        'const $out = <words>\n$out.<change>\nreturn $out.join(<glue>)',
        'return <words>.reduceRight(($total, $item) => `${$total} ${$item}`, \'\').trim()',
        "let $out = ''\nfor (const $part of <words>) $out = <prepend>\nreturn $out.trim()",
        wrong(letters, "return [...$text].reverse().join('')"),
      ],
      glue: ["' '", wrong('the words stand together without a space', "''")],
      words: [
        '$text.split(/\\s+/).filter(Boolean)',
        "$text.trim().split(/\\s+/)",
        '($text.match(/\\S+/g) ?? [])',
        wrong('several spaces make empty words', "$text.split(' ')"),
      ],
      turn: ['reverse()', 'toReversed()', wrong('it sorts the words', 'sort()'), wrong('the order stays as it was', 'slice()')],
      change: ['reverse()', wrong('it sorts the words', 'sort()')],
      prepend: ['`${$part} ${$out}`', "$part + ' ' + $out", wrong('the order stays as it was', '`${$out} ${$part}`')],
      put: ['$out.unshift($part)', wrong('the order stays as it was', '$out.push($part)')],
    },
    tests: [],
  },
}
