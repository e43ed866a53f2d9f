import { chmodSync, linkSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Workplace } from '../../../test/support/command-line.ts'
import { ScanReport } from '../../records/scan-report.ts'

let place: Workplace

beforeEach(() => {
  place = new Workplace()
})

afterEach(() => place.remove())

const unsafe =
  'import hashlib\nimport requests\n\n\ndef fetch(url):\n    reply = requests.get("https://example.org", verify=False)\n    return hashlib.md5(reply.content).hexdigest()\n'
const read = (path: string) => readFileSync(join(place.folder, path), 'utf8')

test('--fix mends what it can, says what it left and why, and exits by what is left', async () => {
  place.write('app.py', unsafe)
  const { stdout, stderr, status } = await place.run(['scan', 'app.py', '--fix', '--all'])
  expect(read('app.py')).toBe(unsafe.replace(', verify=False', ', timeout=30'))
  expect(stdout).toMatch(/^fixed {2}app\.py:6 {2}python\/tls-unverified {2}The certificate is checked\. \(stricter\)$/m)
  expect(stdout).toMatch(/^not fixed {2}app\.py:7 {2}python\/weak-hash {2}its fix may change what the program does: SHA-256/m)
  expect(stdout).toContain('2 fixed, 1 left; --unsafe-fixes fixes 1 of them\n')
  expect(stdout).toMatch(/^app\.py:7:12 .*python\/weak-hash/m)
  expect(stdout).not.toMatch(/^app\.py:6:/m)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
})

test('--unsafe-fixes does the rest, and a second run finds nothing to do', async () => {
  place.write('app.py', unsafe)
  await place.run(['scan', 'app.py', '--fix', '--unsafe-fixes'])
  const once = read('app.py')
  expect(once).toContain('hashlib.sha256(reply.content)')
  const { stdout } = await place.run(['scan', 'app.py', '--fix', '--unsafe-fixes', '--json'])
  expect(ScanReport.parse(JSON.parse(stdout))).toMatchObject({ findings: [], fixes: { dryRun: false, applied: [], refused: [] } })
  expect(read('app.py')).toBe(once)
})

test('--dry-run shows the change and writes nothing; its findings carry their fixes', async () => {
  place.write('app.py', unsafe)
  const { stdout, status } = await place.run(['scan', 'app.py', '--fix', '--dry-run'])
  expect(stdout).toContain('--- a/app.py\n+++ b/app.py\n@@ -3,5 +3,5 @@\n')
  expect(stdout).toContain(
    '-    reply = requests.get("https://example.org", verify=False)\n+    reply = requests.get("https://example.org", timeout=30)\n',
  )
  expect({ status, content: read('app.py') }).toEqual({ status: 1, content: unsafe })
  const report = ScanReport.parse(JSON.parse((await place.run(['scan', 'app.py', '--fix', '--dry-run', '--json'])).stdout))
  expect(report.findings.map(({ fix }) => fix?.behaviour)).toEqual(['stricter', 'stricter', 'may-change'])
})

test('a file keeps its mode, its line ends and its mark at the beginning, and nothing is left beside it', async () => {
  place.write('run.py', `\uFEFF${unsafe.replaceAll('\n', '\r\n')}`)
  chmodSync(join(place.folder, 'run.py'), 0o750)
  await place.run(['scan', '.', '--fix'])
  expect(read('run.py')).toBe(`\uFEFF${unsafe.replace(', verify=False', ', timeout=30').replaceAll('\n', '\r\n')}`)
  expect(statSync(join(place.folder, 'run.py')).mode & 0o777).toBe(0o750)
  expect(readdirSync(place.folder).filter((name) => name.endsWith('.countersign'))).toEqual([])
})

test('what is suppressed, must not be written, has two names or is a link stays as it is', async () => {
  const ignored = unsafe.replace(
    'verify=False)',
    'verify=False)  # countersign-ignore python/tls-unverified, python/missing-timeout: a test server',
  )
  for (const [path, content] of [
    ['ignored.py', ignored],
    ['locked.py', unsafe],
    ['two.py', unsafe],
    ['real/app.py', ''],
  ] as const)
    place.write(path, content)
  chmodSync(join(place.folder, 'locked.py'), 0o400)
  linkSync(join(place.folder, 'two.py'), join(place.folder, 'name.txt'))
  symlinkSync('../two.py', join(place.folder, 'real/link.py'))
  const { stdout } = await place.run(['scan', '.', '--fix', '--json'])
  const { fixes } = ScanReport.parse(JSON.parse(stdout))
  expect(['ignored.py', 'locked.py', 'two.py'].map(read)).toEqual([ignored, unsafe, unsafe])
  expect(fixes?.applied).toEqual([])
  expect(new Set(fixes?.refused.map(({ path, reason }) => `${path}: ${reason}`))).toEqual(
    new Set([
      'ignored.py: its fix may change what the program does',
      'locked.py: the file must not be written',
      'locked.py: its fix may change what the program does',
      'two.py: the file has several names',
      'two.py: its fix may change what the program does',
    ]),
  )
})

test('how to fix without fixing, and fixing what is no file, is refused', async () => {
  place.write('app.py', unsafe)
  const ended = await Promise.all(
    [
      ['scan', 'app.py', '--dry-run'],
      ['scan', '-', '--fix', '--lang', 'python'],
      ['scan', 'app.py', '--unsafe-fixes'],
    ].map((parts) => place.run(parts)),
  )
  expect(ended.map(({ status }) => status)).toEqual([2, 2, 2])
})
