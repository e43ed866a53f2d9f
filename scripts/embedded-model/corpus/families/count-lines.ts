import { standInCommands } from '../commands.ts'
import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const shell = 'a shell reads the path: it may hold commands'
const pythonFile = `${standInCommands.python}def program(words, given):
    whole = given or open([word for word in words[1:] if word not in ('-l', '-w', '-c', '--')][0], 'rb').read()
    return 0, ' '.join([str({'-l': whole.count(b'\\n'), '-w': len(whole.split()), '-c': len(whole)}[words[1]])] + [word for word in words[2:] if word != '--']) + '\\n'
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'a.txt')
open(path, 'w').write('one\\ntwo words\\nthree\\n')
`
const nodeFile = `const program = (all: string[], given: string): [number, string] => {
  const [path] = all.slice(1).filter((word) => !word.startsWith('-'))
  const whole = given || nodeFs.readFileSync(path ?? '', 'utf8')
  const counts: Record<string, number> = { '-l': whole.split('\\n').length - 1, '-w': whole.split(/\\s+/).filter(Boolean).length, '-c': whole.length }
  return [0, [counts[all[1] ?? ''], ...(path === undefined ? [] : [path])].join(' ') + '\\n']
}
${standInCommands.typescript}const folder = nodeFs.mkdtempSync(nodePath.join(nodeOs.tmpdir(), 'b'))
const path = nodePath.join(folder, 'a.txt')
nodeFs.writeFileSync(path, 'one\\ntwo words\\nthree\\n')
`

export const countLines: Family = {
  name: 'count-lines',
  cwe: 'CWE-78',
  verbs: ['count', 'get', 'measure', 'tell', 'compute'],
  nouns: ['lines', 'line_count', 'file_lines', 'newlines', 'rows_of_file'],
  parameters: { path: ['path', 'filename', 'file_path', 'file_name', 'log_path', 'source'] },
  phrases: [
    '[returns/return] how many lines the file $path has, counted with the command wc -l',
    '[counts/count] the lines of the file $path by running wc',
    '[runs/run] wc -l on the file $path and [returns/return] the number as an integer',
    '[calls/call] the program wc to count the lines of $path',
    '[gives/give] the line count of the file at $path, as wc -l reports it',
    '[uses/use] wc to find out how many lines $path holds',
    '[starts/start] wc -l on $path and [returns/return] the line count',
    '[asks/ask] wc how many lines the file $path has',
    '[finds/find] the number of lines in $path with the command wc',
    '[lets/let] the wc program count the lines of the file $path',
    '[reads/read] from the output of wc -l how many lines $path has',
    '[asks/ask] the wc command for the number of lines in $path',
    '[starts/start] wc -l for $path and [reads/read] the line count from what it prints',
  ],
  careful: [', safe against command injection', ', without a shell', '; nothing in $path may ever run as a command', ' and never lets a shell see $path'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    $out = <run>\n    return <number>', '<sig>\n    <doc>\n    <open>'],
      sig: ['def $f($path):', 'def $f($path: str) -> int:'],
      run: [
        "subprocess.run(['wc', '<flag>', '--', $path], capture_output=True, text=True<check>).stdout",
        "subprocess.check_output(['wc', '<flag>', '--', $path], text=True)",
        "subprocess.run(f'wc <flag> {shlex.quote($path)}', shell=True, capture_output=True, text=True).stdout",
        weak('CWE-78', shell, "subprocess.run(f'wc -l {$path}', shell=True, capture_output=True, text=True).stdout"),
        weak('CWE-78', shell, "subprocess.check_output('wc -l ' + $path, shell=True, text=True)"),
        weak('CWE-78', shell, "os.popen(f'wc -l {$path}').read()"),
        weak('CWE-78', shell, "subprocess.getoutput('wc -l ' + $path)"),
      ],
      check: ['', ', check=True', ', timeout=10'],
      flag: ['-l', wrong('that flag counts words', '-w')],
      number: ['int($out.split()[0])', 'int($out.strip().split()[0])', 'int($out.split(maxsplit=1)[0])', wrong('it returns text and not a number', '$out.split()[0]')],
      open: [
        "with open($path, 'rb') as $handle:\n    $out = subprocess.run(['wc', '<flag>'], stdin=$handle, capture_output=True).stdout\nreturn int($out)",
        "with open($path, 'rb') as $handle:\n    $out = subprocess.check_output(['wc', '<flag>'], stdin=$handle)\nreturn int($out)",
      ],
    },
    tests: [`${pythonFile}assert repr($f(path)) == '3'`, `${pythonFile}open(path, 'w').write('only one here\\n')\nassert $f(path) == 1`],
    exploits: ["; touch x", "' ; touch x '", '" ; touch x "', '$(touch x)'].map((bad) => `${pythonFile}try:\n    $f(path + ${JSON.stringify(bad)})\nexcept Exception:\n    pass\nassert ran == []`),
  },
  typescript: {
    grammar: {
      program: ['export function $f($path: string)<type> {\n  <doc>\n  const $out = <run>\n  return <number>\n}', 'export function $f($path: string)<type> {\n  <doc>\n  return <direct>\n}'],
      type: [': number', ''],
      run: [
        "execFileSync('wc', ['<flag>', '--', $path], { encoding: 'utf8' })",
        "execFileSync('wc', ['<flag>', '--', $path]).toString()",
        "spawnSync('wc', ['<flag>', '--', $path], { encoding: 'utf8' }).stdout",
        "execFileSync('wc', ['<flag>'], { input: readFileSync($path), encoding: 'utf8' })",
        weak('CWE-78', shell, "execSync(`wc -l ${$path}`, { encoding: 'utf8' })"),
        weak('CWE-78', shell, "execSync('wc -l ' + $path).toString()"),
        weak('CWE-78', shell, "spawnSync(`wc -l ${$path}`, { shell: true, encoding: 'utf8' }).stdout"),
        weak('CWE-78', shell, "execFileSync('sh', ['-c', `wc -l ${$path}`], { encoding: 'utf8' })"),
        weak('CWE-78', 'quotes do not keep a shell from reading it', "execSync(`wc -l \"${$path}\"`, { encoding: 'utf8' })"),
      ],
      direct: [
        "Number(execFileSync('wc', ['<flag>', '--', $path]).toString().trim().split(' ')[0])",
        "parseInt(execFileSync('wc', ['<flag>', '--', $path], { encoding: 'utf8' }), 10)",
        weak('CWE-78', shell, "parseInt(execSync(`wc -l ${$path}`).toString(), 10)"),
      ],
      flag: ['-l', wrong('that flag counts words', '-w')],
      number: ['parseInt($out, 10)', 'Number.parseInt($out, 10)', "Number($out.trim().split(' ')[0])", wrong('it returns text and not a number', "$out.trim().split(' ')[0]")],
    },
    tests: [`${nodeFile}nodeAssert.equal($f(path), 3)`, `${nodeFile}nodeFs.writeFileSync(path, 'only one here\\n')\nnodeAssert.equal($f(path), 1)`],
    exploits: ["; touch x", "' ; touch x '", '" ; touch x "', '$(touch x)'].map((bad) => `${nodeFile}try {\n  $f(path + ${JSON.stringify(bad)})\n} catch {}\nnodeAssert.deepEqual(ran, [])`),
  },
}
