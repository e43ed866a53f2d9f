import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const anyKind = 'files of every kind are taken, programs and pages among them'
const leaves = 'the name of the file can lead out of the folder'

export const saveUpload: Family = {
  name: 'save-upload',
  cwe: 'CWE-434',
  verbs: ['save', 'store', 'keep', 'accept', 'receive', 'write'],
  nouns: ['upload', 'image', 'picture', 'uploaded_file', 'attachment', 'photo'],
  parameters: { folder: ['folder', 'directory', 'upload_dir', 'target_dir', 'uploads'], filename: ['filename', 'name', 'original_name', 'file_name', 'client_name'], data: ['data', 'content', 'blob', 'raw', 'payload'] },
  locals: { base: ['base', 'bare', 'short', 'last'], ext: ['ext', 'suffix', 'kind', 'extension'], path: ['path', 'place', 'dest', 'file_path'] },
  phrases: [
    '[saves/save] the uploaded image $data in $folder under $filename (png, jpg or gif) and [returns/return] the name',
    '[stores/store] an upload: $data goes to the file $filename in $folder, pictures of type png, jpg and gif, and its name is returned',
    '[writes/write] the bytes $data of an uploaded picture to $folder under the name $filename and [returns/return] that name',
    '[keeps/keep] the picture $data that came as $filename in the upload folder $folder and [returns/return] its file name',
    '[puts/put] an uploaded png, jpg or gif with the content $data into $folder as $filename and [gives/give] the name back',
    '[receives/receive] an uploaded image $data and [stores/store] it as $filename in $folder; the result is the name',
    '[takes/take] an image upload (png, jpg or gif) with the bytes $data and [writes/write] it to $folder as $filename',
    '[accepts/accept] the picture $data named $filename by a client, [saves/save] it in $folder and [returns/return] the file name',
    '[keeps/keep] an uploaded picture: the bytes $data in the file $filename in $folder, whose name is returned',
    '[puts/put] the image $data into $folder under the name $filename and [gives/give] the name',
    '[accepts/accept] an image upload $filename with the bytes $data, [writes/write] it to $folder and [returns/return] the file name',
    '[receives/receive] the image $data, named $filename by the client, and [saves/save] it in $folder; the name is the result',
  ],
  careful: [
    ', and [rejects/reject] every other type and every name that leaves $folder',
    '; other extensions are an error, and no name leads elsewhere',
    ', safe against programs and path traversal',
    ' where nothing but these types gets in, and nowhere else',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    $base = <base>\n    <kind>\n    <store>\n    <give>'],
      sig: ['def $f($folder, $filename, $data):', 'def $f($folder: str, $filename: str, $data: bytes) -> str:'],
      base: ['os.path.basename($filename)', 'Path($filename).name', 'os.path.split($filename)[1]', weak('CWE-22', leaves, '$filename'), weak('CWE-22', leaves, '$filename.strip()')],
      kind: [
        "if not $base.lower().endswith(('.png', '.jpg', '.gif')):\n    <refuse>",
        "if os.path.splitext($base)[1].lower() not in {'.png', '.jpg', '.gif'}:\n    <refuse>",
        "$ext = $base.rpartition('.')[2].lower()\nif $ext not in ('png', 'jpg', 'gif'):\n    <refuse>",
        weak('CWE-434', anyKind, ''),
        weak('CWE-434', 'a list of what is forbidden forgets the rest', "if $base.endswith(('.exe', '.sh')):\n    <refuse>"),
        weak('CWE-434', 'the type may stand anywhere in the name', "if '.png' not in $base and '.jpg' not in $base and '.gif' not in $base:\n    <refuse>"),
      ],
      refuse: ["raise ValueError('file type not allowed')", "raise ValueError('not an image')"],
      store: [
        "with open(os.path.join($folder, $base), 'wb') as $handle:\n    $handle.write($data)",
        'Path($folder, $base).write_bytes($data)',
        "$path = os.path.join($folder, $base)\nwith open($path, 'wb') as $handle:\n    $handle.write($data)",
        wrong('the file stays empty', "open(os.path.join($folder, $base), 'wb').close()"),
      ],
      give: ['return $base', wrong('nothing is returned', 'return None')],
    },
    tests: [
      "import os, tempfile\nfolder = tempfile.mkdtemp()\nname = $f(folder, 'cat.png', b'abc')\nassert open(os.path.join(folder, name), 'rb').read() == b'abc'",
      "import tempfile\nassert $f(tempfile.mkdtemp(), 'dog.jpg', b'x') == 'dog.jpg'",
    ],
    exploits: [
      "import os, tempfile\nfolder = tempfile.mkdtemp()\nfor name in ['shell.php', 'page.html', 'a.png.php']:\n    try:\n        $f(folder, name, b'x')\n    except Exception:\n        pass\nassert os.listdir(folder) == []",
      "import os, tempfile\ntop = tempfile.mkdtemp()\nos.mkdir(os.path.join(top, 'in'))\ntry:\n    $f(os.path.join(top, 'in'), '../evil.png', b'x')\nexcept Exception:\n    pass\nassert os.listdir(top) == ['in']",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($folder: string, $filename: string, $data: <bytes>): string {\n  <doc>\n  const $base = <base>\n  <kind>\n  <store>\n  <give>\n}'],
      bytes: ['Buffer', 'Uint8Array'],
      base: ['basename($filename)', "$filename.replaceAll('\\\\', '/').split('/').at(-1) ?? ''", weak('CWE-22', leaves, '$filename'), weak('CWE-22', leaves, '$filename.trim()')],
      kind: [
        "if (!/\\.(png|jpg|gif)$/i.test($base)) <refuse>",
        "if (!['.png', '.jpg', '.gif'].includes(extname($base).toLowerCase())) <refuse>",
        "const $ext = extname($base).toLowerCase()\nif ($ext !== '.png' && $ext !== '.jpg' && $ext !== '.gif') <refuse>",
        weak('CWE-434', anyKind, ''),
        weak('CWE-434', 'a list of what is forbidden forgets the rest', "if (['.exe', '.sh'].includes(extname($base))) <refuse>"),
        weak('CWE-434', 'the type may stand anywhere in the name', 'if (!/\\.(png|jpg|gif)/.test($base)) <refuse>'),
      ],
      refuse: ["throw new Error('file type not allowed')", "throw new Error('not an image')"],
      store: [
        'writeFileSync(join($folder, $base), $data)',
        'const $path = join($folder, $base)\nwriteFileSync($path, $data)',
        'writeFileSync(resolve($folder, $base), $data)',
        wrong('the file stays empty', "writeFileSync(join($folder, $base), '')"),
      ],
      give: ['return $base', wrong('an empty name is returned', "return ''")],
    },
    tests: [
      "const folder = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'u'))\nconst name = $f(folder, 'cat.png', Buffer.from('abc'))\nnodeAssert.equal(nodeFs.readFileSync(nodePath.join(folder, name), 'utf8'), 'abc')",
      "const folder = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'u'))\nnodeAssert.equal($f(folder, 'dog.jpg', Buffer.from('x')), 'dog.jpg')",
    ],
    exploits: [
      "const folder = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'u'))\nfor (const name of ['shell.php', 'page.html', 'a.png.php']) {\n  try {\n    $f(folder, name, Buffer.from('x'))\n  } catch {}\n}\nnodeAssert.deepEqual(nodeFs.readdirSync(folder), [])",
      "const top = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'u'))\nnodeFs.mkdirSync(nodePath.join(top, 'in'))\ntry {\n  $f(nodePath.join(top, 'in'), '../evil.png', Buffer.from('x'))\n} catch {}\nnodeAssert.deepEqual(nodeFs.readdirSync(top), ['in'])",
    ],
  },
}
