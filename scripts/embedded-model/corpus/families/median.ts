import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const median: Family = {
  name: 'median',
  verbs: ['median', 'compute', 'find', 'middle'],
  nouns: ['value', 'median', 'middle_value', 'of_numbers', 'center_value'],
  parameters: { numbers: ['numbers', 'nums', 'values', 'xs', 'samples', 'readings'] },
  locals: { sorted: ['ordered', 'ranked', 'in_order', 'arranged'], middle: ['middle', 'half', 'mid', 'center'] },
  phrases: [
    '[returns/return] the median of $numbers, which is not empty; of an even count the mean of the two in the middle',
    '[computes/compute] the median of the non-empty list $numbers',
    '[finds/find] the middle value of $numbers in ascending order, or the mean of the two middle ones',
    '[returns/return] that value which stands in the middle when $numbers is sorted; two in the middle are averaged',
    '[calculates/calculate] the median of the numbers in $numbers and leaves $numbers as it is',
    '[determines/determine] the median of $numbers, at least one number, without changing the list',
    '[gives/give] what is in the middle of the sorted $numbers, halfway between two if their count is even',
  ],
  examples: [
    { arguments: [[3, 1, 2]], result: 2 },
    { arguments: [[4, 1, 3, 2]], result: 2.5 },
    { arguments: [[7]], result: 7 },
    { arguments: [[10, 2, 9, 30, 1]], result: 9 },
    { arguments: [[-5, 10]], result: 2.5 },
  ],
  stage: { takes: 'numbers', gives: 'number' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    $sorted = <ordered>\n    $middle = <half>\n    <give>', '<sig>\n    <doc>\n    $sorted = <ordered>\n    $i, $j = <places>\n    <mean>'],
      sig: ['def $f($numbers):', 'def $f($numbers: list[float]) -> float:'],
      ordered: ['sorted($numbers)', 'sorted(list($numbers))', wrong('the numbers are not put in order', 'list($numbers)')],
      half: ['len($sorted) // 2', 'int(len($sorted) / 2)'],
      give: [
        'if len($sorted) % 2 == 1:\n    return $sorted[$middle]\nreturn ($sorted[$middle - 1] + $sorted[$middle]) / 2',
        'if len($sorted) % 2 == 0:\n    return ($sorted[$middle - 1] + $sorted[$middle]) / 2\nreturn $sorted[$middle]',
        'return ($sorted[$middle] + $sorted[-$middle - 1]) / 2',
        'return $sorted[$middle] if len($sorted) % 2 else sum($sorted[$middle - 1:$middle + 1]) / 2',
        wrong('of two in the middle it takes the upper one', 'return $sorted[$middle]'),
        wrong('the wrong two are averaged', 'if len($sorted) % 2 == 1:\n    return $sorted[$middle]\nreturn ($sorted[$middle] + $sorted[($middle + 1) % len($sorted)]) / 2'),
        wrong('the mean is rounded down', 'if len($sorted) % 2 == 1:\n    return $sorted[$middle]\nreturn ($sorted[$middle - 1] + $sorted[$middle]) // 2'),
        wrong('it is the mean of all', 'return sum($sorted) / len($sorted)'),
        wrong('odd and even are exchanged', 'if len($sorted) % 2 == 0:\n    return $sorted[$middle]\nreturn ($sorted[$middle - 1] + $sorted[$middle]) / 2'),
      ],
      places: ['(len($sorted) - 1) // 2, len($sorted) // 2', wrong('it takes the two ends', '0, len($sorted) - 1')],
      mean: ['return ($sorted[$i] + $sorted[$j]) / 2', 'return sum([$sorted[$i], $sorted[$j]]) / 2', wrong('the sum is not halved', 'return $sorted[$i] + $sorted[$j]'), wrong('the mean is rounded down', 'return ($sorted[$i] + $sorted[$j]) // 2')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($numbers: number[]): number {\n  <doc>\n  const $sorted = <ordered>\n  <body>\n}'],
      ordered: ['[...$numbers].sort(($i, $j) => $i - $j)', '$numbers.toSorted(($i, $j) => $i - $j)', '$numbers.slice().sort(($i, $j) => $i - $j)', wrong('numbers are sorted as texts', '[...$numbers].sort()'), wrong('the numbers are not put in order', '[...$numbers]')],
      body: ['const $middle = <half>\n<give>', 'const $i = Math.floor(($sorted.length - 1) / 2)\nconst $j = Math.floor($sorted.length / 2)\n<mean>'],
      half: ['Math.floor($sorted.length / 2)', 'Math.trunc($sorted.length / 2)', '$sorted.length >> 1'],
      give: [
        'if ($sorted.length % 2 === 1) return $sorted[$middle]\nreturn ($sorted[$middle - 1] + $sorted[$middle]) / 2',
        'return $sorted.length % 2 === 0 ? ($sorted[$middle - 1] + $sorted[$middle]) / 2 : $sorted[$middle]',
        'return ($sorted[$middle] + $sorted[$sorted.length - 1 - $middle]) / 2',
        wrong('of two in the middle it takes the upper one', 'return $sorted[$middle]'),
        wrong('odd and even are exchanged', 'return $sorted.length % 2 === 1 ? ($sorted[$middle - 1] + $sorted[$middle]) / 2 : $sorted[$middle]'),
        wrong('it is the mean of all', 'return $sorted.reduce(($total, $item) => $total + $item, 0) / $sorted.length'),
      ],
      mean: ['return ($sorted[$i] + $sorted[$j]) / 2', 'return $sorted[$i] / 2 + $sorted[$j] / 2', wrong('the sum is not halved', 'return $sorted[$i] + $sorted[$j]'), wrong('the mean is rounded down', 'return Math.floor(($sorted[$i] + $sorted[$j]) / 2)')],
    },
    tests: [],
  },
}
