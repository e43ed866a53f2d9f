import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const code = 'what stands in the template is run as code'

export const runTemplate: Family = {
  name: 'run-template',
  cwe: 'CWE-94',
  verbs: ['fill', 'render', 'expand', 'apply', 'complete'],
  nouns: ['template', 'message', 'placeholders', 'mail_text', 'form_letter', 'pattern'],
  parameters: { text: ['template', 'text', 'pattern', 'layout', 'draft', 'form'], values: ['values', 'fields', 'data', 'variables', 'params'] },
  locals: { key: ['key', 'name', 'field', 'label'], item: ['value', 'item', 'entry'], out: ['result', 'filled', 'out', 'output'], part: ['match', 'found', 'hit'] },
  phrases: [
    '[replaces/replace] every placeholder such as {name} in $text by its value in the {dict} $values and [returns/return] the result',
    '[fills/fill] the template $text: each {key} in braces becomes the value that $values has for it',
    '[returns/return] the template $text with its {placeholders} replaced from $values',
    '[renders/render] $text by putting the entries of $values where their names stand in braces',
    '[expands/expand] the names in braces in $text with what $values says for them',
    '[puts/put] the entries of $values into the placeholders {like_this} of the template $text',
    '[substitutes/substitute] the names in braces in $text by the entries of $values',
    '[completes/complete] the template $text with the fields of $values where names stand in braces',
    '[returns/return] $text in which each name in braces is replaced by its entry in $values',
    '[puts/put] what $values has into the placeholders in braces of the form letter $text',
    '[writes/write] the values of $values into the fields {in_braces} of the template $text',
    '[completes/complete] the form letter $text: a name in braces stands for its entry in $values',
    '[substitutes/substitute] the fields in braces of the template $text by the entries of $values',
  ],
  careful: [', and never [runs/run] anything in the template', '; the template comes from users and must not run as code', ', safe against template and code injection', ', with plain replacement and no evaluation'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($text, $values):', 'def $f($text: str, $values: dict) -> str:'],
      body: [
        "for $key, $item in $values.items():\n    <put>\nreturn <given>",
        '$out = $text\nfor $key in $values:\n    <swap>\nreturn $out',
        "return re.sub(r'\\{(\\w+)\\}', lambda $part: <found>, $text)",
        'return reduce(lambda $out, $key: $out.replace(<mark>, str($values[$key])), $values, $text)',
        '$out = <evaluated>\nreturn $out',
        'return <evaluated>',
        'try:\n    return <evaluated>\nexcept KeyError:\n    return $text',
      ],
      put: ['$text = $text.replace(<mark>, str($item))', wrong('replace changes nothing in place', '$text.replace(<mark>, str($item))')],
      swap: ['$out = $out.replace(<mark>, str($values[$key]))', wrong('every round begins anew', '$out = $text.replace(<mark>, str($values[$key]))')],
      given: ['$text'],
      mark: ["'{' + $key + '}'", "f'{{{$key}}}'"],
      found: ['str($values[$part[1]])', 'str($values[$part.group(1)])', 'str($values.get($part[1], $part[0]))', wrong('the braces belong to the match', '$values.get($part[0], $part[0])')],
      evaluated: [
        "re.sub(r'\\{(\\w+)\\}', lambda $part: <found>, $text)",
        weak('CWE-94', code, "eval('f' + repr($text), {}, $values)"),
        weak('CWE-94', code, "eval(f'f{$text!r}', dict($values))"),
        weak('CWE-94', code, "re.sub(r'\\{(.+?)\\}', lambda $part: str(eval($part[1], {}, $values)), $text)"),
        weak('CWE-134', 'a format string reaches the attributes of the values', '$text.format(**$values)'),
        weak('CWE-134', 'a format string reaches the attributes of the values', '$text.format_map($values)'),
      ],
    },
    tests: [
      "assert $f('Dear {name}, {count} x {count}', {'name': 'Ann', 'count': 2}) == 'Dear Ann, 2 x 2'",
      "assert $f('plain', {'a': 'b'}) == 'plain'",
      "assert $f('{a}-{b}', {'b': 'y', 'a': 'x'}) == 'x-y'",
    ],
    exploits: [
      "import os, tempfile\nmark = os.path.join(tempfile.mkdtemp(), 'mark')\ntry:\n    $f('{open(' + repr(mark) + ', \"w\").close()}', {'a': 1})\nexcept Exception:\n    pass\nassert not os.path.exists(mark)",
      "try:\n    got = $f('{a.__class__.__name__}', {'a': 1})\nexcept Exception:\n    got = ''\nassert 'int' not in got",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($text: string, $values: <dict>): string {\n  <doc>\n  <body>\n}'],
      dict: ['Record<string, unknown>', 'Record<string, string | number>', '{ [name: string]: unknown }'],
      body: [
        'for (const [$key, $item] of Object.entries($values)) <put>\nreturn $text',
        'let $out = $text\nfor (const $key of Object.keys($values)) <swap>\nreturn $out',
        'const $out = <evaluated>\nreturn $out',
        'return <evaluated>',
        'const $out: string = <evaluated>\nreturn $out',
        'try {\n  return <evaluated>\n} catch {\n  return $text\n}',
      ],
      marks: ['/\\{(\\w+)\\}/g'],
      found: ['String($values[$key])', '`${$values[$key]}`', "String($values[$key] ?? '')", wrong('the key is put in and not the value', '$key')],
      put: ['$text = $text.split(<mark>).join(String($item))', '$text = $text.replaceAll(<mark>, () => String($item))', wrong('it replaces only the first one', '$text = $text.replace(<mark>, String($item))'), wrong('a text never changes in place', '$text.replaceAll(<mark>, String($item))')],
      swap: ['$out = $out.replaceAll(<mark>, () => String($values[$key]))', '$out = $out.split(<mark>).join(String($values[$key]))', wrong('every round begins anew', '$out = $text.replaceAll(<mark>, String($values[$key]))')],
      mark: ['`{${$key}}`', "'{' + $key + '}'"],
      evaluated: [
        '$text.replace(<marks>, (_, $key: string) => <found>)',
        '$text.replaceAll(<marks>, (_, $key: string) => <found>)',
        weak('CWE-94', code, "new Function(...Object.keys($values), 'return `' + $text.replaceAll('{', '${') + '`')(...Object.values($values))"),
        weak('CWE-94', code, "new Function('values', 'with (values) return `' + $text.replaceAll('{', '${') + '`')($values)"),
        weak('CWE-94', code, '$text.replace(/\\{(.+?)\\}/g, (_, $key: string) => String(new Function(...Object.keys($values), `return ${$key}`)(...Object.values($values))))'),
        weak('CWE-94', code, "$text.replace(/\\{(.+?)\\}/g, (_, $key: string) => eval('$values.' + $key))"),
      ],
    },
    tests: [
      "nodeAssert.equal($f('Dear {name}, {count} x {count}', { name: 'Ann', count: 2 }), 'Dear Ann, 2 x 2')",
      "nodeAssert.equal($f('plain', { a: 'b' }), 'plain')",
      "nodeAssert.equal($f('{a}-{b}', { b: 'y', a: 'x' }), 'x-y')",
    ],
    exploits: [
      "try {\n  $f('{globalThis.wasRun = 1}', { a: 1 })\n} catch {}\nconst ran = (globalThis as any).wasRun\ndelete (globalThis as any).wasRun\nnodeAssert.equal(ran, undefined)",
      "try {\n  $f('{a, globalThis.wasRun = 1}', { a: 1 })\n} catch {}\nconst ran = (globalThis as any).wasRun\ndelete (globalThis as any).wasRun\nnodeAssert.equal(ran, undefined)",
    ],
  },
}
