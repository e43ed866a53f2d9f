import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openEmbedded } from './embedded.ts'

const bytes = 'GGUF and so on'
const weights = `sha256:${createHash('sha256').update(bytes).digest('hex')}`

function aFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-embedded-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

test.for<[string, Record<string, string>, { code: string; says: RegExp }]>([
  ['that is not here', {}, { code: 'CONFIGURATION_INVALID', says: /the embedded model is not here: there is no file .*embedded\.gguf/ }],
  ['with one bit changed', { 'embedded.gguf': `${bytes.slice(0, -1)}m` }, { code: 'EVIDENCE_BROKEN', says: /is damaged: .*embedded\.gguf is sha256:.* and not sha256:/ }],
  ['cut off', { 'embedded.gguf': bytes.slice(0, 4) }, { code: 'EVIDENCE_BROKEN', says: /is damaged/ }],
  ['without its card', { 'embedded.gguf': bytes }, { code: 'EVIDENCE_BROKEN', says: /embedded\.json cannot be read/ }],
  ['with a card that says nothing', { 'embedded.gguf': bytes, 'embedded.json': '{}' }, { code: 'EVIDENCE_BROKEN', says: /embedded\.json cannot be read/ }],
  ['with the card of others', { 'embedded.gguf': bytes, 'embedded.json': '{"weights": "sha256:0", "least": {}}' }, { code: 'EVIDENCE_BROKEN', says: /belongs to other weights/ }],
])('weights %s are not loaded', async ([, files, { code, says }]) => {
  await expect(openEmbedded({ folder: aFolder(files), weights })).rejects.toMatchObject({ code, message: expect.stringMatching(says) as string })
})
