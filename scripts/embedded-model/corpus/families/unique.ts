import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const unique: Family = {
  name: 'unique',
  verbs: ['drop', 'remove', 'strip', 'filter', 'skip'],
  nouns: ['duplicates', 'repeats', 'doubles', 'copies', 'repeated'],
  parameters: { numbers: ['items', 'values', 'numbers', 'elements', 'xs', 'entries'] },
  phrases: [
    '[returns/return] the elements of $numbers without duplicates, in the order of their first occurrence',
    '[removes/remove] duplicates from the list $numbers and [keeps/keep] the order',
    '[keeps/keep] of equal elements in $numbers only the first one, order as before',
    '[gives/give] a new list with every element of $numbers once, in order',
    '[drops/drop] each element of $numbers that was there before',
    '[makes/make] the entries of $numbers unique and [leaves/leave] their order alone',
    '[delivers/deliver] the distinct elements of $numbers as they first appear',
    '[filters/filter] out of $numbers whatever has already occurred',
  ],
  examples: [
    { arguments: [[3, 1, 3, 2, 1]], result: [3, 1, 2] },
    { arguments: [[]], result: [] },
    { arguments: [[5, 5, 5]], result: [5] },
    { arguments: [[9, -20, 9, 400, -20, 0]], result: [9, -20, 400, 0] },
  ],
  stage: { takes: 'numbers', gives: 'numbers' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($numbers):', 'def $f($numbers: list) -> list:'],
      body: [
        '<seen>\n$out = []\nfor $item in $numbers:\n    <step>\nreturn $out',
        'return list(dict.fromkeys(<source>))',
        '$out = []\nfor $item in <source>:\n    <collect>\nreturn $out',
        '<seen>\nreturn [$item for $item in $numbers if <first_time>]',
        'return [$item for $i, $item in enumerate($numbers) if $item not in $numbers[:<upto>]]',
        wrong('it sorts the elements', 'return sorted(set(<source>))'),
        wrong('it keeps only what occurs once', 'return [$item for $item in $numbers if $numbers.count($item) == 1]'),
      ],
      seen: ['$seen = set()'],
      source: ['$numbers', wrong('the order is turned around', 'reversed($numbers)')],
      step: [
        'if $item not in $seen:\n    $seen.add($item)\n    $out.append($item)',
        'if $item in $seen:\n    continue\n$seen.add($item)\n$out.append($item)',
        wrong('it never notes what it has seen', 'if $item not in $seen:\n    $out.append($item)'),
        wrong('it keeps the duplicates', 'if $item in $seen:\n    $out.append($item)\n$seen.add($item)'),
      ],
      collect: ['if $item not in $out:\n    $out.append($item)', 'if $item in $out:\n    continue\n$out.append($item)', wrong('only neighbours are compared', 'if not $out or $out[-1] != $item:\n    $out.append($item)')],
      first_time: ['not ($item in $seen or $seen.add($item))', wrong('it keeps the duplicates', '$item in $seen or $seen.add($item)')],
      upto: ['$i', wrong('every element is found in itself', '$i + 1')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($numbers: <list>): number[] {\n  <doc>\n  <body>\n}'],
      body: [
        'return [...new Set(<source>)]',
        'return Array.from(new Set(<source>))',
        'return $numbers.filter(($item, $i) => <first>)',
        'const $out: number[] = []\nfor (const $item of <source>) {\n  <collect>\n}\nreturn $out',
        'const $seen = new Set<number>()\nconst $out: number[] = []\nfor (const $item of <source>) {\n  <step>\n}\nreturn $out',
      ],
      list: ['number[]', 'readonly number[]'],
      source: ['$numbers', wrong('the order is turned around', '$numbers.toReversed()'), wrong('it sorts the elements', '$numbers.toSorted()')],
      first: ['$numbers.indexOf($item) === $i', '!$numbers.slice(0, $i).includes($item)', wrong('it keeps the last one', '$numbers.lastIndexOf($item) === $i'), wrong('it keeps the duplicates', '$numbers.indexOf($item) !== $i')],
      collect: ['if (!$out.includes($item)) $out.push($item)', 'if ($out.includes($item)) continue\n$out.push($item)', wrong('only neighbours are compared', 'if ($out.at(-1) !== $item) $out.push($item)')],
      step: [
        'if ($seen.has($item)) continue\n$seen.add($item)\n$out.push($item)',
        'if (!$seen.has($item)) $out.push($item)\n$seen.add($item)',
        wrong('it never notes what it has seen', 'if (!$seen.has($item)) $out.push($item)'),
      ],
    },
    tests: [],
  },
}
