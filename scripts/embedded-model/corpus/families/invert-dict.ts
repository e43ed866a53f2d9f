import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const first = 'of equal values the first key is kept'

export const invertDict: Family = {
  name: 'invert-dict',
  verbs: ['invert', 'reverse', 'swap', 'flip'],
  nouns: ['dict', 'mapping', 'keys_and_values', 'table', 'lookup'],
  parameters: { mapping: ['mapping', 'table', 'lookup', 'source', 'names', 'codes'] },
  phrases: [
    '[returns/return] a {dict} that leads from each value of $mapping to its key; of several keys the last one counts',
    '[swaps/swap] the keys and values of $mapping, where the last of equal values wins, and [returns/return] the new {dict}',
    '[inverts/invert] the {dict} $mapping, whose values are texts: values become keys and keys become values, later ones win',
    '[turns/turn] $mapping around, so that the result has its values as keys and its keys as values, the last key for equal values',
    '[exchanges/exchange] keys and values of $mapping in a new {dict} and [keeps/keep] the last where values are equal',
    '[gives/give] $mapping in the other direction: values lead to keys, the last of equals counts',
    '[reverses/reverse] $mapping so that its values become the keys, the last key winning',
    '[makes/make] a {dict} from the values of $mapping to their keys, the last key for a value that occurs twice',
    '[returns/return] the inverse {dict} of $mapping, where later entries win',
    '[maps/map] each value of $mapping to its key, later ones replace earlier ones',
    '[builds/build] the inverse of $mapping, from value to key, and later entries replace earlier ones',
    '[gives/give] for $mapping the {dict} in the other direction, the last key for a value that occurs twice',
  ],
  examples: [
    { arguments: [{ a: 'x', b: 'y' }], result: { x: 'a', y: 'b' } },
    { arguments: [{}], result: {} },
    { arguments: [{ one: 'k', two: 'k' }], result: { k: 'two' } },
    { arguments: [{ de: 'Berlin', fr: 'Paris', it: 'Rome' }], result: { Berlin: 'de', Paris: 'fr', Rome: 'it' } },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    $out = {}\n    for $key, $item in <pairs>:\n        <put>\n    return $out', '<sig>\n    <doc>\n    $out = {}\n    for $key in $mapping:\n        <put_key>\n    return $out'],
      sig: ['def $f($mapping):', 'def $f($mapping: dict) -> dict:', 'def $f($mapping: dict[str, str]) -> dict[str, str]:'],
      pairs: ['$mapping.items()', 'list($mapping.items())'],
      short: [
        'return {$item: $key for $key, $item in <pairs>}',
        'return dict(($item, $key) for $key, $item in <pairs>)',
        'return dict(zip($mapping.values(), $mapping.keys()))',
        'return dict(map(reversed, $mapping.items()))',
        wrong('it copies and does not invert', 'return {$key: $item for $key, $item in $mapping.items()}'),
        wrong('it returns pairs', 'return [($item, $key) for $key, $item in $mapping.items()]'),
        wrong('both sides are the values', 'return dict(zip($mapping.values(), $mapping.values()))'),
        wrong('it collects all keys in lists', 'return {$item: [$key] for $key, $item in $mapping.items()}'),
      ],
      put: ['$out[$item] = $key', '$out.update({$item: $key})', wrong(first, '$out.setdefault($item, $key)'), wrong('it copies and does not invert', '$out[$key] = $item'), wrong('only the last entry is left', '$out = {$item: $key}')],
      put_key: ['$out[$mapping[$key]] = $key', '$item = $mapping[$key]\n$out[$item] = $key', wrong(first, 'if $mapping[$key] not in $out:\n    $out[$mapping[$key]] = $key'), wrong('key and value are the same', '$out[$mapping[$key]] = $mapping[$key]')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($mapping: Record<string, string>): Record<string, string> {\n  <doc>\n  <body>\n}'],
      body: [
        'return Object.fromEntries(<turned>)',
        'const $out: Record<string, string> = {}\nfor (const [$key, $item] of <pairs>) <put>\nreturn $out',
        'const $out: Record<string, string> = {}\nfor (const $key of Object.keys($mapping)) <put_key>\nreturn $out',
        'const $out: Record<string, string> = {}\n<pairs>.forEach(([$key, $item]) => {\n  <put>\n})\nreturn $out',
        'const $out = new Map<string, string>()\nfor (const [$key, $item] of <pairs>) <set>\nreturn Object.fromEntries($out)',
        'const $seen = <turned>\nreturn Object.fromEntries($seen)',
        'return <pairs>.reduce<Record<string, string>>(($out, [$key, $item]) => ({ ...$out, <entry> }), {})',
      ],
      turned: ['<pairs>.map(([$key, $item]) => [$item, $key])', 'Object.keys($mapping).map(($key) => [$mapping[$key], $key])', wrong('it copies and does not invert', 'Object.entries($mapping)'), wrong('key and value are the same', 'Object.values($mapping).map(($item) => [$item, $item])')],
      pairs: ['Object.entries($mapping)', 'Array.from(Object.entries($mapping))'],
      put: ['$out[$item] = $key', wrong(first, '$out[$item] ??= $key'), wrong('it copies and does not invert', '$out[$key] = $item')],
      put_key: ['$out[$mapping[$key]] = $key', '{\n  const $item = $mapping[$key]\n  $out[$item] = $key\n}', wrong(first, '$out[$mapping[$key]] ??= $key'), wrong('key and value are the same', '$out[$mapping[$key]] = $mapping[$key]')],
      set: ['$out.set($item, $key)', '{\n  $out.set($item, $key)\n}', wrong('it copies and does not invert', '$out.set($key, $item)'), wrong(first, '$out.set($item, $out.get($item) ?? $key)')],
      entry: ['[$item]: $key', wrong('it copies and does not invert', '[$key]: $item')],
    },
    tests: [],
  },
}
