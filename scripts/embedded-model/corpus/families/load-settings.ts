import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const runs = 'the text is run as code'

export const loadSettings: Family = {
  name: 'load-settings',
  cwe: 'CWE-94',
  verbs: ['load', 'parse', 'read', 'decode', 'merge'],
  nouns: ['settings', 'config', 'options', 'preferences', 'configuration'],
  parameters: { text: ['text', 'raw', 'content', 'source', 'data', 'payload'], defaults: ['defaults', 'base', 'fallback', 'initial', 'standard'] },
  locals: { key: ['key', 'field', 'label'], item: ['value', 'item', 'entry'], out: ['settings', 'result', 'merged', 'config'], part: ['loaded', 'given', 'parsed', 'own'] },
  phrases: [
    '[reads/read] settings from the JSON text $text and [returns/return] them together with $defaults for what is missing',
    '[parses/parse] the JSON object in $text and [returns/return] a {dict} of $defaults with its entries put over them',
    '[returns/return] the settings of $defaults overridden by those of the JSON text $text',
    '[loads/load] the JSON settings $text; what is not set there comes from $defaults',
    '[merges/merge] the settings written as JSON in $text over $defaults',
    '[decodes/decode] the JSON in $text and [fills/fill] in every missing key from $defaults',
    '[takes/take] settings from the JSON $text, the rest comes from $defaults',
    '[combines/combine] the JSON object $text with $defaults; what $text says wins',
    '[reads/read] the JSON text $text and [uses/use] $defaults as fallback for missing settings',
    '[gives/give] the settings in the JSON $text over those of $defaults',
    '[overrides/override] $defaults by the settings that the JSON text $text holds',
    '[takes/take] the settings that the JSON text $text holds, with $defaults as fallback',
    '[combines/combine] $defaults with what the JSON object $text says, which wins',
  ],
  careful: [', and never [runs/run] anything of it', '; $text comes from strangers and must never run as code', ', safe against code injection', ', with a parser that evaluates nothing'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    $part = <load>\n    <merge>'],
      sig: ['def $f($text, $defaults):', 'def $f($text: str, $defaults: dict) -> dict:'],
      load: [
        'json.loads($text)',
        'json.loads($text.strip())',
        'json.loads($text, strict=False)',
        'ast.literal_eval($text.strip())',
        weak('CWE-94', runs, 'eval($text)'),
        weak('CWE-94', runs, 'eval($text.strip())'),
        weak('CWE-94', 'without builtins every class can still be reached', "eval($text, {'__builtins__': {}})"),
        weak('CWE-94', runs, 'eval($text, {}, {})'),
      ],
      merge: [
        'return {**$defaults, **$part}',
        'return $defaults | $part',
        '$out = dict($defaults)\n<over>\nreturn $out',
        '$out = $defaults.copy()\n<over>\nreturn $out',
        wrong('the defaults win', 'return {**$part, **$defaults}'),
        wrong('the defaults are missing', 'return $part'),
      ],
      over: ['$out.update($part)', 'for $key, $item in $part.items():\n    $out[$key] = $item', wrong('only what was there before is kept', 'for $key in $part:\n    $out.setdefault($key, $part[$key])'), wrong('the settings are never put in', '$part.update($out)')],
    },
    tests: [
      'assert $f(\'{"size": 3, "name": "x"}\', {"size": 1, "deep": 2}) == {"size": 3, "name": "x", "deep": 2}',
      "assert $f('{}', {\"a\": 1}) == {\"a\": 1}",
    ],
    exploits: [
      "import os, tempfile\nmark = os.path.join(tempfile.mkdtemp(), 'mark')\ntry:\n    $f('{\"a\": open(' + repr(mark) + ', \"w\").close()}', {})\nexcept Exception:\n    pass\nassert not os.path.exists(mark)",
      "import os, tempfile\nmark = os.path.join(tempfile.mkdtemp(), 'mark')\ntry:\n    $f('{\"a\": [c for c in ().__class__.__base__.__subclasses__() if c.__name__ == \"_wrap_close\"][0].__init__.__globals__[\"mkdir\"](' + repr(mark) + ')}', {})\nexcept Exception:\n    pass\nassert not os.path.exists(mark)",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($text: string, $defaults: Record<string, unknown>): Record<string, unknown> {\n  <doc>\n  const $part = <load>\n  <merge>\n}', 'export function $f($text: string, $defaults: Record<string, unknown>) {\n  <doc>\n  return <directly>\n}'],
      load: [
        'JSON.parse($text)',
        'JSON.parse($text) as Record<string, unknown>',
        'JSON.parse($text.trim())',
        'JSON.parse(String($text))',
        weak('CWE-94', runs, "eval('(' + $text + ')')"),
        weak('CWE-94', runs, 'eval(`(${$text})`)'),
        weak('CWE-94', runs, "new Function('return ' + $text)()"),
        weak('CWE-94', runs, 'new Function(`return (${$text})`)()'),
      ],
      directly: ['{ ...$defaults, ...<load> }', 'Object.assign({}, $defaults, <load>)', wrong('the defaults win', '{ ...<load>, ...$defaults }')],
      merge: [
        'return { ...$defaults, ...$part }',
        'const $out = { ...$defaults, ...$part }\nreturn $out',
        'return Object.assign({}, $defaults, $part)',
        'const $out: Record<string, unknown> = { ...$defaults }\nfor (const [$key, $item] of Object.entries($part)) $out[$key] = $item\nreturn $out',
        wrong('the defaults win', 'return { ...$part, ...$defaults }'),
        wrong('the defaults are missing', 'return $part'),
      ],
    },
    tests: [
      "nodeAssert.deepEqual($f('{\"size\": 3, \"name\": \"x\"}', { size: 1, deep: 2 }), { size: 3, name: 'x', deep: 2 })",
      "nodeAssert.deepEqual($f('{}', { a: 1 }), { a: 1 })",
    ],
    exploits: ["try {\n  $f('{\"a\": globalThis.wasRun = true}', {})\n} catch {}\nnodeAssert.equal((globalThis as any).wasRun, undefined)"],
  },
}
