import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const itself = 'a number may be paired with itself'

export const twoSum: Family = {
  name: 'two-sum',
  verbs: ['two', 'find', 'pair', 'locate'],
  nouns: ['sum', 'pair', 'two_sum', 'summands', 'pair_indices'],
  parameters: { numbers: ['numbers', 'nums', 'values', 'xs', 'items'], target: ['target', 'goal', 'wanted', 'amount', 'total_sum'] },
  phrases: [
    '[returns/return] the indices i < j of the two numbers in $numbers whose sum is $target, or {none}',
    '[finds/find] two places in $numbers, the lower one first, whose numbers make $target together; {none} if there are none',
    '[returns/return] as a list the positions of two different entries of $numbers that add up to $target, {none} where no pair does',
    '[looks/look] for a pair in $numbers with the sum $target and [returns/return] both indices in ascending order, or {none}',
    '[gives/give] the two indices, in order, of the elements of $numbers that sum to $target, and {none} without such a pair',
    '[searches/search] two entries of $numbers that sum to $target and [returns/return] their indices, or {none}',
    '[determines/determine] the indices of two elements in $numbers that give $target when added, or {none}',
    '[answers/answer] with the two places, smaller first, whose numbers add up to $target, {none} if there is no pair',
    '[finds/find] by index a pair in $numbers that makes $target, else {none}',
    '[says/say] at which indices two numbers of $numbers sum up to $target, {none} without a pair',
    '[searches/search] $numbers for two entries that make $target and [answers/answer] with their indices, {none} if it finds nothing',
    '[determines/determine] which two elements of $numbers give $target when added, by index, smaller first; else {none}',
  ],
  examples: [
    { arguments: [[2, 7, 11, 15], 9], result: [0, 1] },
    { arguments: [[3, 3], 6], result: [0, 1] },
    { arguments: [[1, 2, 4], 8], result: null },
    { arguments: [[5, 1, 4], 5], result: [1, 2] },
    { arguments: [[], 0], result: null },
    { arguments: [[3, 2, 4], 6], result: [1, 2] },
  ],
  python: {
    grammar: {
      program: [
        '<sig>\n    <doc>\n    for $i in range(len($numbers)):\n        for $j in range(<from>, len($numbers)):\n            if <fits>:\n                <found>\n    return None',
        '<sig>\n    <doc>\n    for $i, $j in itertools.combinations(range(len($numbers)), 2):\n        if <fits>:\n            <found>\n    return None',
        '<sig>\n    <doc>\n    $seen = {}\n    for $j, $item in enumerate($numbers):\n        <known>\n    return None',
        '<sig>\n    <doc>\n    for $i, $item in enumerate($numbers):\n        $part = $target - $item\n        <ahead>\n    return None',
      ],
      sig: ['def $f($numbers, $target):', 'def $f($numbers: list[int], $target: int):', 'def $f($numbers: list[int], $target: int) -> list[int] | None:'],
      from: ['$i + 1', wrong(itself, '$i'), wrong('the next number is left out', '$i + 2')],
      fits: ['$numbers[$i] + $numbers[$j] == $target', '$target - $numbers[$i] == $numbers[$j]', wrong('it looks at the difference', '$numbers[$i] - $numbers[$j] == $target')],
      found: ['return [$i, $j]', wrong('it returns the numbers and not their places', 'return [$numbers[$i], $numbers[$j]]'), wrong('the higher index comes first', 'return [$j, $i]')],
      known: [
        'if $target - $item in $seen:\n    return [$seen[$target - $item], $j]\n$seen[$item] = $j',
        '$i = $seen.get($target - $item)\nif $i is not None:\n    return [$i, $j]\n$seen[$item] = $j',
        wrong(itself, '$seen[$item] = $j\nif $target - $item in $seen:\n    return [$seen[$target - $item], $j]'),
        wrong('the place 0 counts as nothing', '$i = $seen.get($target - $item)\nif $i:\n    return [$i, $j]\n$seen[$item] = $j'),
      ],
      ahead: ['if $part in $numbers[$i + 1:]:\n    return [$i, $numbers.index($part, $i + 1)]', wrong(itself, 'if $part in $numbers:\n    return [$i, $numbers.index($part)]'), wrong('the second index counts from the first', 'if $part in $numbers[$i + 1:]:\n    return [$i, $numbers[$i + 1:].index($part)]')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($numbers: number[], $target: number): <type> {\n  <doc>\n  <body>\n}'],
      type: ['number[] | null', '[number, number] | null'],
      body: [
        'for (let $i = 0; $i < $numbers.length; $i += 1) {\n  for (let $j = <from>; $j < $numbers.length; $j += 1) {\n    if (<fits>) <found>\n  }\n}\nreturn null',
        'const $seen = new Map<number, number>()\nfor (const [$j, $item] of $numbers.entries()) {\n  <known>\n}\nreturn null',
        'const $i = $numbers.findIndex(($item, $key) => $numbers.includes($target - $item, <after>))\nif ($i < 0) return null\nreturn [$i, $numbers.indexOf($target - $numbers[$i], $i + 1)]',
        'for (const [$i, $item] of $numbers.entries()) {\n  <ahead>\n  if ($j > $i) return [$i, $j]\n}\nreturn null',
      ],
      from: ['$i + 1', wrong(itself, '$i'), wrong('the next number is left out', '$i + 2')],
      fits: ['$numbers[$i] + $numbers[$j] === $target', '$target - $numbers[$i] === $numbers[$j]', wrong('it looks at the difference', '$numbers[$i] - $numbers[$j] === $target')],
      found: ['return [$i, $j]', wrong('it returns the numbers and not their places', 'return [$numbers[$i], $numbers[$j]]'), wrong('the higher index comes first', 'return [$j, $i]')],
      known: [
        'const $i = $seen.get($target - $item)\nif ($i !== undefined) return [$i, $j]\n$seen.set($item, $j)',
        'if ($seen.has($target - $item)) return [$seen.get($target - $item)!, $j]\n$seen.set($item, $j)',
        wrong('the place 0 counts as nothing', 'const $i = $seen.get($target - $item)\nif ($i) return [$i, $j]\n$seen.set($item, $j)'),
        wrong(itself, '$seen.set($item, $j)\nconst $i = $seen.get($target - $item)\nif ($i !== undefined) return [$i, $j]'),
      ],
      after: ['$key + 1', wrong(itself, '$key'), wrong('a number before may be taken', '0')],
      ahead: ['const $j = $numbers.indexOf($target - $item, $i + 1)', 'const $j = $numbers.findIndex(($part, $key) => $key > $i && $part === $target - $item)', 'const $j = $numbers.lastIndexOf($target - $item)', wrong('only the first place of a number is looked at', 'const $j = $numbers.indexOf($target - $item)')],
    },
    tests: [],
  },
}
