import { expect, describe, test } from 'vitest'
import { cpuTimer } from '../../../test/support/cpu.ts'
import { fixtureFiles, fixturesOf } from '../../../test/support/fixtures.ts'
import { loadSyntax, parse } from '../../syntax/tree.ts'
import { scan } from '../scan.ts'
import { findAskedFor } from './find-dependencies.ts'
import { importsIn } from './import.ts'
import { isManifest, packagesOf } from './manifest.ts'
import { originOf } from './origin.ts'
import type { Resolve } from './registry.ts'
import { dependencyRules } from './rules.ts'
import { withRegistry } from './with-registry.ts'

const none = packagesOf([])
function modules(language: 'javascript' | 'typescript', text: string): string[] {
  const parsed = parse(language, text)
  return parsed.kind === 'parsed' ? importsIn(language, parsed.root, text).map(({ module }) => module) : []
}

const rulesIn = async (...files: { path: string; content: string }[]) => (await scan(files)).findings.filter(({ rule }) => rule.startsWith('dependency/'))

describe.each(['dependency/unknown', 'dependency/lookalike'].map((id) => ({ id, fixtures: fixturesOf(id) })))('$id', ({ id, fixtures }) => {
  test.each(fixtures)('$kind: $title', async ({ kind, code }) => {
    expect((await rulesIn({ path: 'main.py', content: code })).filter(({ rule }) => rule === id)).toHaveLength(kind === 'bad' ? 1 : 0)
  })
})

test('every fixture file belongs to a rule', () => {
  expect(fixtureFiles('dependency').filter((name) => !dependencyRules.some(({ id }) => id === name))).toEqual([])
})

test.each<[path: string, content: string]>([
  ['requirements.txt', '# ours\nacme_secret-tools[all]>=1.0 ; python_version > "3.8"\n'],
  ['deploy/requirements-dev.txt', 'acme.secret.tools==2.0\n'],
  ['pyproject.toml', '[project]\nname = "app"\ndependencies = [\n  "acme-secret-tools>=1",\n]\n'],
  ['pyproject.toml', '[dependency-groups]\ndev = ["acme-secret-tools"]\n'],
  ['pyproject.toml', '[tool.poetry.group.dev.dependencies]\nacme-secret-tools = { version = "^1" }\n'],
  ['pyproject.toml', '[project]\nname = "acme-secret-tools"\n'],
  ['setup.py', 'setup(install_requires=["acme-secret-tools>=1"])\n'],
  ['setup.cfg', '[options]\ninstall_requires =\n    acme-secret-tools>=1\n'],
  ['Pipfile', '[packages]\nacme-secret-tools = "*"\n'],
  ['uv.lock', '[[package]]\nname = "acme-secret-tools"\n'],
  ['environment.yml', 'dependencies:\n  - pip:\n    - acme-secret-tools==1\n'],
  ['src/acme_secret_tools/client.py', ''],
  ['acme_secret_tools.py', ''],
])('what %s names is no stranger', async (path, content) => {
  const program = { path: 'main.py', content: 'from acme_secret_tools import hide\n' }
  expect(await rulesIn(program)).toHaveLength(1)
  expect((await rulesIn(program, { path, content })).filter((finding) => finding.path === 'main.py')).toEqual([])
})

test.each<[path: string, content: string, module: string]>([
  ['package.json', '{"devDependencies": {"@acme/tools": "^1"}}', '@acme/tools/client'],
  ['package.json', '{"name": "@acme/tools"}', '@acme/tools'],
  ['package-lock.json', '{"packages": {"node_modules/a/node_modules/@acme/tools": {}}}', '@acme/tools'],
  ['yarn.lock', '"@acme/tools@^1.0.0":\n  version "1.0.0"\n', '@acme/tools'],
  ['pnpm-lock.yaml', "packages:\n\n  '@acme/tools@1.0.0':\n    resolution: {}\n", '@acme/tools'],
])('what %s names is no stranger to Node', (path, content, module) => {
  expect(originOf('npm', module, none)).toMatchObject({ kind: 'unknown', package: '@acme/tools' })
  expect(originOf('npm', module, packagesOf([{ path, content }])).kind).toMatch(/declared|own/)
})

test.each<[module: string, kind: string]>([
  ['node:fs', 'standard'],
  ['fs/promises', 'standard'],
  ['express', 'known'],
  ['@babel/core/lib/index.js', 'known'],
  ['#internal', 'own'],
  ['@/components/button', 'own'],
  ['~/server', 'own'],
  ['https://esm.sh/x', 'own'],
  ['expresss', 'lookalike'],
  ['lodahs', 'lookalike'],
  ['chalk', 'known'],
  ['express-safe-sanitize-middleware', 'unknown'],
  ['npm:left-padding-utils@1', 'unknown'],
])('to Node %s is %s', (module, kind) => {
  expect(originOf('npm', module, none).kind).toBe(kind)
})

