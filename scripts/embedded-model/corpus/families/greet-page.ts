import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const raw = 'the name stands unescaped in the page'
const half = 'only one of the characters that matter is escaped'
const escapedNode = "replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')"

export const greetPage: Family = {
  name: 'greet-page',
  cwe: 'CWE-79',
  verbs: ['greet', 'render', 'welcome', 'make', 'build'],
  nouns: ['page', 'visitor', 'greeting', 'user_html', 'header', 'guest'],
  parameters: { name: ['name', 'visitor', 'username', 'guest', 'who', 'display_name'] },
  locals: { text: ['safe', 'clean', 'shown', 'label', 'escaped'], out: ['html_text', 'page', 'markup', 'output'] },
  phrases: [
    '[returns/return] the HTML heading <h1>Hello, $name!</h1> for the visitor $name',
    '[builds/build] the HTML text <h1>Hello, NAME!</h1> with the value of $name in place of NAME',
    '[greets/greet] $name with an HTML heading of the form <h1>Hello, ...!</h1>',
    '[renders/render] an h1 element that says Hello, $name! and [returns/return] it as HTML',
    '[makes/make] the HTML greeting <h1>Hello, ...!</h1> with $name between the comma and the exclamation mark',
    '[puts/put] $name into the HTML heading <h1>Hello, ...!</h1> and [returns/return] the heading',
    '[says/say] hello to $name in an HTML heading <h1>Hello, $name!</h1>',
    '[gives/give] HTML that greets the visitor: <h1>Hello, $name!</h1>',
    '[welcomes/welcome] the visitor $name with an h1 heading Hello, $name!',
    '[returns/return] a page heading (h1) with Hello, and $name and an exclamation mark',
    '[produces/produce] the HTML <h1>Hello, ...!</h1> in which $name is greeted',
    '[gives/give] an HTML heading (h1) back in which $name is greeted with Hello, $name!',
    '[welcomes/welcome] $name on an HTML page: <h1>Hello, $name!</h1>',
  ],
  careful: [', with $name escaped', ', safe against cross-site scripting', '; markup in $name must show as plain text', ', and no script in $name may ever run'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($name):', 'def $f($name: str) -> str:'],
      body: [
        '$text = <safe>\nreturn <page>',
        '$text = <safe>\n$out = <page>\nreturn $out',
        "return '<h1>Hello, ' + <safe> + '<tail>'",
        "$out = ['<h1>', '<word>', <safe>, '<tail>']\nreturn ''.join($out)",
        "return '<h1><word>{}<tail>'.format(<safe>)",
      ],
      safe: ['html.escape($name)', 'html.escape($name, quote=True)', 'html.escape($name, quote=False)', 'html.escape(str($name))', weak('CWE-79', raw, '$name'), weak('CWE-79', half, "$name.replace('&', '&amp;')"), weak('CWE-79', 'other tags than script pass', "$name.replace('<script>', '')"), weak('CWE-79', raw, '$name.strip()'), weak('CWE-79', 'what stands between tags can be a script', "$name.replace('</', '')")],
      page: ["f'<h1><word>{$text}<tail>'", "'<h1><word>%s<tail>' % $text", "'<h1><word>' + $text + '<tail>'"],
      word: ['Hello, '],
      tail: ['!</h1>', wrong('the exclamation mark is missing', '</h1>'), wrong('the heading is not closed', '!')],
    },
    tests: ["assert $f('Ann') == '<h1>Hello, Ann!</h1>'", "assert $f('Bob Lee') == '<h1>Hello, Bob Lee!</h1>'"],
    exploits: ["assert '<script>' not in $f('<script>alert(1)</script>')", "assert '<img' not in $f('<img src=x onerror=alert(1)>')"],
  },
  typescript: {
    grammar: {
      program: ['export function $f($name: string)<type> {\n  <doc>\n  <body>\n}'],
      type: [': string', ''],
      body: ['const $text = <safe>\nreturn <page>', 'const $text = <safe>\nconst $out = <page>\nreturn $out', "return '<h1><word>' + <safe> + '<tail>'", 'return `<h1><word>${<safe>}<tail>`', "return ['<h1>', '<word>', <safe>, '<tail>'].join('')"],
      safe: [
        `$name.${escapedNode}`,
        "$name.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')",
        `$name.${escapedNode}.replaceAll('"', '&quot;')`,
        weak('CWE-79', raw, '$name'),
        weak('CWE-79', half, "$name.replaceAll('&', '&amp;')"),
        weak('CWE-79', 'only the first angle bracket is escaped', "$name.replace('<', '&lt;')"),
        weak('CWE-79', 'other tags than script pass', "$name.replaceAll('<script>', '')"),
      ],
      page: ['`<h1><word>${$text}<tail>`', "'<h1><word>' + $text + '<tail>'"],
      word: ['Hello, '],
      tail: ['!</h1>', wrong('the exclamation mark is missing', '</h1>'), wrong('the heading is not closed', '!')],
    },
    tests: ["nodeAssert.equal($f('Ann'), '<h1>Hello, Ann!</h1>')", "nodeAssert.equal($f('Bob Lee'), '<h1>Hello, Bob Lee!</h1>')"],
    exploits: ["nodeAssert.ok(!$f('<b>x</b><script>alert(1)</script>').includes('<script>'))", "nodeAssert.ok(!$f('<b>x</b><img src=x onerror=alert(1)>').includes('<img'))"],
  },
}
