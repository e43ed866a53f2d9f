import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const rest = 'the last, shorter part is missing'

export const chunk: Family = {
  name: 'chunk',
  verbs: ['chunk', 'split', 'divide', 'batch', 'slice'],
  nouns: ['list', 'items', 'into_parts', 'groups', 'batches', 'pages'],
  parameters: { numbers: ['items', 'values', 'numbers', 'elements', 'xs', 'rows'], size: ['size', 'n', 'width', 'length', 'limit'] },
  locals: { out: ['chunks', 'result', 'parts', 'groups', 'batches'], part: ['chunk', 'part', 'group', 'batch'] },
  phrases: [
    '[splits/split] $numbers into lists of $size elements each; the last one may be shorter',
    '[returns/return] $numbers cut into consecutive parts of length $size, the rest as a shorter last part',
    '[divides/divide] the list $numbers into batches of $size elements',
    '[groups/group] every $size consecutive elements of $numbers into a list of their own',
    '[returns/return] a list of lists with at most $size elements of $numbers each, in order',
    '[chunks/chunk] $numbers by $size',
    '[makes/make] pieces of $size elements each out of $numbers, the last may have less',
    '[cuts/cut] $numbers into pages of $size entries',
    '[breaks/break] the list $numbers up into parts that hold $size entries, apart from the last one',
    '[gives/give] $numbers as a list of lists of $size',
    '[partitions/partition] $numbers in groups of $size, the rest in a last group',
    '[cuts/cut] the list $numbers in pieces that have $size elements, apart from the last',
    '[makes/make] pages of $size entries each out of $numbers',
  ],
  examples: [
    { arguments: [[1, 2, 3, 4, 5], 2], result: [[1, 2], [3, 4], [5]] },
    { arguments: [[], 3], result: [] },
    { arguments: [[1, 2, 3, 4], 2], result: [[1, 2], [3, 4]] },
    { arguments: [[7, 8], 5], result: [[7, 8]] },
    { arguments: [[1, 2, 3], 1], result: [[1], [2], [3]] },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($numbers, $size):', 'def $f($numbers: list, $size: int) -> list[list]:'],
      body: [
        'return [<piece> for $i in range(<span>)]',
        '$out = []\nfor $i in range(<span>):\n    $out.append(<piece>)\nreturn $out',
        '$out = []\n$part = []\nfor $item in $numbers:\n    $part.append($item)\n    if <full>:\n        <flush>\n<last>\nreturn $out',
        '$out = []\nwhile $numbers:\n    $out.append($numbers[:$size])\n    $numbers = <remaining>\nreturn $out',
        '$out = []\nfor $i, $item in enumerate($numbers):\n    if <begins>:\n        $out.append([])\n    $out[-1].append($item)\nreturn $out',
      ],
      piece: ['$numbers[$i:$i + $size]', wrong('the end is no position but a length', '$numbers[$i:$size]'), wrong('every part lacks its last element', '$numbers[$i:$i + $size - 1]')],
      span: ['0, len($numbers), $size', wrong('the parts overlap', 'len($numbers)'), wrong(rest, '0, len($numbers) - $size + 1, $size')],
      full: ['len($part) == $size', 'len($part) >= $size', wrong('every part is one element too long', 'len($part) > $size')],
      flush: ['$out.append($part)\n$part = []', '$out += [$part]\n$part = []'],
      last: ['if $part:\n    $out.append($part)', 'if len($part) > 0:\n    $out.append($part)', wrong(rest, ''), wrong('an empty part may stand at the end', '$out.append($part)')],
      remaining: ['$numbers[$size:]', wrong('the parts overlap', '$numbers[1:]')],
      begins: ['$i % $size == 0', 'not $i % $size', '$i % $size < 1'],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($numbers: <list>, $size: number): number[][] {\n  <doc>\n  <body>\n}'],
      body: [
        'const $out: number[][] = []\nfor (let $i = 0; $i < $numbers.length; $i += <by>) $out.push(<piece>)\nreturn $out',
        'const $out: number[][] = []\nfor (let $i = 0; $i < $numbers.length; $i += <by>) {\n  $out.push(<piece>)\n}\nreturn $out',
        'return Array.from({ length: <how_many> }, (_, $j) => $numbers.slice($j * $size, <end>))',
        'const $out: number[][] = []\nlet $part: number[] = []\nfor (const $item of $numbers) {\n  $part.push($item)\n  if (<full>) {\n    $out.push($part)\n    $part = []\n  }\n}\n<last>\nreturn $out',
        'const $out: number[][] = []\nfor (const [$i, $item] of $numbers.entries()) {\n  if (<begins>) $out.push([])\n  $out.at(-1)?.push($item)\n}\nreturn $out',
      ],
      list: ['number[]', 'readonly number[]'],
      by: ['$size', wrong('the parts overlap', '1')],
      piece: ['$numbers.slice($i, $i + $size)', wrong('the end is no position but a length', '$numbers.slice($i, $size)'), wrong('every part lacks its last element', '$numbers.slice($i, $i + $size - 1)')],
      how_many: ['Math.ceil($numbers.length / $size)', wrong(rest, 'Math.floor($numbers.length / $size)')],
      end: ['($j + 1) * $size', '$j * $size + $size', wrong('the end is no position but a length', '$size')],
      full: ['$part.length === $size', '$part.length >= $size', wrong('every part is one element too long', '$part.length > $size')],
      last: ['if ($part.length > 0) $out.push($part)', 'if ($part.length !== 0) $out.push($part)', wrong(rest, ''), wrong('an empty part may stand at the end', '$out.push($part)')],
      begins: ['$i % $size === 0', '!($i % $size)'],
    },
    tests: [],
  },
}
