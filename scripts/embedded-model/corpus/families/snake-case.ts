import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const capitals = 'capital letters stay'
const front = 'a capital letter at the beginning gets an underscore too'

export const snakeCase: Family = {
  name: 'snake-case',
  verbs: ['snake', 'to', 'convert', 'make'],
  nouns: ['case', 'snake_case', 'snake', 'underscored', 'snake_name'],
  parameters: { source: ['name', 'text', 'identifier', 's', 'label', 'word'] },
  locals: { signs: ['signs', 'pieces', 'letters', 'chars'] },
  phrases: [
    '[converts/convert] the camel case name $source to snake case: small letters, and an underscore before each former capital but the first character',
    '[returns/return] $source, written like maxItemCount, as max_item_count',
    '[turns/turn] camelCase in $source into snake_case',
    '[puts/put] an underscore before every capital letter of $source, except at the beginning, and [makes/make] all letters small',
    '[writes/write] the identifier $source in snake case instead of camel case, so that UserName is user_name',
    '[changes/change] the camel case text $source to snake_case',
    '[gives/give] $source in snake case, hello_world for helloWorld',
    '[returns/return] the snake case form of the name $source',
    '[makes/make] of a camelCase name $source a snake_case one',
    '[rewrites/rewrite] $source from camel case to small letters with underscores',
    '[changes/change] a name such as helloWorld in $source to hello_world',
    '[gives/give] the snake case form of the camel case text $source',
  ],
  examples: [
    { arguments: ['helloWorld'], result: 'hello_world' },
    { arguments: ['UserName'], result: 'user_name' },
    { arguments: ['plain'], result: 'plain' },
    { arguments: [''], result: '' },
    { arguments: ['maxItemCount'], result: 'max_item_count' },
  ],
  stage: { takes: 'text', gives: 'text' },
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', "<sig>\n    <doc>\n    $out = ''\n    for $i, $char in enumerate($source):\n        <step>\n    return $out", "<sig>\n    <doc>\n    $signs = []\n    for $char in $source:\n        <part>\n        <add>\n    return ''.join($signs)"],
      sig: ['def $f($source):', 'def $f($source: str) -> str:'],
      short: [
        "return re.sub(<pattern>, '_', $source)<lower>",
        "return re.sub(r'([A-Z])', r'_\\1', $source)<strip><lower>",
        "return ''.join('_' + $char if $char.isupper() else $char for $char in $source)<strip><lower>",
        wrong('it makes letters small and nothing else', 'return $source.lower()'),
        wrong('it parts with hyphens', "return re.sub(r'(?<!^)(?=[A-Z])', '-', $source).lower()"),
      ],
      pattern: ["r'(?<!^)(?=[A-Z])'", "r'(?<=[a-z])(?=[A-Z])'", wrong(front, "r'(?=[A-Z])'"), wrong('the capital letter itself is lost', "r'(?<!^)[A-Z]'")],
      lower: ['.lower()', '.casefold()', wrong(capitals, '')],
      strip: [".lstrip('_')", ".removeprefix('_')", wrong(front, '')],
      step: ["if $char.isupper() and $i > 0:\n    $out += '_'\n$out += $char.lower()", "$out += '_' + $char.lower() if $char.isupper() and $i else $char.lower()", wrong(front, "if $char.isupper():\n    $out += '_'\n$out += $char.lower()"), wrong(capitals, "if $char.isupper() and $i > 0:\n    $out += '_'\n$out += $char"), wrong('the underscore stands behind the capital', "$out += $char.lower()\nif $char.isupper() and $i > 0:\n    $out += '_'")],
      part: ["if $char.isupper() and $signs:\n    $signs.append('_')", wrong(front, "if $char.isupper():\n    $signs.append('_')")],
      add: ['$signs.append($char.lower())', '$signs += $char.lower()', wrong(capitals, '$signs.append($char)')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($source: string): string {\n  <doc>\n  <body>\n}'],
      body: [
        "return $source.replace(<pattern>, '_')<lower>",
        "return $source.replace(/[A-Z]/g, ($char, $i: number) => <piece>)",
        "return $source.split(<pattern>).join('_')<lower>",
        "let $out = ''\nfor (const $char of $source) {\n  <part>\n  <add>\n}\nreturn $out",
        "return $source.replace(/([A-Z])/g, '_$1')<strip><lower>",
        wrong('it makes letters small and nothing else', 'return $source.toLowerCase()'),
      ],
      pattern: ['/(?<!^)(?=[A-Z])/g', '/(?<=[a-z])(?=[A-Z])/g', wrong('the capital letter itself is lost', '/(?<!^)[A-Z]/g')],
      lower: ['.toLowerCase()', '.toLocaleLowerCase()', wrong(capitals, '')],
      strip: [".replace(/^_/, '')", wrong(front, '')],
      piece: ["($i > 0 ? '_' : '') + $char.toLowerCase()", "$i === 0 ? $char.toLowerCase() : `_${$char.toLowerCase()}`", wrong(front, '`_${$char.toLowerCase()}`'), wrong(capitals, "$i === 0 ? $char : `_${$char}`")],
      part: ["if (/[A-Z]/.test($char) && $out !== '') $out += '_'", "if ($char !== $char.toLowerCase() && $out.length > 0) $out += '_'", wrong(front, "if (/[A-Z]/.test($char)) $out += '_'")],
      add: ['$out += $char.toLowerCase()', '$out = $out + $char.toLowerCase()', wrong(capitals, '$out += $char')],
    },
    tests: [],
  },
}
