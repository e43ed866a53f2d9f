import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const escapes = 'the name can lead out of the base directory'

export const readBelow: Family = {
  name: 'read-below',
  cwe: 'CWE-22',
  verbs: ['read', 'load', 'open', 'get', 'fetch', 'show'],
  nouns: ['note', 'document', 'page', 'report', 'upload', 'draft', 'template_file', 'article'],
  parameters: { base: ['base', 'base_dir', 'folder', 'directory', 'storage'], name: ['name', 'filename', 'rel_path', 'doc_name', 'entry'] },
  phrases: [
    '[reads/read] the file $name below the directory $base and [returns/return] its text',
    '[returns/return] the text of the file named $name inside $base',
    '[opens/open] $name in the directory $base and [returns/return] what it holds as text',
    '[loads/load] the text file $name from the directory $base',
    '[finds/find] the file $name in $base and [returns/return] its text',
    '[delivers/deliver] the text that the file $name in the folder $base has',
    '[gives/give] what stands in the document $name of the directory $base',
    '[gets/get] the content of $name, a file that is kept in $base',
    '[reads/read] the document $name of the folder $base as text',
    '[returns/return] what the file $name below $base contains',
    '[gives/give] the content of the document $name that is kept in $base',
    '[delivers/deliver] what stands in the file $name of the folder $base',
  ],
  careful: [
    ', and [rejects/reject] every name that leads out of $base',
    '; a path that leaves $base is an error',
    ', safe against path traversal',
    ' without ever leaving $base',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <paths>', '<sig>\n    <doc>\n    <joined>'],
      sig: ['def $f($base, $name):', 'def $f($base: str, $name: str) -> str:'],
      paths: [
        '$root = Path($base).resolve()\n$full = ($root / $name).resolve()\n<inside>\n<readpath>',
      ],
      inside: [
        'if not $full.is_relative_to($root):\n    <refuse>',
        'if $root not in $full.parents:\n    <refuse>',
        weak('CWE-22', escapes, ''),
        weak('CWE-22', 'a text prefix says nothing of a path: sibling directories pass', 'if not str($full).startswith(str($root)):\n    <refuse>'),
      ],
      readpath: ["return $full.read_text()", "return $full.read_text(encoding='utf-8')", 'with $full.open() as $handle:\n    return $handle.read()', wrong('it returns the path and not the text', 'return str($full)'), wrong('it returns lines and not the text', 'return $full.read_text().splitlines()')],
      joined: ['$root = os.path.realpath($base)\n$full = os.path.realpath(os.path.join($root, $name))\n<common>\n<readjoined>'],
      common: [
        'if os.path.commonpath([$root, $full]) != $root:\n    <refuse>',
        'if not $full.startswith($root + os.sep):\n    <refuse>',
        weak('CWE-22', escapes, ''),
        weak('CWE-22', 'it looks at the name before the path is resolved', "if $name.startswith('/'):\n    <refuse>"),
      ],
      readjoined: ['with open($full) as $handle:\n    return $handle.read()', "with open($full, encoding='utf-8') as $handle:\n    $text = $handle.read()\nreturn $text", wrong('it returns only the first line', 'with open($full) as $handle:\n    return $handle.readline()')],
      refuse: ["raise ValueError('path outside of the base directory')", "raise ValueError('invalid path')", "raise PermissionError('not allowed')"],
    },
    tests: [
      "import os, tempfile\nbase = tempfile.mkdtemp()\nopen(os.path.join(base, 'a.txt'), 'w').write('one\\ntwo\\n')\nassert $f(base, 'a.txt') == 'one\\ntwo\\n'",
      "import os, tempfile\nbase = tempfile.mkdtemp()\nos.mkdir(os.path.join(base, 'sub'))\nopen(os.path.join(base, 'sub', 'b.txt'), 'w').write('deep')\nassert $f(base, 'sub/b.txt') == 'deep'",
      "assert [open('/tmp/a.txt', 'w').write('one'), $f('/tmp', 'a.txt')][1] == 'one'",
      "assert [open('/tmp/note.txt', 'w').write('a\\nb'), $f('/tmp', 'note.txt')][1] == 'a\\nb'",
      "assert [open('/tmp/empty.txt', 'w').write(''), $f('/tmp', 'empty.txt')][1] == ''",
    ],
    exploits: [
      "import os, tempfile\ntop = tempfile.mkdtemp()\nbase = os.path.join(top, 'pub')\nos.mkdir(base)\nopen(os.path.join(top, 'secret.txt'), 'w').write('hidden')\ntry:\n    got = $f(base, '../secret.txt')\nexcept Exception:\n    got = None\nassert got != 'hidden'",
      "import os, tempfile\ntop = tempfile.mkdtemp()\nbase = os.path.join(top, 'pub')\nos.mkdir(base)\nos.mkdir(base + 'lic')\nopen(os.path.join(base + 'lic', 'secret.txt'), 'w').write('hidden')\ntry:\n    got = $f(base, '../public/secret.txt')\nexcept Exception:\n    got = None\nassert got != 'hidden'",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($base: string, $name: string): string {\n  <doc>\n  const $root = <root>\n  const $full = resolve($root, $name)\n  <inside>\n  <read>\n}'],
      root: ['resolve($base)', 'realpathSync($base)'],
      inside: [
        'if (!$full.startsWith($root + sep)) <refuse>',
        "if (relative($root, $full).startsWith('..')) <refuse>",
        weak('CWE-22', escapes, ''),
        weak('CWE-22', 'a text prefix says nothing of a path: sibling directories pass', 'if (!$full.startsWith($root)) <refuse>'),
      ],
      refuse: ["throw new Error('path outside of the base directory')", "throw new Error('invalid path')", "throw new Error('not allowed')"],
      read: ["return readFileSync($full, 'utf8')", "const $text = readFileSync($full, 'utf8')\nreturn $text", wrong('it returns the path and not the text', 'return $full'), wrong('it reads the name as it is', "return readFileSync($name, 'utf8')")],
    },
    tests: [
      "const base = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'b'))\nnodeFs.writeFileSync(nodePath.join(base, 'a.txt'), 'one\\ntwo\\n')\nnodeAssert.equal($f(base, 'a.txt'), 'one\\ntwo\\n')",
    ],
    exploits: [
      "const top = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'b'))\nfor (const name of ['pub', 'public']) nodeFs.mkdirSync(nodePath.join(top, name))\nnodeFs.writeFileSync(nodePath.join(top, 'secret.txt'), 'hidden')\nlet got\ntry {\n  got = $f(nodePath.join(top, 'pub'), '../secret.txt')\n} catch {}\nnodeAssert.notEqual(got, 'hidden')",
      "const top = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'b'))\nfor (const name of ['pub', 'public']) nodeFs.mkdirSync(nodePath.join(top, name))\nnodeFs.writeFileSync(nodePath.join(top, 'public', 'secret.txt'), 'hidden')\nlet got\ntry {\n  got = $f(nodePath.join(top, 'pub'), '../public/secret.txt')\n} catch {}\nnodeAssert.notEqual(got, 'hidden')",
    ],
  },
}
