import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const even = 'it adds the even numbers'

export const sumOdd: Family = {
  name: 'sum-odd',
  verbs: ['sum', 'add', 'total', 'compute'],
  nouns: ['odd', 'odds', 'odd_numbers', 'odd_values', 'all_odd'],
  parameters: { numbers: ['numbers', 'nums', 'values', 'xs', 'items', 'data'] },
  phrases: [
    '[returns/return] the sum of the odd numbers in $numbers',
    '[adds/add] up all odd numbers of the list $numbers',
    '[sums/sum] every odd number of $numbers',
    '[computes/compute] the total of the odd elements of $numbers',
    '[adds/add] together only those elements of $numbers that two does not divide',
    '[totals/total] the odd entries of $numbers',
    '[says/say] how much the odd numbers of $numbers make together',
    '[returns/return] the total of what is odd in $numbers',
    '[calculates/calculate] the sum of those $numbers that are not divisible by two',
    '[gives/give] the sum of all odd elements in the list $numbers',
    '[totals/total] what is odd in $numbers',
    '[calculates/calculate] how much the odd entries of $numbers make together',
  ],
  examples: [
    { arguments: [[1, 2, 3, 4]], result: 4 },
    { arguments: [[]], result: 0 },
    { arguments: [[2, 8]], result: 0 },
    { arguments: [[-3, 5, 10]], result: 2 },
    { arguments: [[7]], result: 7 },
  ],
  stage: { takes: 'numbers', gives: 'number' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    $total = <start>\n    for $item in $numbers:\n        <step>\n    return $total'],
      sig: ['def $f($numbers):', 'def $f($numbers: list[int]) -> int:'],
      short: [
        'return sum($item for $item in $numbers if <odd>)',
        'return sum([$item for $item in $numbers if <odd>])',
        'return sum(filter(lambda $item: <odd>, $numbers))',
        wrong('it counts them', 'return len([$item for $item in $numbers if <odd>])'),
      ],
      odd: ['$item % 2 == 1', '$item % 2 != 0', '$item % 2', '$item & 1', wrong(even, '$item % 2 == 0'), wrong(even, 'not $item % 2')],
      start: ['0', wrong('it begins at one', '1')],
      step: [
        'if <odd>:\n    $total += $item',
        'if $item % 2 == 0:\n    continue\n$total += $item',
        wrong('it keeps only the last one', 'if <odd>:\n    $total = $item'),
        wrong('it counts them', 'if <odd>:\n    $total += 1'),
        wrong('it breaks off at the first even number', 'if $item % 2 == 0:\n    break\n$total += $item'),
      ],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f(<sig>): number {\n  <doc>\n  <body>\n}'],
      sig: ['$numbers: number[]', '$numbers: readonly number[]'],
      body: [
        'return $numbers.filter(($item) => <odd>).reduce(($total, $item) => $total + $item, 0)',
        'return $numbers.reduce(($total, $item) => (<odd> ? $total + $item : $total), <start>)',
        'let $total = <start>\nfor (const $item of $numbers) {\n  <step>\n}\nreturn $total',
        'let $total = <start>\n$numbers.forEach(($item) => {\n  if (<odd>) $total += $item\n})\nreturn $total',
        wrong('it counts them', 'return $numbers.filter(($item) => <odd>).length'),
      ],
      odd: ['$item % 2 !== 0', 'Math.abs($item % 2) === 1', wrong('the remainder of a negative number is negative', '$item % 2 === 1'), wrong(even, '$item % 2 === 0')],
      start: ['0', wrong('it begins at one', '1')],
      step: ['if (<odd>) $total += $item', 'if (<odd>) {\n  $total += $item\n}', 'if ($item % 2 === 0) continue\n$total += $item', wrong('it keeps only the last one', 'if (<odd>) $total = $item')],
    },
    tests: [],
  },
}
