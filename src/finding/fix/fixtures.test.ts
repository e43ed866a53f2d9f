import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Fixture, extensions, fixtureFiles, fixturesOf } from '../../../test/support/fixtures.ts'
import type { FileCoverage } from '../../records/finding.ts'
import { scan } from '../scan.ts'
import { fixFile } from './fix-file.ts'
import { fixesOf } from './fixes.ts'

const folder = resolve(import.meta.dirname, '../../../test/fixtures/fix')
const rules = ['python', 'javascript'].flatMap(fixtureFiles)
const parseErrors = ([file]: readonly FileCoverage[]) => (file?.kind === 'skipped' ? undefined : file?.parseErrors)
const hidden = ([file]: readonly FileCoverage[]) => (file?.kind === 'incomplete' ? (file.hidden ?? []) : [])
const badOf = (rule: string) => fixturesOf(rule).filter(({ kind }) => kind === 'bad')

/** What the fixes of a rule make of a fixture, as it stands in the fixture files. */
async function shown(rule: string, { title, code, extension }: Fixture): Promise<string> {
  const file = { path: `fixture.${extension}`, content: code }
  const { findings } = await scan([file])
  const { content, applied, refused } = await fixFile(
    file,
    findings.filter((finding) => finding.rule === rule),
    { unsafe: true },
  )
  const mark = extension === 'py' ? '#' : '//'
  const notes = [
    ...applied.map(({ fix }) => `${mark} ${fix.behaviour}: ${fix.title}`),
    ...refused.map(({ reason }) => `${mark} left: ${reason}`),
  ]
  return `${mark}: ${title}\n${notes.map((note) => `${note}\n`).join('')}${applied.length === 0 ? '' : content}`
}

test.each(rules.filter((rule) => fixesOf(rule).length > 0))('%s: what its fixes make of its bad fixtures', async (rule) => {
  const parts = await Promise.all(badOf(rule).map((fixture) => shown(rule, fixture)))
  const [language = ''] = rule.split('/')
  await expect(parts.join('')).toMatchFileSnapshot(resolve(folder, `${rule}.${extensions[language]}`))
  expect(parts.some((part) => !/^(#|\/\/) left:/m.test(part))).toBe(true)
})

describe.each(rules)('%s: whatever a scan finds in its bad fixtures', (rule) => {
  test.each(badOf(rule))('$title', async ({ code, extension }) => {
    const path = `fixture.${extension}`
    const before = await scan([{ path, content: code }])
    const fixed = await fixFile({ path, content: code }, before.findings, { unsafe: true })
    const after = await scan([{ path, content: fixed.content }])
    expect(parseErrors(after.coverage)).toBe(parseErrors(before.coverage))
    expect(hidden(after.coverage).length).toBeLessThanOrEqual(hidden(before.coverage).length)
    const kinds = (findings: typeof before.findings) => findings.map(({ cwe, tier }) => `${cwe} ${tier}`)
    // A habit that stood behind a weakness of its kind is told once that is gone.
    const left = [
      ...kinds(before.findings),
      ...fixed.applied
        .filter(({ finding }) => finding.tier === 'vulnerability')
        .flatMap(({ finding }) => (finding.cwe === 78 ? ['78 hygiene', '88 hygiene'] : [`${finding.cwe} hygiene`])),
    ]
    expect(after.findings.length).toBeLessThanOrEqual(before.findings.length)
    expect(kinds(after.findings).filter((kind) => left.splice(left.indexOf(kind), left.includes(kind) ? 1 : 0).length === 0)).toEqual([])
    const again = await fixFile({ path, content: fixed.content }, after.findings, { unsafe: true })
    expect(again.content).toBe(fixed.content)
  })
})
