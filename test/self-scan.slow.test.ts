import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { scanWorkspace } from '../src/finding/workspace/scan-workspace.ts'

// As `countersign scan . --fail-on vulnerability`: what is found is mended, or answered for beside the code; .countersignignore says what is not read.
test('this repository has no vulnerability that the scan sees', async () => {
  const policy = { failOn: 'vulnerability', allowUnknown: false, strict: false } as const
  const { findings, coverage, denials } = await scanWorkspace({ root: resolve(import.meta.dirname, '..'), given: [''] }, { policy })
  const told = findings.filter(({ tier, rule }) => tier === 'vulnerability' || rule.startsWith('suppression/')).map(({ path, span, rule }) => `${path}:${span.line} ${rule}`)
  expect({ told, denials }).toEqual({ told: [], denials: [] })
  expect(coverage.filter(({ kind }) => kind === 'read').length).toBeGreaterThan(400)
})