test('modules are read from every form of import, and no other text', async () => {
  await loadSyntax()
  const text = `import a from 'a'\nimport 'b/c'\nexport { x } from "d"\nexport * from './e'\nconst f = require('f'), g = await import("g")\nrequire(h)\nfoo('i')\n// require('j')\n`
  expect(modules('javascript', text)).toEqual(['a', 'b/c', 'd', 'f', 'g'])
  expect(modules('typescript', `import type { T } from 'a'\nimport b = require('b')\nimport { type C, d } from 'c'\n`)).toEqual(['b', 'c'])
})

test('what a manifest asks for is looked at as well, unless a lock file holds it', async () => {
  const manifest = { path: 'package.json', content: '{\n  "name": "app",\n  "dependencies": {\n    "expresss": "1",\n    "invented-tools-x": "1",\n    "react": "19"\n  }\n}' }
  const lock = { path: 'package-lock.json', content: '{"packages": {"node_modules/expresss": {}, "node_modules/invented-tools-x": {}}}' }
  expect((await rulesIn(manifest)).map(({ rule, span }) => `${rule} ${span.line}:${span.column}`)).toEqual(['dependency/lookalike 4:6', 'dependency/unknown 5:6'])
  expect(await rulesIn(manifest, lock)).toEqual([])
  expect((await rulesIn({ path: 'requirements.txt', content: 'requests\nreqests==2.0\n' })).map(({ rule, span }) => `${rule} ${span.line}`)).toEqual(['dependency/lookalike 2'])
})

test('files that are no manifest are not taken for one', () => {
  expect(['my-package.json', 'requirements.py', 'a/setup.pyc', 'pyproject.toml.bak'].filter(isManifest)).toEqual([])
})

test('long and hostile manifests are read quickly', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `package-${index}-x`).join('\n')
  for (const path of ['requirements.txt', 'package.json', 'pyproject.toml', 'setup.cfg', 'yarn.lock', 'Pipfile']) {
    for (const content of [names, 'a'.repeat(500_000), '"a'.repeat(200_000), 'a=\n'.repeat(100_000), '@a/'.repeat(100_000)]) {
      const spent = cpuTimer()
      findAskedFor({ path, content }, packagesOf([{ path, content }]))
      expect(spent()).toBeLessThan(8000)
    }
  }
})

test('manifests that are broken declare nothing and break nothing', () => {
  const broken = packagesOf([{ path: 'package.json', content: '{"dependencies": [' }, { path: 'package.json', content: '{"dependencies": 7, "name": {}}' }, { path: 'pyproject.toml', content: '[[[\n= "' }])
  expect([broken.declared.npm.size, broken.declared.pypi.size]).toEqual([0, 0])
})

test('the registries settle what is doubtful, and what could not be asked stays so and is told', async () => {
  const names = ['here_tools_x', 'absent_tools_x', 'silent_tools_x', 'reqests']
  const { findings } = await scan([{ path: 'main.py', content: names.map((name) => `import ${name}\n`).join('') }])
  const asked: string[] = []
  const resolve: Resolve = async (_, name) => {
    asked.push(name)
    if (name.startsWith('silent')) return { kind: 'unavailable', reason: 'no network' }
    return { kind: name.startsWith('absent') ? 'absent' : 'exists' }
  }
  const after = await withRegistry(findings, resolve)
  expect(asked.sort()).toEqual(['absent-tools-x', 'here-tools-x', 'reqests', 'silent-tools-x'])
  expect(after.findings.map(({ rule, confidence, span }) => `${rule} ${confidence} ${span.line}`)).toEqual(['dependency/absent high 2', 'dependency/unknown low 3', 'dependency/lookalike medium 4'])
  expect(after.findings[0]?.message).toContain('(Named: `absent-tools-x`.)')
  expect(after.unavailable).toEqual(['pkg:pypi/silent-tools-x: no network'])
})

test('what lies beside a program is read as what its name says', async () => {
  const { coverage } = await scan([{ path: 'main', content: 'x = 1' }, { path: 'README.md', content: '# not Python (' }, { path: 'run.sh', content: 'ls' }, { path: 'logo.png', content: '\0' }], { language: 'python' })
  expect(coverage.map((file) => (file.kind === 'read' ? file.language : file.kind))).toEqual(['python', 'text', 'skipped', 'incomplete'])
})
