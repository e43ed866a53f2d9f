import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const slips = 'a name in the archive can lead out of the folder'

export const extractArchive: Family = {
  name: 'extract-archive',
  cwe: 'CWE-22',
  verbs: ['extract', 'unpack', 'unzip', 'restore', 'expand'],
  nouns: ['archive', 'files', 'bundle', 'backup', 'package', 'entries'],
  parameters: { archive: ['archive', 'bundle', 'package', 'source', 'backup'], folder: ['folder', 'directory', 'target_dir', 'dest', 'destination'] },
  locals: { entry: ['entry', 'member', 'info', 'item'], path: ['path', 'place', 'full_path', 'out_path'], name: ['name', 'inner_name', 'rel_name', 'file_name'] },
  phrases: [
    '[unpacks/unpack] every file of the archive $archive into the directory $folder and [returns/return] how many there were',
    '[extracts/extract] the files of $archive below $folder and [returns/return] their number',
    '[writes/write] all files that $archive holds into $folder and [counts/count] them',
    '[restores/restore] the files of the archive $archive in $folder and [gives/give] the number of files',
    '[expands/expand] $archive, an archive, into the directory $folder; the result is the number of files written',
    '[takes/take] all files out of $archive into $folder and [returns/return] their count',
    '[unpacks/unpack] $archive to the folder $folder and [says/say] how many files it has',
    '[puts/put] every file that the archive $archive has into $folder, the result is how many',
    '[extracts/extract] an archive $archive to $folder and [gives/give] the count of the files',
    '[writes/write] each file of $archive under its name to $folder and [answers/answer] with their number',
    '[takes/take] each file out of $archive, [puts/put] it under its name into $folder and [returns/return] how many it wrote',
    '[unpacks/unpack] the archive $archive to $folder and [answers/answer] with the count of its files',
  ],
  careful: [
    ', and [rejects/reject] an archive whose names lead out of $folder',
    '; no file may land outside of $folder',
    ', safe against names such as ../x in the archive',
    ' without ever writing elsewhere',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    $root = <root>\n    $count = <zero>\n    with zipfile.ZipFile($archive) as $handle:\n        for $name in $handle.namelist():\n            <place>\n            <inside>\n            <put>\n            <counted>\n    return $count'],
      sig: ['def $f($archive, $folder):', 'def $f($archive: str, $folder: str) -> int:'],
      root: ['Path($folder).resolve()'],
      zero: ['0'],
      place: ['$path = ($root / $name).resolve()', '$path = $root.joinpath($name).resolve()', '$path = Path($root, $name).resolve()'],
      inside: [
        'if not $path.is_relative_to($root):\n    <refuse>',
        'if $root not in $path.parents:\n    <refuse>',
        "if os.path.commonpath([$root, $path]) != str($root):\n    <refuse>",
        weak('CWE-22', slips, ''),
        weak('CWE-22', 'a text prefix says nothing of a path: sibling directories pass', 'if not str($path).startswith(str($root)):\n    <refuse>'),
        weak('CWE-22', 'only absolute names are refused', "if $name.startswith('/'):\n    <refuse>"),
        weak('CWE-22', 'points alone in a name are looked for, and not at the beginning', "if '/../' in $name:\n    <refuse>"),
      ],
      refuse: ["raise ValueError('unsafe name in the archive')", "raise ValueError($name)", 'continue'],
      put: ['$path.write_bytes($handle.read($name))', "with open($path, 'wb') as $out:\n    $out.write($handle.read($name))", "with $path.open('wb') as $out, $handle.open($name) as $part:\n    shutil.copyfileobj($part, $out)", wrong('the files stay empty', '$path.touch()')],
      counted: ['$count += 1', '$count = $count + 1', wrong('it never counts beyond one', '$count = 1')],
    },
    tests: [
      "import os, tempfile, zipfile\ntop = tempfile.mkdtemp()\nos.mkdir(os.path.join(top, 'in'))\nwith zipfile.ZipFile(os.path.join(top, 'a.zip'), 'w') as made:\n    made.writestr('a.txt', 'one')\n    made.writestr('b.txt', 'two')\nassert $f(os.path.join(top, 'a.zip'), os.path.join(top, 'in')) == 2",
      "import os, tempfile, zipfile\ntop = tempfile.mkdtemp()\nos.mkdir(os.path.join(top, 'in'))\nwith zipfile.ZipFile(os.path.join(top, 'a.zip'), 'w') as made:\n    made.writestr('a.txt', 'one')\n$f(os.path.join(top, 'a.zip'), os.path.join(top, 'in'))\nassert open(os.path.join(top, 'in', 'a.txt')).read() == 'one'",
    ],
    exploits: [
      "import os, tempfile, zipfile\ntop = tempfile.mkdtemp()\nos.mkdir(os.path.join(top, 'in'))\nwith zipfile.ZipFile(os.path.join(top, 'a.zip'), 'w') as made:\n    made.writestr('../evil.txt', 'x')\ntry:\n    $f(os.path.join(top, 'a.zip'), os.path.join(top, 'in'))\nexcept Exception:\n    pass\nassert not os.path.exists(os.path.join(top, 'evil.txt'))",
      "import os, tempfile, zipfile\ntop = tempfile.mkdtemp()\nfor name in ['in', 'inner']:\n    os.mkdir(os.path.join(top, name))\nwith zipfile.ZipFile(os.path.join(top, 'a.zip'), 'w') as made:\n    made.writestr('../inner/evil.txt', 'x')\ntry:\n    $f(os.path.join(top, 'a.zip'), os.path.join(top, 'in'))\nexcept Exception:\n    pass\nassert os.listdir(os.path.join(top, 'inner')) == []",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($archive: { name: string; data: string }[], $folder: string): number {\n  <doc>\n  const $root = resolve($folder)\n  <loop>\n}'],
      loop: [
        'let $count = <zero>\nfor (const $entry of $archive) {\n  const $path = <place>\n  <inside>\n  <put>\n  <counted>\n}\nreturn $count',
        'for (const $entry of $archive) {\n  const $path = <place>\n  <inside>\n  <put>\n}\nreturn $archive.length',
        '$archive.forEach(($entry) => {\n  const $path = <place>\n  <inside>\n  <put>\n})\nreturn $archive.length',
      ],
      zero: ['0'],
      place: ['resolve($root, $entry.name)', 'join($root, $entry.name)'],
      inside: [
        'if (!$path.startsWith($root + sep)) <refuse>',
        "if (relative($root, $path).startsWith('..')) <refuse>",
        weak('CWE-22', slips, ''),
        weak('CWE-22', 'a text prefix says nothing of a path: sibling directories pass', 'if (!$path.startsWith($root)) <refuse>'),
        weak('CWE-22', 'only absolute names are refused', 'if (isAbsolute($entry.name)) <refuse>'),
        weak('CWE-22', slips, "if ($entry.name === '') <refuse>"),
        weak('CWE-22', 'a name may hold ../ more than once', "if ($entry.name.replace('../', '').startsWith('../')) <refuse>"),
        weak('CWE-22', 'points are looked for in the middle of a name and not at its beginning', "if ($entry.name.includes('/../')) <refuse>"),
      ],
      refuse: ["throw new Error('unsafe name in the archive')", 'throw new Error($entry.name)', 'throw new Error(`unsafe: ${$entry.name}`)'],
      put: ['writeFileSync($path, $entry.data)', "writeFileSync($path, $entry.data, 'utf8')", wrong('the files stay empty', "writeFileSync($path, '')"), 'writeFileSync($path, Buffer.from($entry.data))'],
      counted: ['$count += 1', '$count++', wrong('it never counts beyond one', '$count = 1')],
    },
    tests: [
      "const folder = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'x'))\nnodeAssert.equal($f([{ name: 'a.txt', data: 'one' }, { name: 'b.txt', data: 'two' }], folder), 2)",
      "const folder = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'x'))\n$f([{ name: 'a.txt', data: 'one' }], folder)\nnodeAssert.equal(nodeFs.readFileSync(nodePath.join(folder, 'a.txt'), 'utf8'), 'one')",
    ],
    exploits: [
      "const top = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'x'))\nnodeFs.mkdirSync(nodePath.join(top, 'in'))\ntry {\n  $f([{ name: '../evil.txt', data: 'x' }], nodePath.join(top, 'in'))\n} catch {}\nnodeAssert.deepEqual(nodeFs.readdirSync(top), ['in'])",
      "const top = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'x'))\nfor (const name of ['in', 'inner']) nodeFs.mkdirSync(nodePath.join(top, name))\ntry {\n  $f([{ name: '../inner/evil.txt', data: 'x' }], nodePath.join(top, 'in'))\n} catch {}\nnodeAssert.deepEqual(nodeFs.readdirSync(nodePath.join(top, 'inner')), [])",
    ],
  },
}
