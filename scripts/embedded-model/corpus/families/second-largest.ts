import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const same = 'equal numbers count twice'
const smallest = 'it looks from the small end'

export const secondLargest: Family = {
  name: 'second-largest',
  verbs: ['find', 'get', 'pick', 'select', 'compute'],
  nouns: ['second_largest', 'runner_up', 'second_highest', 'second_biggest', 'silver', 'next_to_max'],
  parameters: { numbers: ['numbers', 'values', 'items', 'xs', 'data', 'scores'] },
  locals: { out: ['distinct', 'ordered', 'unique', 'ranked'], i: ['first', 'top', 'best', 'high'], j: ['second', 'runner', 'next_best', 'low'] },
  phrases: [
    '[returns/return] the second largest distinct value in $numbers, or {none} if there are fewer than two',
    '[finds/find] the second largest of the different numbers in $numbers, {none} if there is none',
    '[gives/give] the largest number of $numbers that is smaller than the maximum, else {none}',
    '[picks/pick] the runner-up of $numbers, equal values counted once; {none} without two different values',
    '[selects/select] the second highest distinct element of $numbers or {none}',
    '[returns/return] which number comes next below the maximum of $numbers, {none} if no number does',
    '[determines/determine] the second biggest value that occurs in $numbers, and {none} where all are equal',
    '[looks/look] for the greatest of the numbers in $numbers that are not the maximum; {none} if there is no such number',
  ],
  examples: [
    { arguments: [[3, 9, 2]], result: 3 },
    { arguments: [[5, 5]], result: null },
    { arguments: [[]], result: null },
    { arguments: [[9, 9, 4, 1]], result: 4 },
    { arguments: [[-1, -3, -2]], result: -2 },
    { arguments: [[4, 8, 15, 1, 2]], result: 8 },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($numbers):', 'def $f($numbers: list[int]) -> int | None:'],
      body: [
        '$out = <sorted>\nreturn <pick> if <enough> else None',
        '$out = <sorted>\nif <enough>:\n    return <pick>\nreturn <nothing>',
        '$out = <falling>\nreturn $out[1] if <enough> else <nothing>',
        'if <few>:\n    return <nothing>\nreturn <pair>[-2]',
        '$i = $j = None\nfor $item in $numbers:\n    if $i is None or $item > $i:\n        <shift>\n    elif <between>:\n        $j = $item\nreturn $j',
        '$out = [$item for $item in $numbers if <below>]\nreturn max($out, default=<nothing>)',
        '$out = set($numbers)\nif <enough>:\n    <discard>\n    return max($out)\nreturn <nothing>',
      ],
      sorted: ['sorted(set($numbers))', wrong(same, 'sorted($numbers)')],
      falling: ['sorted(set($numbers), reverse=True)', wrong(smallest, 'sorted(set($numbers))')],
      pick: ['$out[-2]', '$out[len($out) - 2]', wrong(smallest, '$out[1]'), wrong('that is the largest', '$out[-1]')],
      enough: ['len($out) > 1', 'len($out) >= 2', wrong('one value is not enough', '$out')],
      few: ['len(set($numbers)) < 2', wrong(same, 'len($numbers) < 2')],
      pair: ['sorted(set($numbers))', 'sorted({*$numbers})'],
      nothing: ['None', wrong('zero is not the same as nothing', '0')],
      shift: ['$i, $j = $item, $i', '$j = $i\n$i = $item', wrong('the former maximum is lost', '$i = $item')],
      between: ['$item != $i and ($j is None or $item > $j)', '$item < $i and ($j is None or $item > $j)', wrong(same, '$j is None or $item > $j')],
      below: ['$item < max($numbers)', '$item != max($numbers)', wrong('the maximum stays in', '$item <= max($numbers)')],
      discard: ['$out.remove(max($out))', '$out.discard(max($out))', wrong('it takes the smallest out', '$out.remove(min($out))')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($numbers: <list>): number | null {\n  <doc>\n  <body>\n}'],
      list: ['number[]', 'readonly number[]'],
      body: [
        'const $out = <distinct>.sort(($item, $total) => <order>)\nreturn $out[1] ?? <nothing>',
        'const $out = <distinct>.sort(($item, $total) => <order>)\nif (<enough>) return $out[1] ?? null\nreturn <nothing>',
        'const $out = $numbers.filter(($item) => <below>)\nreturn <some> ? Math.max(...$out) : <nothing>',
        'let $i: number | null = null\nlet $j: number | null = null\nfor (const $item of $numbers) {\n  if ($i === null || $item > $i) {\n    <shift>\n  } else if (<between>) {\n    $j = $item\n  }\n}\nreturn $j',
        'const $out = new Set($numbers)\n$out.delete(<gone>)\nreturn $out.size > 0 ? Math.max(...$out) : <nothing>',
      ],
      distinct: ['[...new Set($numbers)]', 'Array.from(new Set($numbers))', wrong(same, '[...$numbers]')],
      order: ['$total - $item', wrong(smallest, '$item - $total'), wrong('the order stays as it was', '0')],
      enough: ['$out.length > 1', '$out.length >= 2'],
      nothing: ['null', wrong('zero is not the same as nothing', '0')],
      below: ['$item < Math.max(...$numbers)', '$item !== Math.max(...$numbers)', wrong('the maximum stays in', '$item <= Math.max(...$numbers)')],
      some: ['$out.length > 0', '$out.length !== 0'],
      shift: ['$j = $i\n$i = $item', wrong('the former maximum is lost', '$i = $item')],
      between: ['$item !== $i && ($j === null || $item > $j)', '$item < $i && ($j === null || $item > $j)', wrong(same, '$j === null || $item > $j')],
      gone: ['Math.max(...$numbers)', wrong('it takes the smallest out', 'Math.min(...$numbers)')],
    },
    tests: [],
  },
}
