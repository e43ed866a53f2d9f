import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const digitSum: Family = {
  name: 'digit-sum',
  verbs: ['digit', 'sum', 'add', 'total'],
  nouns: ['sum', 'digits', 'all_digits', 'sum_of_digits', 'cross_sum'],
  parameters: { number: ['number', 'n', 'value', 'num', 'x'] },
  locals: { rest: ['rest', 'left', 'remaining', 'remainder'], digit: ['digit', 'd', 'figure', 'last'] },
  phrases: [
    '[returns/return] the sum of the decimal digits of the whole number $number; its sign does not count',
    '[adds/add] up the digits of $number, ignoring a minus sign',
    '[computes/compute] what the decimal digits of $number make together, be it negative or not',
    '[sums/sum] all digits of the integer $number without its sign',
    '[calculates/calculate] the digit sum of $number and of a negative one as if it were positive',
    '[determines/determine] the cross sum of $number, the sign left aside',
    '[gives/give] the total of the single digits that $number is written with, a sign not counted',
  ],
  examples: [
    { arguments: [123], result: 6 },
    { arguments: [0], result: 0 },
    { arguments: [-45], result: 9 },
    { arguments: [9009], result: 18 },
    { arguments: [7], result: 7 },
  ],
  stage: { takes: 'number', gives: 'number' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    $rest = <begin>\n    $total = <start>\n    while $rest > 0:\n        <step>\n    return $total', '<sig>\n    <doc>\n    $total = <start>\n    for $char in <digits>:\n        <each>\n    return $total'],
      sig: ['def $f($number):', 'def $f($number: int) -> int:'],
      short: ['return sum(int($char) for $char in <digits>)', 'return sum(map(int, <digits>))', 'return sum([int($char) for $char in <digits>])', wrong('it counts the digits', 'return len(<digits>)')],
      digits: ['str(abs($number))', "str($number).lstrip('-')", "str($number).replace('-', '')", wrong('a minus sign is no digit', 'str($number)'), wrong('the first digit is left out', 'str(abs($number))[1:]')],
      begin: ['abs($number)', wrong('nothing is counted of a negative number', '$number')],
      start: ['0', wrong('it begins at one', '1')],
      step: ['$total += $rest % 10\n$rest //= 10', '$rest, $digit = divmod($rest, 10)\n$total += $digit', wrong('the digit is taken after it is gone', '$rest //= 10\n$total += $rest % 10')],
      each: ['$total += int($char)', '$total = $total + int($char)', wrong('it keeps only the last digit', '$total = int($char)'), wrong('it counts the digits', '$total += 1')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($number: number): number {\n  <doc>\n  <body>\n}'],
      body: [
        'return [...<digits>].reduce(($total, $char) => $total + Number($char), <start>)',
        'let $total = <start>\nfor (const $char of <digits>) $total += Number($char)\nreturn $total',
        'let $rest = <begin>\nlet $total = <start>\nwhile ($rest > 0) {\n  <step>\n}\nreturn $total',
        'return <digits>.split(\'\').map(Number).reduce(($total, $item) => $total + $item, <start>)',
        'let $total = <start>\nfor (let $rest = <begin>; $rest > 0; $rest = Math.floor($rest / 10)) $total += $rest % 10\nreturn $total',
        wrong('it counts the digits', 'return <digits>.length'),
      ],
      digits: ['String(Math.abs($number))', '`${Math.abs($number)}`', "String($number).replace('-', '')", 'Math.abs($number).toString()', wrong('a minus sign is no digit', 'String($number)'), wrong('the first digit is left out', 'String(Math.abs($number)).slice(1)')],
      begin: ['Math.abs($number)', '$number < 0 ? -$number : $number', wrong('nothing is counted of a negative number', '$number')],
      start: ['0', wrong('it begins at one', '1')],
      step: ['$total += $rest % 10\n$rest = Math.floor($rest / 10)', 'const $digit = $rest % 10\n$total += $digit\n$rest = ($rest - $digit) / 10', wrong('the digit is taken after it is gone', '$rest = Math.floor($rest / 10)\n$total += $rest % 10')],
    },
    tests: [],
  },
}
