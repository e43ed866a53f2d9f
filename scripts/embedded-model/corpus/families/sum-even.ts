import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const odd = 'it adds the odd numbers'

export const sumEven: Family = {
  name: 'sum-even',
  verbs: ['sum', 'add', 'total', 'compute'],
  nouns: ['even', 'evens', 'even_numbers', 'even_values', 'all_even'],
  parameters: { numbers: ['numbers', 'nums', 'values', 'xs', 'items', 'data'] },
  phrases: [
    '[returns/return] the sum of the even numbers in $numbers',
    '[adds/add] up all even numbers of the list $numbers',
    '[sums/sum] every even number of $numbers',
    '[computes/compute] the total of the even elements of $numbers',
    '[adds/add] together only those elements of $numbers that are divisible by two',
    '[totals/total] the even entries of $numbers',
    '[says/say] how much the even numbers of $numbers make together',
    '[returns/return] the total of what is even in $numbers',
    '[calculates/calculate] the sum of those $numbers that two divides',
    '[gives/give] the sum of all even elements in the list $numbers',
    '[totals/total] what is even in $numbers',
    '[calculates/calculate] how much the even entries of $numbers make together',
  ],
  examples: [
    { arguments: [[1, 2, 3, 4]], result: 6 },
    { arguments: [[]], result: 0 },
    { arguments: [[1, 3]], result: 0 },
    { arguments: [[-2, 5, 10]], result: 8 },
  ],
  stage: { takes: 'numbers', gives: 'number' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    $total = <start>\n    for $item in $numbers:\n        <step>\n    return $total'],
      sig: ['def $f($numbers):', 'def $f($numbers: list[int]) -> int:'],
      short: ['return sum($item for $item in $numbers if <even>)', 'return sum([$item for $item in $numbers if <even>])', 'return sum(filter(lambda $item: <even>, $numbers))', wrong('it counts them', 'return len([$item for $item in $numbers if <even>])')],
      even: ['$item % 2 == 0', 'not $item % 2', wrong(odd, '$item % 2 == 1'), wrong('it takes all numbers', 'True')],
      start: ['0', wrong('it begins at one', '1')],
      step: ['if <even>:\n    $total += $item', 'if $item % 2 != 0:\n    continue\n$total += $item', wrong('it keeps only the last one', 'if <even>:\n    $total = $item'), wrong('it counts them', 'if <even>:\n    $total += 1')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($numbers: <list>)<type> {\n  <doc>\n  <body>\n}'],
      body: ['let $total = <start>\n$numbers.forEach(($item) => {\n  if (<even>) $total += $item\n})\nreturn $total', 'return $numbers.reduce((<acc>, $item) => (<even> ? <acc> + $item : <acc>), <start>)', 'return $numbers.filter(($item) => <even>).reduce((<acc>, $item) => <acc> + $item, 0)', 'let $total = <start>\nfor (const $item of $numbers) {\n  <step>\n}\nreturn $total', wrong('it counts them', 'return $numbers.filter(($item) => <even>).length')],
      list: ['number[]', 'readonly number[]'],
      type: [': number', ''],
      acc: ['$total'],
      even: ['$item % 2 === 0', '!($item % 2)', wrong(odd, '$item % 2 === 1'), wrong('it takes all numbers', '$item !== undefined')],
      start: ['0', wrong('it begins at one', '1')],
      step: ['if (<even>) $total += $item', 'if (<even>) {\n  $total += $item\n}', 'if ($item % 2 !== 0) continue\n$total += $item', '$total += <even> ? $item : 0', wrong('it keeps only the last one', 'if (<even>) $total = $item')],
    },
    tests: [],
  },
}
