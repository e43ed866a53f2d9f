import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const twice = 'what occurs twice is returned twice'
const others = 'it returns what is not in both'

export const intersect: Family = {
  name: 'intersect',
  verbs: ['intersect', 'find', 'get', 'collect'],
  nouns: ['lists', 'common', 'shared', 'common_items', 'in_both'],
  parameters: { left: ['first', 'left', 'a', 'xs', 'mine'], right: ['second', 'right', 'b', 'ys', 'theirs'] },
  locals: { both: ['both', 'common', 'kept', 'shared'], pool: ['pool', 'lookup', 'members', 'right_set'] },
  phrases: [
    '[returns/return] what is in both $left and $right, each once and in the order of $left',
    '[finds/find] the entries of $left that also stand in $right, without repetition, in the order in which $left has them',
    '[collects/collect] from $left, in its order and only once each, what $right contains as well',
    '[intersects/intersect] the lists $left and $right; the result has no duplicates and follows $left',
    '[gives/give] the common elements of $left and $right as a list, one of each, ordered as in $left',
    '[says/say] which elements $left and $right have in common, once each, ordered as in $left',
    '[gives/give] the shared elements of the two lists $left and $right without duplicates in the order of $left',
    '[returns/return] the intersection of $left and $right, each element once, in the order of $left',
    '[determines/determine] what the lists $left and $right share, every element named once',
    '[selects/select] from $left, in order and once, each element that is in $right too',
    '[keeps/keep] of $left what $right also holds and [drops/drop] repetitions, the order being that of $left',
    '[determines/determine] which elements the two lists $left and $right share, each named once in the order of $left',
  ],
  examples: [
    { arguments: [[1, 2, 3], [3, 1]], result: [1, 3] },
    { arguments: [[4, 4, 5], [4, 5, 5]], result: [4, 5] },
    { arguments: [[], [1]], result: [] },
    { arguments: [[9, 2, 7], [7, 2]], result: [2, 7] },
    { arguments: [[1, 2], [3]], result: [] },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    $pool = set($right)\n    $both = []\n    for $item in $left:\n        <step>\n    return $both', '<sig>\n    <doc>\n    $seen = set()\n    $both = []\n    for $item in $left:\n        if <both_in> and $item not in $seen:\n            <note>\n    return $both'],
      sig: ['def $f($left, $right):', 'def $f($left: list, $right: list) -> list:', 'def $f($left: list[int], $right: list[int]) -> list[int]:'],
      short: [
        'return [$item for $item in dict.fromkeys($left) if <both_in>]',
        'return list(dict.fromkeys($item for $item in $left if <both_in>))',
        'return [$item for $i, $item in enumerate($left) if <both_in> and $item not in $left[:$i]]',
        'return sorted(set($left) & set($right), key=$left.index)',
        wrong('the order is lost', 'return sorted(set($left) & set($right), reverse=True)'),
        wrong(twice, 'return [$item for $item in $left if <both_in>]'),
        wrong('it follows the other list', 'return [$item for $item in dict.fromkeys($right) if $item in $left]'),
        wrong('it returns what is in one of them', 'return list(dict.fromkeys($left + $right))'),
      ],
      both_in: ['$item in $right', '$right.count($item) > 0', wrong(others, '$item not in $right')],
      step: ['if $item in $pool and $item not in $both:\n    $both.append($item)', 'if $item in $pool:\n    $both.append($item)\n    $pool.remove($item)', wrong(twice, 'if $item in $pool:\n    $both.append($item)'), wrong(others, 'if $item not in $pool and $item not in $both:\n    $both.append($item)'), wrong('it breaks off at the first that is not shared', 'if $item not in $pool:\n    break\nif $item not in $both:\n    $both.append($item)')],
      note: ['$seen.add($item)\n$both.append($item)', wrong(twice, '$both.append($item)'), wrong('nothing is collected', '$seen.add($item)')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($left: number[], $right: number[]): number[] {\n  <doc>\n  <body>\n}'],
      body: [
        'return [...new Set($left)].filter(($item) => <both_in>)',
        'return [...new Set($left.filter(($item) => <both_in>))]',
        'return $left.filter(($item, $i) => <both_in> && <once>)',
        'const $both: number[] = []\nfor (const $item of $left) {\n  if (<both_in> && <fresh>) $both.push($item)\n}\nreturn $both',
        'const $pool = new Set($right)\nreturn $left.filter(($item) => <taken>)',
        'const $pool = new Set($right)\nconst $both = new Set<number>()\nfor (const $item of $left) {\n  <gather>\n}\nreturn [...$both]',
        'const $both: number[] = []\n$left.forEach(($item) => {\n  if (<both_in> && <fresh>) $both.push($item)\n})\nreturn $both',
        'return $left.reduce<number[]>(($both, $item) => (<both_in> && <fresh> ? [...$both, $item] : $both), [])',
        wrong('it follows the other list', 'return [...new Set($right)].filter(($item) => $left.includes($item))'),
      ],
      both_in: ['$right.includes($item)', '$right.indexOf($item) !== -1', '$right.some(($j) => $j === $item)', wrong(others, '!$right.includes($item)'), wrong('it looks in the same list', '$left.includes($item)')],
      once: ['$left.indexOf($item) === $i', wrong(twice, '$i >= 0'), wrong('the last of equals is kept', '$left.lastIndexOf($item) === $i || $i === 0')],
      fresh: ['!$both.includes($item)', wrong(twice, '$both.length >= 0')],
      gather: ['if ($pool.has($item)) $both.add($item)', 'if (!$pool.has($item)) continue\n$both.add($item)', wrong(others, 'if (!$pool.has($item)) $both.add($item)')],
      taken: ['$pool.delete($item)', wrong(twice, '$pool.has($item)'), wrong(others, '!$pool.has($item)')],
    },
    tests: [],
  },
}
