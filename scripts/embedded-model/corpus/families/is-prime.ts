import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const two = 'two is left out'

export const isPrime: Family = {
  name: 'is-prime',
  verbs: ['is', 'check', 'test', 'verify'],
  nouns: ['prime', 'prime_number', 'primality', 'if_prime', 'for_prime'],
  parameters: { n: ['n', 'number', 'num', 'value', 'candidate', 'x'] },
  locals: { i: ['i', 'divisor', 'd', 'factor'] },
  phrases: [
    '[checks whether/check whether] $n is a prime number',
    '[returns/return] {true} if $n is prime and {false} otherwise',
    '[tells whether/tell whether] the integer $n has no divisors but 1 and itself, with {false} for all numbers below 2',
    '[decides if/decide if] $n is a prime',
    '[tests/test] $n for being prime and [returns/return] a truth value',
    '[determines/determine] if the number $n is prime',
    '[says/say] whether $n is prime',
    '[answers/answer] if the integer $n is a prime number',
    '[finds/find] out if $n is prime',
    '[is/be] true if $n can be divided only by 1 and itself',
    '[examines/examine] whether the number $n has no divisors besides 1 and $n',
    '[answers/answer] the question if $n is a prime number',
    '[finds/find] out whether $n can be divided only by 1 and by $n',
  ],
  examples: [
    { arguments: [7], result: true },
    { arguments: [1], result: false },
    { arguments: [2], result: true },
    { arguments: [9], result: false },
    { arguments: [0], result: false },
    { arguments: [25], result: false },
    { arguments: [97], result: true },
    { arguments: [-3], result: false },
    { arguments: [4], result: false },
  ],
  stage: { takes: 'number', gives: 'truth' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($n):', 'def $f($n: int) -> bool:'],
      body: [
        'if <small>:\n    return False\nfor $i in range(2, <end>):\n    if <divides>:\n        return False\nreturn True',
        'if <small>:\n    return False\nreturn all(<coprime> for $i in range(2, <end>))',
        'if <small>:\n    return False\nreturn not any(<divides> for $i in range(2, <end>))',
        'return <big> and all(<coprime> for $i in range(2, <end>))',
        'if <small>:\n    return False\n$i = 2\nwhile <within>:\n    if <divides>:\n        return False\n    $i += 1\nreturn True',
        'if <small>:\n    return False\nif $n % 2 == 0:\n    return <even>\n$i = 3\nwhile <within>:\n    if <divides>:\n        return False\n    $i += 2\nreturn True',
      ],
      small: ['$n < 2', '$n <= 1', wrong('one is no prime', '$n < 1'), wrong(two, '$n <= 2')],
      big: ['$n > 1', '$n >= 2', wrong('one is no prime', '$n > 0')],
      end: ['int($n ** 0.5) + 1', 'math.isqrt($n) + 1', '$n', wrong('squares of primes pass', 'int($n ** 0.5)'), wrong('every number divides itself', '$n + 1')],
      divides: ['$n % $i == 0', 'not $n % $i', wrong('it looks for the opposite', '$n % $i != 0')],
      coprime: ['$n % $i != 0', '$n % $i', '$n % $i > 0', wrong('it looks for the opposite', '$n % $i == 0')],
      within: ['$i * $i <= $n', '$i ** 2 <= $n', wrong('squares of primes pass', '$i * $i < $n')],
      even: ['$n == 2', wrong(two, 'False')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($n: number): boolean {\n  <doc>\n  <body>\n}'],
      body: [
        'if (<small>) return false\nfor (let $i = 2; <within>; $i += 1) {\n  if (<divides>) return false\n}\nreturn true',
        'if (<small>) return false\nif ($n % 2 === 0) return <even>\nfor (let $i = 3; <within>; $i += 2) {\n  if (<divides>) return false\n}\nreturn true',
        'if (<small>) return false\nlet $i = 2\nwhile (<within>) {\n  if (<divides>) return false\n  $i += 1\n}\nreturn true',
      ],
      small: ['$n < 2', '$n <= 1', wrong('one is no prime', '$n < 1'), wrong(two, '$n <= 2')],
      within: ['$i * $i <= $n', '$i < $n', '$i <= Math.sqrt($n)', wrong('squares of primes pass', '$i * $i < $n'), wrong('every number divides itself', '$i <= $n')],
      divides: ['$n % $i === 0', '!($n % $i)', wrong('it looks for the opposite', '$n % $i !== 0')],
      even: ['$n === 2', wrong(two, 'false')],
    },
    tests: [],
  },
}
