import { createRequire } from 'node:module'
import { Language, Parser } from 'web-tree-sitter'
import { expect, test } from 'vitest'
import { fixtureFiles, fixturesOf } from '../../test/support/fixtures.ts'
import { type Cursor, openCursor, startParser } from './cursor.ts'

/** Every node that a cursor comes to, with all that it says of it. */
function told(cursor: Cursor): (number | boolean)[][] {
  const nodes: (number | boolean)[][] = []
  for (;;) {
    nodes.push([cursor.nodeTypeId, cursor.currentFieldId, cursor.startIndex, cursor.endIndex, cursor.nodeIsMissing])
    if (cursor.gotoFirstChild()) continue
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return nodes
  }
}

test('our cursor says what the parser says', async () => {
  await startParser()
  const parser = new Parser()
  parser.setLanguage(await Language.load(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm')))
  const programs = fixtureFiles('python').flatMap((rule) => fixturesOf(rule).map(({ code }) => code))
  expect(programs.length).toBeGreaterThan(100)
  // Cut off in the middle, a program has nodes that are missing and places that nothing explains.
  for (const program of ['', ...programs.slice(0, 100), ...programs.slice(0, 100).map((code) => code.slice(0, code.length / 2))]) {
    const tree = parser.parse(program)
    if (tree === null) throw new Error('nothing was parsed')
    const theirs = tree.walk()
    const expected = told(theirs)
    theirs.delete()
    const ours = openCursor(tree)
    expect(ours.constructor).not.toBe(theirs.constructor)
    expect(told(ours)).toEqual(expected)
    ours.delete()
    tree.delete()
  }
})
