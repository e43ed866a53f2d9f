import { copyFileSync, existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { withoutBubblewrap } from '../../../test/support/bubblewrap.ts'
import { Folder } from '../../../test/support/folder.ts'
import { runTools } from './run-tools.ts'

const fixture = resolve(import.meta.dirname, '../../../test/fixtures/sarif/workspace')
const searchPath = process.env['PATH'] ?? ''
// Not asked for its version: one of them asks its maker first.
const absent = (name: string) => (searchPath.split(delimiter).some((folder) => existsSync(join(folder, name))) ? undefined : `skipped: needs ${name}`)
const withTool = (name: string) => withoutBubblewrap ?? absent(name)

test(`bandit itself ${withTool('bandit') ?? ''}`, { skip: withTool('bandit') !== undefined }, async () => {
  using workspace = new Folder()
  copyFileSync(join(fixture, 'app.py'), join(workspace.path, 'app.py'))
  const scan = await runTools({ names: ['bandit'], searchPath }, { root: workspace.path, files: ['app.py'] })
  expect(scan.unknown).toEqual([])
  expect(scan.findings.map(({ rule, span }) => `${span.line} ${rule}`)).toContain('23 bandit/B605')
})

test(`semgrep itself ${withTool('semgrep') ?? ''}`, { skip: withTool('semgrep') !== undefined }, async () => {
  const scan = await runTools({ names: ['semgrep'], searchPath }, { root: fixture, files: ['app.py'] })
  expect(scan.unknown).toEqual([])
  expect(scan.findings.map(({ rule, span }) => `${span.line} ${rule}`)).toContain('23 semgrep/semgrep.shell-command')
})
