import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const nested = 'the inner lists stay lists'

export const flatten: Family = {
  name: 'flatten',
  verbs: ['flatten', 'join', 'merge', 'concat', 'combine'],
  nouns: ['lists', 'rows', 'nested', 'groups', 'matrix', 'parts'],
  parameters: { rows: ['rows', 'lists', 'groups', 'nested', 'matrix', 'parts'] },
  locals: { part: ['row', 'inner', 'group', 'sub'], out: ['flat', 'result', 'out', 'merged'] },
  phrases: [
    '[returns/return] one list with the elements of all lists in $rows, in order',
    '[flattens/flatten] the list of lists $rows by one level',
    '[joins/join] the lists in $rows to a single list',
    '[makes/make] one flat list of the lists that $rows holds',
    '[puts/put] the elements of every inner list of $rows one after the other into one list',
    '[concatenates/concatenate] all lists in $rows',
    '[collects/collect] the elements of all lists in $rows in one list',
    '[makes/make] a flat list of the nested list $rows',
    '[turns/turn] $rows, a list of lists, into a single list',
    '[merges/merge] the inner lists of $rows into one',
    '[unites/unite] what the lists in $rows hold, from first to last, in one list',
    '[turns/turn] the nested list $rows into a flat one',
    '[collects/collect] what the lists of $rows hold in one list, from the first to the last',
  ],
  examples: [
    { arguments: [[[1, 2], [3], []]], result: [1, 2, 3] },
    { arguments: [[]], result: [] },
    { arguments: [[[5], [4, 4]]], result: [5, 4, 4] },
    { arguments: [[[1, 2, 3]]], result: [1, 2, 3] },
    { arguments: [[[9, 8], [7, 6]]], result: [9, 8, 7, 6] },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($rows):', 'def $f($rows: list[list]) -> list:', 'def $f($rows: list[list[int]]) -> list[int]:'],
      body: [
        'return [$item for $part in <source> for $item in $part]',
        'return list(itertools.chain.from_iterable(<source>))',
        'return list(itertools.chain(*<source>))',
        '$out = []\nfor $part in <source>:\n    <add>\nreturn $out',
        '$out = []\nfor $part in <source>:\n    for $item in <inner>:\n        <put>\nreturn $out',
        'return sum(<source>, [])',
        '$out = []\nfor $i in range(len($rows)):\n    $out <grow>\nreturn $out',
      ],
      source: ['$rows', wrong('the lists are joined in the opposite order', 'reversed($rows)'), wrong('the first list is left out', '$rows[1:]'), wrong('the last list is left out', '$rows[:-1]')],
      add: ['$out.extend($part)', '$out += $part', '$out = $out + $part', wrong(nested, '$out.append($part)'), wrong('each one stands before the others', '$out = $part + $out'), wrong('only the last list is kept', '$out = $part')],
      inner: ['$part', wrong('the first element of each list is left out', '$part[1:]')],
      put: ['$out.append($item)', '$out += [$item]', wrong('each one stands before the others', '$out.insert(0, $item)'), wrong('elements that occur twice are lost', 'if $item not in $out:\n    $out.append($item)')],
      grow: ['+= $rows[$i]', wrong(nested, '+= [$rows[$i]]')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($rows: <list>): number[] {\n  <doc>\n  <body>\n}'],
      list: ['number[][]', 'readonly number[][]', 'readonly (readonly number[])[]'],
      body: [
        'return <source>.flat()',
        'return <source>.flatMap(($part) => <inner>)',
        'const $out: number[] = []\nfor (const $part of <source>) $out.push(...<inner>)\nreturn $out',
        'const $out: number[] = []\nfor (const $part of <source>) {\n  for (const $item of <inner>) <put>\n}\nreturn $out',
        'return <source>.reduce<number[]>(($out, $part) => <joined>, [])',
        'let $out: number[] = []\nfor (const $part of <source>) $out = <joined>\nreturn $out',
      ],
      source: ['$rows', wrong('the lists are joined in the opposite order', '$rows.toReversed()'), wrong('the first list is left out', '$rows.slice(1)'), wrong('the last list is left out', '$rows.slice(0, -1)')],
      inner: ['$part', wrong('the first element of each list is left out', '$part.slice(1)')],
      joined: ['[...$out, ...$part]', '$out.concat($part)', wrong('each one stands before the others', '[...$part, ...$out]'), wrong('only the last list is kept', '[...$part]')],
      put: ['$out.push($item)', wrong('each one stands before the others', '$out.unshift($item)')],
    },
    tests: [],
  },
}
