import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const swapped = 'the two limits are mixed up'

export const clamp: Family = {
  name: 'clamp',
  verbs: ['clamp', 'limit', 'bound', 'restrict', 'confine'],
  nouns: ['value', 'number', 'to_range', 'reading', 'level', 'score'],
  parameters: { x: ['x', 'value', 'number', 'reading', 'amount'], low: ['low', 'minimum', 'lower', 'floor', 'lo'], high: ['high', 'maximum', 'upper', 'ceiling', 'hi'] },
  phrases: [
    '[returns/return] $x limited to the range from $low to $high',
    '[returns/return] $low if $x is below it, $high if $x is above that, and $x otherwise',
    '[limits/limit] the number $x to at least $low and at most $high',
    '[clamps/clamp] $x between $low and $high',
    '[keeps/keep] $x within $low and $high: outside of them the nearer limit is the result',
    '[restricts/restrict] $x to the interval from $low to $high',
    '[brings/bring] $x into the range that $low and $high give',
    '[forces/force] the value $x to lie between $low and $high, both included',
  ],
  examples: [
    { arguments: [5, 1, 10], result: 5 },
    { arguments: [-3, 0, 9], result: 0 },
    { arguments: [42, 0, 9], result: 9 },
    { arguments: [7, 7, 7], result: 7 },
    { arguments: [10, 2, 10], result: 10 },
    { arguments: [1, 2, 4], result: 2 },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($x, $low, $high):', 'def $f($x: int, $low: int, $high: int) -> int:', 'def $f($x: float, $low: float, $high: float) -> float:'],
      body: [
        'return <both>',
        'if $x <less> $low:\n    return <bottom>\nif $x <more> $high:\n    return <top>\nreturn $x',
        'if $x <less> $low:\n    return <bottom>\nelif $x <more> $high:\n    return <top>\nelse:\n    return $x',
        'return <bottom> if $x <less> $low else <top> if $x <more> $high else $x',
        'if $x <less> $low:\n    $x = <bottom>\nif $x <more> $high:\n    $x = <top>\nreturn $x',
        'return sorted(<three>)[<middle>]',
        '$out = <raised>\nreturn <lowered>',
      ],
      both: ['max($low, min($x, $high))', 'min($high, max($x, $low))', 'min(max($x, $low), $high)', wrong(swapped, 'max($high, min($x, $low))'), wrong('there is no upper limit', 'max($x, $low)'), wrong('there is no lower limit', 'min($x, $high)')],
      less: ['<', '<=', wrong('the comparison is turned around', '>')],
      more: ['>', '>=', wrong('the comparison is turned around', '<')],
      bottom: ['$low', wrong(swapped, '$high')],
      top: ['$high', wrong(swapped, '$low')],
      three: ['[$low, $x, $high]', '($x, $low, $high)'],
      middle: ['1', wrong('that is the smallest', '0'), wrong('that is the largest', '2')],
      raised: ['max($x, $low)', wrong(swapped, 'min($x, $low)')],
      lowered: ['min($out, $high)', wrong(swapped, 'max($out, $high)'), wrong('the first limit is forgotten', 'min($x, $high)')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($x: number, $low: number, $high: number)<type> {\n  <doc>\n  <body>\n}'],
      type: [': number', ''],
      body: [
        'return <both>',
        'if ($x <less> $low) return <bottom>\nif ($x <more> $high) return <top>\nreturn $x',
        'return $x <less> $low ? <bottom> : $x <more> $high ? <top> : $x',
        'if ($x <less> $low) {\n  return <bottom>\n}\nreturn $x <more> $high ? <top> : $x',
        'const $out = <raised>\nreturn <lowered>',
        'return [$low, $x, $high].sort(($i, $j) => $i - $j)[<middle>] ?? $x',
      ],
      both: ['Math.max($low, Math.min($x, $high))', 'Math.min($high, Math.max($x, $low))', 'Math.min(Math.max($x, $low), $high)', wrong(swapped, 'Math.max($high, Math.min($x, $low))'), wrong('there is no upper limit', 'Math.max($x, $low)'), wrong('there is no lower limit', 'Math.min($x, $high)')],
      less: ['<', '<=', wrong('the comparison is turned around', '>')],
      more: ['>', '>=', wrong('the comparison is turned around', '<')],
      bottom: ['$low', wrong(swapped, '$high')],
      top: ['$high', wrong(swapped, '$low')],
      middle: ['1', wrong('that is the smallest', '0'), wrong('that is the largest', '2')],
      raised: ['Math.max($x, $low)', wrong(swapped, 'Math.min($x, $low)')],
      lowered: ['Math.min($out, $high)', wrong(swapped, 'Math.max($out, $high)'), wrong('the first limit is forgotten', 'Math.min($x, $high)')],
    },
    tests: [],
  },
}
