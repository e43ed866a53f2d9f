import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type Import, importsOf, reach, sourceFiles } from './support/imports.ts'

const root = resolve(import.meta.dirname, '..')
const imports = sourceFiles('src').flatMap(importsOf)
const inside = imports.filter((item) => item.to.startsWith('src/'))

// Inner layers first: a file may import from its own layer only within its folder (`closed`) or freely (`open`), and from any layer before it.
const layers: { name: string; paths: string[]; closed: boolean }[] = [
  { name: 'records', paths: ['src/records/', 'src/errors.ts'], closed: false },
  { name: 'ports', paths: ['src/ports.ts', 'src/config.ts'], closed: false },
  { name: 'shared ground', paths: ['src/syntax/', 'src/budget/', 'src/store/'], closed: true },
  {
    name: 'stages and drivers',
    paths: ['task', 'model', 'candidate', 'sandbox', 'behavior', 'finding', 'score', 'module', 'critique', 'revision', 'verdict', 'attestation', 'gate', 'audit'].map(
      (folder) => `src/${folder}/`,
    ),
    closed: true,
  },
  { name: 'pipeline', paths: ['src/pipeline/', 'src/countersign.ts'], closed: false },
  { name: 'benchmark', paths: ['src/benchmark/', 'src/training/'], closed: false },
  { name: 'entries', paths: ['src/index.ts', 'src/scan.ts', 'src/verify.ts', 'src/testing.ts'], closed: false },
  { name: 'surface', paths: ['src/surface/'], closed: false },
]

const layerOf = (file: string) => layers.findIndex((layer) => layer.paths.some((path) => file === path || (path.endsWith('/') && file.startsWith(path))))
const folderOf = (file: string) => file.split('/')[1]
const show = (items: Import[]) => items.map((item) => `${item.from} -> ${item.to}`)

test('every source file belongs to a layer', () => {
  expect(sourceFiles('src').filter((file) => layerOf(file) === -1)).toEqual([])
})

test('imports point inwards', () => {
  expect(show(inside.filter((item) => layerOf(item.to) > layerOf(item.from)))).toEqual([])
})

test('a stage never imports another stage', () => {
  const between = inside.filter((item) => {
    const layer = layers[layerOf(item.from)]
    return layer?.closed === true && layerOf(item.to) === layerOf(item.from) && folderOf(item.to) !== folderOf(item.from)
  })
  expect(show(between)).toEqual([])
})

test('the surface reaches the product through its entries alone', () => {
  const past = inside.filter((item) => item.from.startsWith('src/surface/') && !/^src\/(surface\/|index\.ts|scan\.ts|verify\.ts|errors\.ts|records\/)/.test(item.to))
  expect(show(past)).toEqual([])
})

test('what only verifies reaches no network module', () => {
  const seen = reach(['src/verify.ts'])
  const network = /^(node:)?(net|tls|dgram|http|https|http2|dns)$|^undici$/
  expect(show(imports.filter((item) => seen.has(item.from) && network.test(item.to)))).toEqual([])
})

test('what only verifies knows no language model', () => {
  expect([...reach(['src/verify.ts'])].filter((file) => file.startsWith('src/model/'))).toEqual([])
})

test('every import of our own names a file that exists', () => {
  expect(show(inside.filter((item) => !existsSync(join(root, item.to))))).toEqual([])
})

test('only the surface reads the environment', () => {
  // In a comment or a text it is named, not read.
  const readers = sourceFiles('src').filter((file) => /^(?!\s*(?:\/?\*|\/\/))[^'"`]*\bprocess\.env\b/m.test(readFileSync(join(root, file), 'utf8')))
  // The sandbox's proof must know the environment to recognise it in what a program brought out.
  expect(readers.filter((file) => !file.startsWith('src/surface/'))).toEqual(['src/sandbox/proof.ts'])
})
