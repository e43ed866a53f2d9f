import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const runningTotal: Family = {
  name: 'running-total',
  verbs: ['running', 'cumulate', 'accumulate', 'compute'],
  nouns: ['total', 'totals', 'sums', 'prefix_sums', 'running_sums'],
  parameters: { numbers: ['numbers', 'nums', 'values', 'xs', 'amounts', 'steps'] },
  phrases: [
    '[returns/return] the running totals of $numbers: at each place the sum of all numbers up to it',
    '[computes/compute] the cumulative sums of the list $numbers',
    '[returns/return] a list in which every entry is the sum of $numbers from the beginning to that place',
    '[gives/give] the prefix sums of $numbers, as many as there are numbers',
    '[adds/add] up $numbers step by step and [returns/return] every intermediate sum',
    '[turns/turn] $numbers into the list of its partial sums, the first of which is the first number',
    '[lists/list] how the sum of $numbers grows with every number',
  ],
  examples: [
    { arguments: [[1, 2, 3]], result: [1, 3, 6] },
    { arguments: [[]], result: [] },
    { arguments: [[5, -2, 4]], result: [5, 3, 7] },
    { arguments: [[7]], result: [7] },
    { arguments: [[0, 1, 1, 1]], result: [0, 1, 2, 3] },
  ],
  stage: { takes: 'numbers', gives: 'numbers' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    $out = []\n    $total = <start>\n    for $item in $numbers:\n        <step>\n    return $out', '<sig>\n    <doc>\n    $out = []\n    for $item in $numbers:\n        <linked>\n    return $out', '<sig>\n    <doc>\n    $out = list($numbers)\n    for $i in range(1, len($out)):\n        <inplace>\n    return $out'],
      sig: ['def $f($numbers):', 'def $f($numbers: list[int]) -> list[int]:', 'def $f($numbers: list[float]) -> list[float]:'],
      short: [
        'return list(itertools.accumulate($numbers))',
        'return [sum($numbers[:$i + 1]) for $i in range(len($numbers))]',
        'return [sum($numbers[:$i]) for $i in range(1, len($numbers) + 1)]',
        '$total = 0\nreturn [$total := $total + $item for $item in $numbers]',
        wrong('the number at the place itself is left out', 'return [sum($numbers[:$i]) for $i in range(len($numbers))]'),
        wrong('it is the whole sum at every place', 'return [sum($numbers) for _ in $numbers]'),
        wrong('it adds up from the place to the end', 'return [sum($numbers[$i:]) for $i in range(len($numbers))]'),
      ],
      start: ['0', wrong('it begins at one', '1')],
      step: ['$total += $item\n$out.append($total)', '$total = $total + $item\n$out += [$total]', wrong('the sum is noted before the number is added', '$out.append($total)\n$total += $item'), wrong('it notes the number and not the sum', '$total += $item\n$out.append($item)'), wrong('nothing is added up', '$total = $item\n$out.append($total)')],
      inplace: ['$out[$i] += $out[$i - 1]', '$out[$i] = $out[$i - 1] + $numbers[$i]', wrong('only the neighbour is added', '$out[$i] += $numbers[$i - 1]')],
      linked: ['$out.append($item + ($out[-1] if $out else 0))', 'if $out:\n    $item += $out[-1]\n$out.append($item)', wrong('it adds the first sum and not the last', '$out.append($item + ($out[0] if $out else 0))')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f(<sig>): number[] {\n  <doc>\n  <body>\n}'],
      body: [
        'let $total = <start>\nreturn $numbers.map(($item) => <grown>)',
        'const $out: number[] = []\nlet $total = <start>\nfor (const $item of $numbers) {\n  <step>\n}\nreturn $out',
        'const $out: number[] = []\nfor (const $item of $numbers) $out.push(<linked>)\nreturn $out',
        'return $numbers.map((_, $i) => $numbers.slice(0, <until>).reduce(($total, $item) => $total + $item, 0))',
        'const $out = [...$numbers]\nfor (let $i = 1; $i < $out.length; $i += 1) <inplace>\nreturn $out',
        'return $numbers.reduce<number[]>(($out, $item) => [...$out, <linked>], [])',
        'const $out: number[] = []\n$numbers.forEach(($item, $i) => {\n  $out[$i] = <back>\n})\nreturn $out',
      ],
      start: ['0', wrong('it begins at one', '1')],
      grown: ['($total += $item)', '{\n  $total += $item\n  return $total\n}', wrong('nothing is added up', '($total = $item)')],
      step: ['$total += $item\n$out.push($total)', '$out.push($total + $item)\n$total += $item', wrong('the sum is noted before the number is added', '$out.push($total)\n$total += $item'), wrong('it notes the number and not the sum', '$total += $item\n$out.push($item)')],
      linked: ['$item + ($out.at(-1) ?? 0)', '($out[$out.length - 1] ?? 0) + $item', wrong('it adds the first sum and not the last', '$item + ($out[0] ?? 0)')],
      until: ['$i + 1', wrong('the number at the place itself is left out', '$i')],
      inplace: ['$out[$i] += $out[$i - 1]', '$out[$i] = $out[$i - 1] + $out[$i]', wrong('the first number is added everywhere', '$out[$i] += $out[0]'), wrong('only the neighbour is added', '$out[$i] = $numbers[$i - 1] + $numbers[$i]')],
      sig: ['$numbers: number[]', '$numbers: readonly number[]'],
      back: ['$item + ($out[$i - 1] ?? 0)', '$i === 0 ? $item : $out[$i - 1] + $item', wrong('only the neighbour is added', '$item + ($numbers[$i - 1] ?? 0)')],
    },
    tests: [],
  },
}
