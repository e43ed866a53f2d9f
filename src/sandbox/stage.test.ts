import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isOpenToAll, openStage } from './stage.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-stage-test-'))
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'inner'))
  writeFileSync(join(folder, 'inner', 'file'), 'text')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what everybody can reach stays where it is', () => {
  const stage = openStage(true)
  expect(stage.place(join(folder, 'inner'))).toBe(join(folder, 'inner'))
})

test('what lies in a folder of ours alone is placed where everybody can reach it, once, and is gone in the end', () => {
  chmodSync(folder, 0o700)
  const stage = openStage(true)
  const [inner, file] = [stage.place(join(folder, 'inner')), stage.place(join(folder, 'inner', 'file'))]
  expect([isOpenToAll(inner), isOpenToAll(file)]).toEqual([true, true])
  expect([readFileSync(join(inner, 'file'), 'utf8'), readFileSync(file, 'utf8')]).toEqual(['text', 'text'])
  expect(stage.place(join(folder, 'inner'))).toBe(inner)
  stage.close()
  expect(existsSync(inner)).toBe(false)
})

test('nothing is placed elsewhere for those who are themselves', () => {
  chmodSync(folder, 0o700)
  expect(openStage(false).place(join(folder, 'inner'))).toBe(join(folder, 'inner'))
})

test('a target is an empty thing of the same kind, and its removal never reaches what is bound to it', () => {
  chmodSync(folder, 0o700)
  const stage = openStage(true)
  const [inner, file] = [stage.target(join(folder, 'inner')), stage.target(join(folder, 'inner', 'file'))]
  expect([readdirSync(inner), readFileSync(file, 'utf8')]).toEqual([[], ''])
  writeFileSync(join(inner, 'precious'), '')
  expect(() => stage.close()).toThrow('ENOTEMPTY')
  expect(existsSync(join(inner, 'precious'))).toBe(true)
  rmSync(join(inner, '..'), { recursive: true })
})
