import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const left = 'it rotates to the left'

export const rotate: Family = {
  name: 'rotate',
  verbs: ['rotate', 'shift', 'turn', 'cycle'],
  nouns: ['right', 'list', 'numbers', 'items', 'to_right'],
  parameters: { numbers: ['numbers', 'nums', 'values', 'xs', 'items'], steps: ['steps', 'by', 'k', 'places', 'shift_by'] },
  locals: { moved: ['moved', 'offset', 'cut', 'away'] },
  phrases: [
    '[returns/return] $numbers rotated to the right by $steps places; $steps may be larger than the list, which may be empty',
    '[rotates/rotate] the list $numbers by $steps to the right, so that what falls off at the end comes in at the beginning',
    '[moves/move] every entry of $numbers $steps places to the right, around the end, in a new list',
    '[turns/turn] $numbers to the right $steps times: each time the last entry becomes the first',
    '[shifts/shift] $numbers in a circle by $steps places to the right and [returns/return] the result, also where $steps exceeds the length',
    '[cycles/cycle] the list $numbers by $steps places to the right',
    '[gives/give] $numbers after $steps rotations to the right, the last entry goes to the front',
    '[returns/return] the list $numbers turned to the right by $steps positions',
    '[lets/let] the last $steps entries of $numbers come to the front, around the end',
    '[moves/move] $numbers in a circle to the right by $steps, whatever its length',
    '[gives/give] the list $numbers after $steps steps in each of which its last entry goes to the front',
    '[cycles/cycle] $numbers to the right by $steps positions, whatever its length',
  ],
  examples: [
    { arguments: [[1, 2, 3, 4], 1], result: [4, 1, 2, 3] },
    { arguments: [[1, 2, 3, 4, 5], 2], result: [4, 5, 1, 2, 3] },
    { arguments: [[], 3], result: [] },
    { arguments: [[1, 2, 3], 7], result: [3, 1, 2] },
    { arguments: [[1, 2, 3], 0], result: [1, 2, 3] },
    { arguments: [[9], 4], result: [9] },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <empty>\n    $moved = <reduced>\n    <cut>', '<sig>\n    <doc>\n    $out = <start>\n    for _ in range($steps):\n        <once>\n    return $out', '<sig>\n    <doc>\n    $count = len($numbers)\n    return [<from> for $i in range($count)]'],
      sig: ['def $f($numbers, $steps):', 'def $f($numbers: list[int], $steps: int) -> list[int]:'],
      empty: ['if not $numbers:\n    return []', 'if len($numbers) == 0:\n    return []', wrong('an empty list is an error', '')],
      reduced: ['$steps % len($numbers)', wrong('more steps than entries are not reduced', '$steps')],
      cut: [
        'return $numbers[len($numbers) - $moved:] + $numbers[:len($numbers) - $moved]',
        'return $numbers[-$moved:] + $numbers[:-$moved] if $moved else list($numbers)',
        '$i = len($numbers) - $moved\nreturn $numbers[$i:] + $numbers[:$i]',
        wrong(left, 'return $numbers[$moved:] + $numbers[:$moved]'),
        wrong('what falls off is lost', 'return $numbers[:len($numbers) - $moved]'),
      ],
      start: ['list($numbers)', '$numbers[:]', '$numbers.copy()'],
      once: ['$out = $out[-1:] + $out[:-1]', 'if $out:\n    $out.insert(0, $out.pop())', wrong(left, '$out = $out[1:] + $out[:1]'), wrong('an empty list is an error', '$out.insert(0, $out.pop())'), wrong('the last entry is doubled', '$out = $out[-1:] + $out')],
      from: ['$numbers[($i - $steps) % $count]', '$numbers[($i + $count - $steps % $count) % $count]', wrong(left, '$numbers[($i + $steps) % $count]'), wrong('it turns one step too far', '$numbers[($i - $steps - 1) % $count]'), wrong('more steps than entries are not reduced', '$numbers[$i - $steps]')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($numbers: number[], $steps: number): number[] {\n  <doc>\n  <body>\n}'],
      body: [
        'const $moved = <reduced>\n<cut>',
        'const $out = <start>\nfor (let $i = 0; $i < $steps; $i += 1) {\n  <once>\n}\nreturn $out',
        'const $out = <start>\nlet $count = <turns>\nwhile ($count > 0) {\n  <once>\n  $count -= 1\n}\nreturn $out',
        'const $count = $numbers.length\nreturn $numbers.map((_, $i) => <from>)',
        'if ($numbers.length === 0) return []\nconst $moved = <reduced>\n<cut>',
      ],
      reduced: ['$numbers.length - ($steps % $numbers.length)', '$numbers.length - ($steps % ($numbers.length || 1))', wrong(left, '$steps % $numbers.length'), wrong('more steps than entries are not reduced', '$numbers.length - $steps')],
      cut: ['return [...$numbers.slice($moved), ...$numbers.slice(0, $moved)]', 'return $numbers.slice($moved).concat($numbers.slice(0, $moved))', wrong('what falls off is lost', 'return $numbers.slice(0, $moved)')],
      start: ['[...$numbers]', '$numbers.slice()'],
      once: ['const $item = $out.pop()\nif ($item !== undefined) $out.unshift($item)', 'if ($out.length > 0) $out.unshift($out.pop()!)', wrong(left, 'if ($out.length > 0) $out.push($out.shift()!)'), wrong('an empty list gets entries', '$out.unshift($out.pop()!)')],
      turns: ['$steps', 'Math.max($steps, 0)', wrong('it turns one time too often', '$steps + 1')],
      from: ['$numbers[($i + $count - ($steps % $count)) % $count]', '$numbers.at(($i - $steps) % $count)!', wrong(left, '$numbers[($i + $steps) % $count]'), wrong('a place before the first is undefined', '$numbers[$i - $steps]')],
    },
    tests: [],
  },
}
