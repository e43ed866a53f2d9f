import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const escapes = 'the name can lead out of the base directory'
const pythonTop = "import os, tempfile\ntop = tempfile.mkdtemp()\nbase = os.path.join(top, 'pub')\nos.mkdir(base)\nos.mkdir(base + 'lic')\n"
const nodeTop = "const top = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'b'))\nconst base = nodePath.join(top, 'pub')\nfor (const name of ['pub', 'public']) nodeFs.mkdirSync(nodePath.join(top, name))\n"

export const writeBelow: Family = {
  name: 'write-below',
  cwe: 'CWE-22',
  verbs: ['write', 'save', 'store', 'put', 'keep'],
  nouns: ['note', 'document', 'page', 'report', 'draft', 'attachment', 'export_file', 'entry'],
  parameters: {
    base: ['base', 'base_dir', 'folder', 'directory', 'storage'],
    name: ['name', 'filename', 'rel_path', 'doc_name', 'file_name'],
    text: ['text', 'content', 'body', 'data', 'note'],
  },
  phrases: [
    '[writes/write] $text to the file $name below the directory $base',
    '[saves/save] the text $text as the file $name in $base',
    '[stores/store] $text in the file named $name inside $base',
    '[puts/put] $text into the file $name of the folder $base',
    '[creates/create] the file $name in the directory $base with the text $text',
    '[keeps/keep] the text $text in the folder $base, as a file that is named $name',
    '[fills/fill] a file $name in the folder $base with the text $text',
    '[records/record] the text $text in $base under the name $name',
    '[puts/put] $text as a file named $name into the directory $base',
    '[writes/write] the text $text to $base, in the file $name',
    '[makes/make] a file $name inside $base that holds $text',
    '[records/record] $text under the file name $name in $base',
    '[fills/fill] the file $name in the directory $base with $text',
  ],
  careful: [', and [rejects/reject] every name that leads out of $base', '; a path that leaves $base is an error', ', safe against path traversal', ' without ever leaving $base'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <paths>', '<sig>\n    <doc>\n    <joined>'],
      sig: ['def $f($base, $name, $text):', 'def $f($base: str, $name: str, $text: str) -> None:'],
      paths: ['$root = Path($base).resolve()\n$full = ($root / $name).resolve()\n<inside>\n<write>'],
      inside: [
        'if not $full.is_relative_to($root):\n    <refuse>',
        'if $root not in $full.parents:\n    <refuse>',
        weak('CWE-22', escapes, ''),
        weak('CWE-22', 'a text prefix says nothing of a path: sibling directories pass', 'if not str($full).startswith(str($root)):\n    <refuse>'),
      ],
      write: [
        '$full.write_text($text)',
        "$full.write_text($text, encoding='utf-8')",
        "with $full.open('w') as $handle:\n    $handle.write($text)",
                wrong('it appends to what is there', "with $full.open('a') as $handle:\n    $handle.write($text)"),
      ],
      joined: ['$root = os.path.realpath($base)\n$full = os.path.realpath(os.path.join($root, $name))\n<common>\n<save>'],
      common: [
        'if os.path.commonpath([$root, $full]) != $root:\n    <refuse>',
        'if not $full.startswith($root + os.sep):\n    <refuse>',
        weak('CWE-22', escapes, ''),
        weak('CWE-22', 'it looks at the name before the path is resolved', "if $name.startswith('/'):\n    <refuse>"),
      ],
      save: [
        "with open($full, 'w') as $handle:\n    $handle.write($text)",
        "with open($full, 'w', encoding='utf-8') as $handle:\n    $handle.write($text)",
        wrong('it appends to what is there', "with open($full, 'a') as $handle:\n    $handle.write($text)"),
      ],
      refuse: ["raise ValueError('path outside of the base directory')", "raise ValueError('invalid path')", "raise PermissionError('not allowed')"],
    },
    tests: [
      "import os, tempfile\nbase = tempfile.mkdtemp()\n$f(base, 'a.txt', 'old text')\n$f(base, 'a.txt', 'one')\nassert open(os.path.join(base, 'a.txt')).read() == 'one'",
      "import os, tempfile\nbase = tempfile.mkdtemp()\nos.mkdir(os.path.join(base, 'sub'))\n$f(base, 'sub/b.txt', 'deep')\nassert open(os.path.join(base, 'sub', 'b.txt')).read() == 'deep'",
      "assert [$f('/tmp', 'a.txt', 'one'), open('/tmp/a.txt').read()][1] == 'one'",
      "assert [$f('/tmp', 'note.txt', ''), open('/tmp/note.txt').read()][1] == ''",
    ],
    exploits: [
      `${pythonTop}try:\n    $f(base, '../out.txt', 'x')\nexcept Exception:\n    pass\nassert not os.path.exists(os.path.join(top, 'out.txt'))`,
      `${pythonTop}try:\n    $f(base, '../public/out.txt', 'x')\nexcept Exception:\n    pass\nassert not os.path.exists(os.path.join(top, 'public', 'out.txt'))`,
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($base: string, $name: string, $text: string): void {\n  <doc>\n  const $root = <root>\n  const $full = <target>\n  <inside>\n  <write>\n}'],
      root: ['resolve($base)', 'realpathSync($base)'],
      target: ['resolve($root, $name)', 'join($root, $name)'],
      inside: [
        'if (!$full.startsWith($root + sep)) <refuse>',
        "if (relative($root, $full).startsWith('..')) <refuse>",
        weak('CWE-22', escapes, ''),
        weak('CWE-22', 'a text prefix says nothing of a path: sibling directories pass', 'if (!$full.startsWith($root)) <refuse>'),
      ],
      refuse: ["throw new Error('path outside of the base directory')", "throw new Error('invalid path')", "{\n    throw new Error('not allowed')\n  }"],
      write: [
        'writeFileSync($full, $text)',
        "writeFileSync($full, $text, 'utf8')",
        wrong('it writes the name and not the text', 'writeFileSync($full, $name)'),
        wrong('it appends to what is there', "writeFileSync($full, $text, { flag: 'a' })"),
      ],
    },
    tests: [
      `${nodeTop}$f(base, 'a.txt', 'old text')\n$f(base, 'a.txt', 'one')\nnodeAssert.equal(nodeFs.readFileSync(nodePath.join(base, 'a.txt'), 'utf8'), 'one')`,
    ],
    exploits: [
      `${nodeTop}try {\n  $f(base, '../out.txt', 'x')\n} catch {}\nnodeAssert.ok(!nodeFs.existsSync(nodePath.join(top, 'out.txt')))`,
      `${nodeTop}try {\n  $f(base, '../public/out.txt', 'x')\n} catch {}\nnodeAssert.ok(!nodeFs.existsSync(nodePath.join(top, 'public', 'out.txt')))`,
    ],
  },
}
