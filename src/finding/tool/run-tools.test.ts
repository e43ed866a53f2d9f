import { once } from 'node:events'
import { chmodSync, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withoutBubblewrap } from '../../../test/support/bubblewrap.ts'
import { Folder } from '../../../test/support/folder.ts'
import { runTools } from './run-tools.ts'

const searchPath = process.env['PATH'] ?? ''

/** A tool that says in SARIF what its own attempts came to. */
function aTool(script: string): Folder {
  const folder = new Folder({ 'bin/bandit': `#!/bin/sh\n${script}\n` })
  chmodSync(join(folder.path, 'bin/bandit'), 0o755)
  return folder
}

async function run(tool: Folder, workspace: Folder, files = ['a.py']) {
  return runTools({ names: ['bandit'], searchPath: `relative:${join(tool.path, 'bin')}` }, { root: workspace.path, files })
}

const sarif = (text: string) => `printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Bandit"}},"results":[{"ruleId":"B1","message":{"text":"%s"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.py"}}}]}]}]}' "${text}"`

test(`a tool sees the workspace, and can neither change it, nor look around, nor call anybody ${withoutBubblewrap ?? ''}`, { skip: withoutBubblewrap !== undefined }, async () => {
  using workspace = new Folder({ 'a.py': 'x = 1\n' })
  using other = new Folder({ secret: 'x' })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const tried = `w=$(touch a.py new.py 2>/dev/null && echo wrote || echo kept)
s=$(test -e ${other.path}/secret -o -e /root/.bashrc -o -e /home -o -e /etc/passwd && echo saw || echo blind)
n=$(bash -c 'echo > /dev/tcp/127.0.0.1/${port}' 2>/dev/null && echo called || echo alone)
r=$(cat a.py)`
  using tool = aTool(`${tried}\n${sarif('$w $s $n $r $HOME $#')}\nexit 1`)
  const scan = await run(tool, workspace)
  server.close()
  expect(scan.unknown).toEqual([])
  expect(scan.findings.map(({ message }) => message)).toEqual(['kept blind alone x = 1 /tmp 4'])
  expect(existsSync(join(workspace.path, 'new.py'))).toBe(false)
})

test(`a name that looks like an option is a file ${withoutBubblewrap ?? ''}`, { skip: withoutBubblewrap !== undefined }, async () => {
  using workspace = new Folder({ 'a.py': '', '--help.py': '', 'b.js': '' })
  using tool = aTool(sarif('$*'))
  const scan = await run(tool, workspace, ['--help.py', 'a.py', 'b.js'])
  expect(scan.findings[0]?.message).toBe('-q -f sarif ./--help.py ./a.py')
})

test(`a tool that is not there, or writes no SARIF, is unknown ${withoutBubblewrap ?? ''}`, { skip: withoutBubblewrap !== undefined }, async () => {
  using workspace = new Folder({ 'a.py': '' })
  using tool = aTool('echo "invalid choice: sarif" >&2; exit 2')
  expect((await run(tool, workspace)).unknown).toEqual([{ what: 'bandit', detail: 'it wrote no SARIF; it needs its SARIF output (pip install bandit[sarif]) (invalid choice: sarif)' }])
  expect((await runTools({ names: ['bandit', 'semgrep'], searchPath: tool.path }, { root: workspace.path, files: [] })).unknown).toEqual([
    { what: 'bandit', detail: 'it is not installed' },
    { what: 'semgrep', detail: 'it is not installed' },
  ])
  await expect(runTools({ names: ['rm'], searchPath }, { root: workspace.path, files: [] })).rejects.toThrow('rm is no tool that can be run here; it can be bandit, semgrep')
})

test(`a whole machine is no workspace for a tool ${withoutBubblewrap ?? ''}`, async () => {
  using tool = aTool('exit 0')
  const scan = await runTools({ names: ['bandit'], searchPath: join(tool.path, 'bin') }, { root: '/', files: [] })
  expect(scan.unknown).toMatchObject([{ what: 'bandit' }])
})
