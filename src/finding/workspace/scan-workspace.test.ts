import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import type { FileCoverage } from '../../records/finding.ts'
import { ScanReport } from '../../records/scan-report.ts'
import type { Resolve } from '../dependency/registry.ts'
import type { Policy } from './deny.ts'
import { scanFiles } from './scan-files.ts'
import { scanStandardInput, scanWorkspace } from './scan-workspace.ts'

const policy: Policy = { failOn: 'block', allowUnknown: false, strict: false }
const certain = 'import os\nfrom flask import request\nos.system(request.args["x"])\n'

function told(coverage: readonly FileCoverage[]): Record<string, string> {
  return Object.fromEntries(coverage.map((file) => [file.path, file.kind === 'read' ? 'read' : `${file.kind}: ${file.reason}`]))
}

test('whatever a tree holds, each file of it is accounted for', async () => {
  using outside = new Folder({ 'secret.py': certain })
  using folder = new Folder({
    'a.py': certain,
    'binary.py': new Uint8Array([0x61, 0, 0x62]),
    'huge.py': 'x = 1\n'.repeat(9_000_000),
    'large.py': 'x = 1\n'.repeat(200_000),
    'latin.py': new Uint8Array([...Buffer.from('# -*- coding: latin-1 -*-\nx = "'), 0xe4, ...Buffer.from('"\n')]),
    'invalid.py': new Uint8Array([...Buffer.from('import os\nos.system(a)  # '), 0xff, 0x0a]),
    'image.png': new Uint8Array([0x61, 0, 0x62]),
    'nul.py': `${'#'.repeat(9000)}\0\n${certain}`,
    'nested.py': `x = ${'['.repeat(1_000_000)}`,
    'script': '#!/usr/bin/env python3\nimport os\nos.system(a)\n',
    'Main.java': 'class Main {}',
    'notes.txt': 'x',
  })
  symlinkSync(join(outside.path, 'secret.py'), join(folder.path, 'link.py'))
  symlinkSync(outside.path, join(folder.path, 'out'))
  symlinkSync('a.py', join(folder.path, 'alias.py'))
  symlinkSync('notes.txt', join(folder.path, 'payload.py'))
  execFileSync('mkfifo', [join(folder.path, 'pipe.py')])
  const report = ScanReport.parse(await scanWorkspace({ root: folder.path, given: [''] }, { policy }))
  expect(told(report.coverage)).toEqual({
    'Main.java': 'skipped: no front end for Java: read for secrets only',
    'a.py': 'read',
    'alias.py': 'skipped: a symbolic link',
    'binary.py': 'incomplete: binary',
    'huge.py': 'incomplete: too large: 54000000 bytes beyond 4000000',
    'invalid.py': 'incomplete: not valid UTF-8: read with replacement characters',
    'large.py': 'incomplete: too large: text beyond 500000',
    'latin.py': 'read',
    'link.py': 'incomplete: a symbolic link to what is not read here as such a program',
    'image.png': 'skipped: binary',
    'nul.py': 'incomplete: binary: its NUL characters were read as spaces',
    'nested.py': expect.stringMatching(/^incomplete: too large/) as unknown,
    'notes.txt': 'read',
    out: 'skipped: a symbolic link',
    'payload.py': 'incomplete: a symbolic link to what is not read here as such a program',
    'pipe.py': 'skipped: not a regular file',
    script: 'read',
  })
  expect(report.findings.map(({ path, rule }) => `${path} ${rule}`)).toEqual(['a.py python/command-injection', 'invalid.py python/shell-habit', 'nul.py python/command-injection', 'script python/shell-habit'])
  expect(report.denials).toEqual([expect.stringMatching(/^2 findings that can be exploited/), expect.stringMatching(/^8 files not read to the end/)])
})

