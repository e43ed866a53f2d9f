import { describe, expect, test } from 'vitest'
import { cpuTimer } from '../../../test/support/cpu.ts'
import { fixtureFiles, fixturesOf } from '../../../test/support/fixtures.ts'
import { scan } from '../scan.ts'
import { findSecrets } from './find-secrets.ts'
import { secretRules } from './rules.ts'

// A real shape in a file is what scanners of repositories report: the fixtures split it with a mark.
const whole = (text: string) => text.replaceAll('¦', '')
const github = whole('gh¦p_9fK2mQx7Lw3Rt8Yb5Nc1Vz6Hj4Pd0SgAeUiT')

const prints = async (content: string) => (await findSecrets({ path: 'a.rb', content })).map(({ fingerprint }) => fingerprint)

describe.each(secretRules.map(({ id }) => ({ id, fixtures: fixturesOf(id) })))('$id', ({ id, fixtures }) => {
  test('has at least three bad and three ok fixtures', () => {
    for (const kind of ['bad', 'ok']) expect(fixtures.filter((fixture) => fixture.kind === kind).length).toBeGreaterThanOrEqual(3)
  })

  test.each(fixtures)('$kind: $title', async ({ kind, title, code }) => {
    const findings = await findSecrets({ path: / at (\S+)$/.exec(title)?.[1] ?? 'fixture.txt', content: whole(code) })
    expect(findings.map(({ rule }) => rule)).toEqual(kind === 'bad' ? [id] : [])
  })

  test('no part of a finding holds more than four characters of the secret', async () => {
    for (const { code } of fixtures.filter(({ kind }) => kind === 'bad')) {
      const content = whole(code)
      for (const finding of await findSecrets({ path: '.env', content })) {
        const secret = content.slice(finding.span.start, finding.span.end)
        const said = JSON.stringify(finding)
        for (let at = 0; at + 8 <= secret.length; at++) expect(said).not.toContain(secret.slice(at, at + 8))
        expect(said).not.toContain(secret.slice(0, 5))
      }
    }
  })
})

test('every fixture file belongs to a rule', () => {
  expect(fixtureFiles('secret').filter((name) => !secretRules.some(({ id }) => id === name))).toEqual([])
})

test('a secret is found in any file, and once where a rule of the language sees it too', async () => {
  const { findings } = await scan([
    { path: 'app.py', content: `github_token = "${github}"\n` },
    { path: 'notes.rb', content: `\n# ${github}\n` },
  ])
  expect(findings.map(({ rule, path, span }) => `${rule} ${path}:${span.line}`)).toEqual(['secret/token app.py:1', 'secret/token notes.rb:2'])
})

test('what a service would take counts in tests too, less sure; a password of a test is a habit', async () => {
  const content = `token = "${github}"\npassword = "k8Zt-bX3vPm!"\n`
  const findings = await findSecrets({ path: 'test/login.rb', content })
  expect(findings.map(({ rule, tier, confidence }) => ({ rule, tier, confidence }))).toEqual([
    { rule: 'secret/token', tier: 'vulnerability', confidence: 'medium' },
    { rule: 'secret/assigned', tier: 'hygiene', confidence: 'low' },
  ])
})

test('a fingerprint stays when lines move, tells two places apart, and does not depend on the secret', async () => {
  const once = await prints(`token = "${github}"\n`)
  expect(await prints(`\n\ntoken = "${github}"\n`)).toEqual(once)
  expect(await prints(`token = "${github.replace('9fK', 'Zq3')}"\n`)).toEqual(once)
  expect(new Set(await prints(`token = "${github}"\n`.repeat(3))).size).toBe(3)
})

test('long and hostile texts are searched quickly', async () => {
  const hostile = ['://', '-----BEGIN PRIVATE KEY-----\n', 'eyJaaaaaaaaaaaa.', 'password="', 'mysql://a:', 'aws ', 'a'.repeat(50), 'token: string = ']
  for (const piece of hostile) {
    const spent = cpuTimer()
    await findSecrets({ path: '.env', content: piece.repeat(Math.floor(300_000 / piece.length)) })
    expect(spent()).toBeLessThan(6000)
  }
})
