import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const smallest = 'it looks for the smallest'

export const largestOrNone: Family = {
  name: 'largest-or-none',
  verbs: ['find', 'get', 'pick', 'select', 'compute'],
  nouns: ['largest', 'maximum', 'max_value', 'biggest', 'highest', 'peak'],
  parameters: { numbers: ['numbers', 'values', 'items', 'xs', 'data', 'scores'] },
  locals: { out: ['best', 'largest', 'top', 'result'] },
  phrases: [
    '[returns/return] the largest of $numbers, or {none} if there are none',
    '[finds/find] the largest element of $numbers and [returns/return] {none} for an empty list',
    '[gives/give] the maximum of the list $numbers, {none} when it is empty',
    '[picks/pick] the greatest number in $numbers; an empty list yields {none}',
    '[computes/compute] the maximum of $numbers or {none} without numbers',
    '[selects/select] the highest of the values in $numbers, {none} if the list is empty',
    '[determines/determine] the biggest number that $numbers holds, and {none} if it holds nothing',
    '[looks/look] for the top value of $numbers and [answers/answer] {none} where the list has no elements',
  ],
  examples: [
    { arguments: [[3, 9, 2]], result: 9 },
    { arguments: [[]], result: null },
    { arguments: [[-5, -2, -9]], result: -2 },
    { arguments: [[4]], result: 4 },
    { arguments: [[10, 9, 8]], result: 10 },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($numbers):', 'def $f($numbers: list[int]) -> int | None:'],
      body: [
        'return <max>($numbers, default=None)',
        'if <empty>:\n    return <nothing>\nreturn <max>($numbers)',
        'return <max>($numbers) if $numbers else <nothing>',
        '$out = <start>\nfor $item in $numbers:\n    <step>\nreturn $out',
        'if <empty>:\n    return <nothing>\n$out = $numbers[0]\nfor $item in $numbers[1:]:\n    <plain>\nreturn $out',
        'if <empty>:\n    return <nothing>\nreturn sorted($numbers)[<last>]',
        wrong('an empty list is an error', 'return max($numbers)'),
      ],
      max: ['max', wrong(smallest, 'min')],
      empty: ['not $numbers', 'len($numbers) == 0', 'len($numbers) < 1', wrong('a list of one element is not empty', 'len($numbers) <= 1')],
      nothing: ['None', wrong('zero is not the same as nothing', '0')],
      start: ['None', wrong('it begins at zero: negative numbers are lost', '0')],
      step: ['if $out is None or $item > $out:\n    $out = $item', '$out = $item if $out is None else max($out, $item)', wrong('it keeps the last one', '$out = $item'), wrong(smallest, 'if $out is None or $item < $out:\n    $out = $item')],
      plain: ['if $item > $out:\n    $out = $item', '$out = max($out, $item)', wrong(smallest, 'if $item < $out:\n    $out = $item')],
      last: ['-1', 'len($numbers) - 1', wrong('that is the smallest', '0')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($numbers: <list>): number | null {\n  <doc>\n  <body>\n}'],
      list: ['number[]', 'readonly number[]'],
      body: [
        'if (<empty>) return <nothing>\nreturn Math.<max>(...$numbers)',
        'return <empty> ? <nothing> : Math.<max>(...$numbers)',
        'let $out: number | null = <start>\nfor (const $item of $numbers) {\n  <step>\n}\nreturn $out',
        'return $numbers.reduce<number | null>(($out, $item) => (<better> ? $item : $out), <start>)',
        'return $numbers.toSorted((<x>, <y>) => <order>)[0] ?? <nothing>',
        wrong('an empty list yields minus infinity', 'return Math.max(...$numbers)'),
      ],
      x: ['$i'],
      y: ['$j'],
      order: ['$j - $i', wrong(smallest, '$i - $j')],
      max: ['max', wrong(smallest, 'min')],
      empty: ['$numbers.length === 0', '$numbers.length < 1', '!$numbers.length', wrong('a list of one element is not empty', '$numbers.length <= 1')],
      nothing: ['null', wrong('zero is not the same as nothing', '0')],
      start: ['null', wrong('it begins at zero: negative numbers are lost', '0')],
      better: ['$out === null || $item > $out', wrong(smallest, '$out === null || $item < $out')],
      step: ['if (<better>) $out = $item', '$out = <better> ? $item : $out', wrong('it keeps the last one', '$out = $item')],
    },
    tests: [],
  },
}
