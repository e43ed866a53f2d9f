import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import { askRegistries, type Resolve } from './registry.ts'
import { rememberRegistries } from './registry-cache.ts'

/** Clients that say what is written, before the real ones on the path. */
function withClients(clients: Record<string, string>): { ask: Resolve; folder: Folder } {
  const folder = new Folder(Object.fromEntries(Object.entries(clients).map(([name, script]) => [`bin/${name}`, `#!/bin/sh\n${script}\n`])))
  for (const name of Object.keys(clients)) chmodSync(join(folder.path, 'bin', name), 0o755)
  return { folder, ask: askRegistries({ folder: folder.path, clients: { npm: join(folder.path, 'bin/npm'), python: join(folder.path, 'bin/python3') } }) }
}

test.each<[string, string, string]>([
  ['a name it has', 'echo \'"left-pad"\'', 'exists'],
  ['a name it has not', 'echo \'{"error": {"code": "E404", "summary": "Not Found"}}\'; exit 1', 'absent'],
  ['no login', 'echo \'{"error": {"code": "E401", "summary": "Unable to authenticate"}}\'; exit 1', 'unavailable'],
  ['no connection', 'echo \'{"error": {"code": "ECONNREFUSED", "summary": "connect ECONNREFUSED"}}\'; exit 1', 'unavailable'],
  ['nothing at all', 'exit 7', 'unavailable'],
])('npm that says %s', async (_, script, kind) => {
  const { ask, folder } = withClients({ npm: script })
  using _folder = folder
  expect((await ask('npm', 'left-pad')).kind).toBe(kind)
})

const notFound = 'echo "ERROR: No matching distribution found for x" >&2; exit 1'

test.each<[string, string, string]>([
  ['a name it has', 'echo "x (1.0)"', 'exists'],
  ['a name it has not, where it has others', `case "$*" in *" pip") echo "pip (26)";; *) ${notFound};; esac`, 'absent'],
  ['the same where it has nothing: no connection', notFound, 'unavailable'],
  ['that it cannot', 'echo "No module named pip" >&2; exit 1', 'unavailable'],
])('pip that says %s', async (_, script, kind) => {
  const { ask, folder } = withClients({ python3: script })
  using _folder = folder
  expect((await ask('pypi', 'x')).kind).toBe(kind)
})

test('a client that is not there, and a login in its settings, are told without it', async () => {
  const ask = askRegistries({ folder: '/', clients: { npm: '/absent/npm', python: '/absent/python' } })
  expect(await ask('npm', 'x')).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('not installed') as string })
  const { ask: leaky, folder } = withClients({ npm: 'echo \'{"error": {"code": "E500", "summary": "https://me:hunter2@registry/x failed"}}\'; exit 1' })
  using _folder = folder
  expect(JSON.stringify(await leaky('npm', 'x'))).not.toContain('hunter2')
})

test('what is no name of a package never reaches a client', async () => {
  const ask = askRegistries({ folder: '/', clients: { npm: '/absent/npm', python: '/absent/python' } })
  const answers = await Promise.all([ask('npm', '--help'), ask('npm', 'https://x/y'), ask('npm', '../x'), ask('pypi', '-r'), ask('pypi', 'x==1')])
  expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['absent']))
})

test('answers are kept between runs, a yes for long, a no for an hour, and no answer not at all', async () => {
  using folder = new Folder({})
  const asked: string[] = []
  let time = 1_000_000
  const open = () =>
    rememberRegistries(
      async (_, name) => {
        asked.push(name)
        return name === 'silent' ? { kind: 'unavailable', reason: 'no network' } : { kind: name === 'absent' ? 'absent' : 'exists' }
      },
      { file: join(folder.path, 'kept/registry.json'), now: () => time },
    )
  for (const name of ['here', 'absent', 'silent', 'here', 'absent', 'silent']) await open()('npm', name)
  time += 2 * 3_600_000
  for (const name of ['here', 'absent']) await open()('npm', name)
  expect(asked).toEqual(['here', 'absent', 'silent', 'silent', 'absent'])
})
