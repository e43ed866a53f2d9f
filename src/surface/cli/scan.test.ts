import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from '../../../test/support/command-line.ts'
import { Folder } from '../../../test/support/folder.ts'
import { Sarif } from '../../../test/support/sarif.ts'
import { ScanReport } from '../../records/scan-report.ts'

let place: Workplace

beforeAll(() => {
  place = new Workplace()
  place.write('bad/app.py', 'import os\nfrom flask import request\n\ndef f():\n    name = request.args["x"]\n    os.system("ls " + name)\n    assert name == "admin"\n')
  place.write('good/app.py', 'print(1)\n')
})

afterAll(() => place.remove())

test('a finding is told with its place, its rule, the way of the value and what to write instead', async () => {
  const { stdout, stderr, status } = await place.run(['scan', 'bad'])
  expect({ stderr, status }).toEqual({ stderr: '', status: 1 })
  expect(stdout).toMatch(/^bad\/app\.py:6:\d+ {2}(high|critical) +python\/command-injection {2}CWE-78, confidence high$/m)
  expect(stdout).toMatch(/^ +1\. bad\/app\.py:5:\d+ {2}the request's query$/m)
  expect(stdout).toMatch(/^1 vulnerability \(1 (high|critical)\)/m)
  expect(stdout).toMatch(/^read 1 file \(python 1\)\ndenied {2}1 finding that can be exploited/m)
})

test('what lies elsewhere is named by its whole path', async () => {
  using other = new Folder({ 'app.py': 'import os\nos.system(input())\n' })
  const { stdout } = await place.run(['scan', other.path])
  expect(stdout.startsWith(`${other.path}/app.py:2:1  `)).toBe(true)
})

const clean = 'nothing denies: no vulnerability in the 1 file read\n'

test('a scan without findings says what was read, and that nothing denies', async () => {
  expect(await place.run(['scan', 'good'])).toEqual({ stdout: `no vulnerability\nread 1 file (python 1)\n${clean}`, stderr: '', status: 0 })
})

test('where nothing denies the last line says what was let pass and what nobody judged', async () => {
  place.write('some/app.py', 'import os\ndef f(name):\n    os.system("ls " + name)\n')
  place.write('some/Main.java', 'class Main {}\n')
  place.write('some/broken.py', 'x = = 1\n')
  const [denied, tolerant] = await Promise.all([[], ['--allow-unknown']].map((more) => place.run(['scan', 'some', ...more])))
  expect(denied?.stdout).toMatch(/^incomplete {2}some\/broken\.py: the parser cannot explain all of it\ndenied {2}1 file not read to the end/m)
  expect(denied?.status).toBe(1)
  expect(tolerant?.stdout.split('\n').at(-2)).toBe('nothing denies: 1 vulnerability is below what denies (--fail-on block); 1 file not read to the end was let pass; 1 program without a front end was not judged')
  expect(tolerant?.status).toBe(0)
})

test('with --all habits are shown, and what comments answer for', async () => {
  place.write('kept/app.py', 'import os\n# countersign-ignore python/command-injection: the terminal is ours\nos.system(input())\nassert os.name == "admin"\n')
  const [quiet, all] = await Promise.all([[], ['--all']].map((more) => place.run(['scan', 'kept', ...more])))
  expect(quiet?.stdout).toBe(`no vulnerability\n1 suppressed by comments that say why\nread 1 file (python 1)\nnothing denies: 1 finding known before or suppressed was let pass\n`)
  expect(all?.stdout).toMatch(/^kept\/app\.py:3:1 {2}suppressed {2}python\/command-injection: the terminal is ours$/m)
})

test('json is one document of the published record', async () => {
  const { stdout, status } = await place.run(['scan', 'bad', 'good', '--json'])
  const report = ScanReport.parse(JSON.parse(stdout))
  expect(report.coverage.map(({ path }) => path)).toEqual(['bad/app.py', 'good/app.py'])
  expect([report.denials.length, status]).toEqual([1, 1])
})

test('sarif and github are formats of the same scan', async () => {
  const [sarif, github] = await Promise.all(['sarif', 'github'].map((format) => place.run(['scan', 'bad', '--format', format])))
  expect(Sarif.safeParse(JSON.parse(sarif?.stdout ?? '')).error).toBeUndefined()
  expect(github?.stdout).toMatch(/^::error file=bad\/app\.py,line=6,/m)
  expect([sarif?.status, github?.status]).toEqual([1, 1])
})

test('standard input is scanned in the language that is named', async () => {
  const { stdout, status } = await place.run(['scan', '-', '--lang', 'py'], { stdin: 'Here:\n```python\nfrom flask import request\neval(request.args["x"])\n```\n' })
  expect(stdout).toMatch(/^stdin:4:1 /m)
  expect(status).toBe(1)
})

test('--fail-on decides what denies', async () => {
  const ended = await Promise.all(['never', 'low', 'certain'].map((what) => place.run(['scan', 'bad', '--fail-on', what])))
  expect(ended.map(({ status }) => status)).toEqual([0, 1, 2])
})

test('nothing to scan and paths that are not there are refused', async () => {
  place.write('none/a.txt', 'x')
  const said = await Promise.all([place.run(['scan', 'none']), place.run(['scan', 'absent']), place.run(['scan', '-', 'bad'])])
  expect(said.map(({ status, stdout }) => ({ status, stdout }))).toEqual([1, 2, 3].map(() => ({ status: 2, stdout: '' })))
  expect(said[0]?.stderr).toContain('nothing to scan')
})

test('what a scanned file says is no command to a build server', async () => {
  place.write('::error::x.py', 'import os\nos.system(input())\n')
  place.write('b.py', 'import os\nos.system(argv["##[add-mask]x"])\n')
  const { stdout } = await place.run(['scan', '::error::x.py', 'b.py', '--all'])
  expect(stdout).not.toMatch(/##\[|^\s*::/m)
})
