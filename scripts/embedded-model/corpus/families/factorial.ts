import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const missing = 'the last factor is missing'

export const factorial: Family = {
  name: 'factorial',
  verbs: ['compute', 'get', 'calculate', 'find', 'eval'],
  nouns: ['factorial', 'n_factorial', 'product_to', 'permutations', 'fact'],
  parameters: { n: ['n', 'number', 'limit', 'x', 'count', 'upto'] },
  locals: { count: ['k', 'factor', 'step'] },
  phrases: [
    '[returns/return] the factorial of $n, where the factorial of 0 is 1',
    '[computes/compute] the factorial of the integer $n, which is not negative',
    '[multiplies/multiply] the integers from 1 to $n and [returns/return] the product, 1 for 0',
    '[calculates/calculate] the factorial of the number $n',
    '[gives/give] the product of all whole numbers from 1 up to $n',
    '[works/work] out how many ways there are to arrange $n things',
    '[finds/find] $n factorial',
    '[determines/determine] the number of permutations of $n different objects',
  ],
  examples: [
    { arguments: [0], result: 1 },
    { arguments: [1], result: 1 },
    { arguments: [5], result: 120 },
    { arguments: [3], result: 6 },
    { arguments: [7], result: 5040 },
  ],
  stage: { takes: 'number', gives: 'number' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($n):', 'def $f($n: int) -> int:'],
      body: [
        '$total = <start>\nfor $i in range(<span>):\n    <grow>\nreturn $total',
        'if <small>:\n    return <base>\nreturn $n <op> $f($n - 1)',
        'return <base> if <small> else $n <op> $f($n - 1)',
        'return math.factorial($n)',
        'return math.prod(range(<span>))',
        '$total = <start>\nwhile $n > <stop>:\n    $total <op>= $n\n    $n -= 1\nreturn $total',
      ],
      start: ['1', wrong('a product that begins at zero stays zero', '0')],
      span: ['1, $n + 1', '2, $n + 1', wrong(missing, '1, $n')],
      grow: ['$total *= $i', '$total = $total * $i', wrong('it adds and does not multiply', '$total += $i')],
      small: ['$n <= 1', '$n < 2', '$n == 0', wrong('one factor is left out', '$n <= 2')],
      base: ['1', wrong('the factorial of zero is one', '0')],
      op: ['*', wrong('it adds and does not multiply', '+')],
      stop: ['1', '0', wrong('one factor is left out', '2')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($n: number): number {\n  <doc>\n  <body>\n}'],
      body: [
        'let $total = <start>\nfor (let $i = <first>; $i <upto> $n; $i += 1) <grow>\nreturn $total',
        'if (<small>) return <base>\nreturn $n <mixed> $f($n - 1)',
        'return <small> ? <base> : $n <mixed> $f($n - 1)',
        'let $total = <start>\nfor (let $i = <first>; $i <upto> $n; $i += 1) {\n  <grow>\n}\nreturn $total',
        'let $total = <start>\nfor (let $i = $n; $i > <stop>; $i -= 1) {\n  <grow>\n}\nreturn $total',
        'let $total = <start>\nwhile ($n > <stop>) {\n  $total <op>= $n\n  $n -= 1\n}\nreturn $total',
        'return Array.from({ length: $n }, (_, $i) => <factor>).reduce(($total, $item) => $total <op> $item, <start>)',
      ],
      start: ['1', wrong('a product that begins at zero stays zero', '0')],
      first: ['1', '2', wrong('with three as the first factor two is missing', '3')],
      upto: ['<=', wrong(missing, '<')],
      grow: ['$total *= $i', '$total = $total * $i', wrong('it adds and does not multiply', '$total += $i')],
      small: ['$n <= 1', '$n < 2', '$n === 0', wrong('one factor is left out', '$n <= 2')],
      base: ['1', wrong('the factorial of zero is one', '0')],
      op: ['*'],
      stop: ['1', '0', wrong('one factor is left out', '2')],
      mixed: ['*', wrong('it adds and does not multiply', '+')],
      factor: ['$i + 1', wrong('one factor is zero', '$i')],
    },
    tests: [],
  },
}