test('a file whose name is no text is not passed over', async () => {
  for (const isRepository of [false, true]) {
    using folder = new Folder({ 'a.py': '' })
    if (isRepository) folder.git('init', '-q')
    writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/x`), Buffer.from([0xff]), Buffer.from('.py')]), certain)
    const { coverage, denials } = await scanWorkspace({ root: folder.path, given: [''] }, { policy })
    expect(told(coverage)).toEqual({ 'a.py': 'read', 'x\uFFFD.py': 'incomplete: cannot be read: ENOENT' })
    expect(denials).toHaveLength(1)
  }
})

test('what is not known denies until the policy lets it pass', async () => {
  using folder = new Folder({ 'a.py': `x = ${'['.repeat(5000)}${']'.repeat(5000)}`, 'B.java': '' })
  const denied = async (given: Partial<Policy>) => (await scanWorkspace({ root: folder.path, given: [''] }, { policy: { ...policy, ...given } })).denials.length
  expect([await denied({}), await denied({ failOn: 'never' }), await denied({ allowUnknown: true }), await denied({ allowUnknown: true, strict: true })]).toEqual([1, 1, 0, 1])
})

test('nothing to scan is an error', async () => {
  using folder = new Folder({ 'a.txt': '' })
  await expect(scanWorkspace({ root: folder.path, given: [''] }, { policy })).rejects.toThrow(/nothing to scan: of 1 files none is a program/)
  await expect(scanWorkspace({ root: join(folder.path), given: [] }, { policy })).rejects.toThrow(/nothing to scan: no file is there/)
  await expect(scanStandardInput('x = 1', { path: 'stdin', policy })).rejects.toThrow(/nothing to scan/)
})

test('what a workspace declares, and what lies in it, is known in each of its files', async () => {
  const imports = 'import acme_secret_tools, sibling_part, inner_part, strange_tools_x\n'
  using folder = new Folder({
    'pyproject.toml': '[project]\ndependencies = ["acme-secret-tools>=1"]\n',
    'app/sibling_part.py': '',
    'app/inner_part/x.py': '',
    ...Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`app/f${index}.py`, imports])),
  })
  for (const given of [['app/f0.py'], ['']]) {
    const { findings } = await scanWorkspace({ root: folder.path, given }, { policy, concurrency: 2 })
    const inside = findings.filter(({ path }) => path.startsWith('app/'))
    expect(new Set(inside.map(({ rule, trace }) => `${rule} ${trace[0]?.note}`))).toEqual(new Set(['dependency/unknown pkg:pypi/strange-tools-x']))
  }
})

const resolve: Resolve = async (_, name) => {
  if (name.startsWith('silent')) return { kind: 'unavailable', reason: 'no network' }
  return { kind: name.startsWith('absent') ? 'absent' : 'exists' }
}

test('registries settle what is doubtful where they are asked; what they could not say denies', async () => {
  using folder = new Folder({ 'a.py': 'import absent_tools_x\nimport here_tools_x\n', 'b.py': 'import silent_tools_x\n' })
  const { findings, unknown, denials } = await scanWorkspace({ root: folder.path, given: [''] }, { policy, resolve })
  expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual(['dependency/absent a.py', 'dependency/unknown b.py'])
  expect(unknown).toEqual([{ what: 'registry', detail: 'pkg:pypi/silent-tools-x: no network' }])
  expect(denials).toHaveLength(2)
})

test('many threads see what one sees, in the same order', async () => {
  using folder = new Folder(Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`f${index}.py`, `import os\nos.system(a${index})\n`])))
  const sources = Array.from({ length: 90 }, (_, index) => ({ path: `f${index}.py` }))
  const [one, three] = [await scanFiles(folder.path, sources, { concurrency: 1 }), await scanFiles(folder.path, sources, { concurrency: 3 })]
  expect(three).toEqual(one)
  expect(one.flatMap(({ findings }) => findings)).toHaveLength(90)
})

test('a scan that is interrupted stops', async () => {
  using folder = new Folder({ 'a.py': '' })
  await expect(scanFiles(folder.path, [{ path: 'a.py' }], { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
})
