import { beforeAll, expect, test } from 'vitest'
import { childOf, loadSyntax, parse, parseBounds, walk } from './tree.ts'

beforeAll(() => loadSyntax())

test('a program becomes plain nodes with their places in the text', () => {
  const text = 'def greet(name):\n    return "é" + name\n'
  const parsed = parse('python', text)
  if (parsed.kind !== 'parsed') throw new Error('not parsed')
  const [definition] = parsed.root.children
  const name = definition && childOf(definition, 'name')
  expect(parsed.errors).toBe(0)
  expect(definition?.type).toBe('function_definition')
  expect(text.slice(name?.start, name?.end)).toBe('greet')
  expect(text.slice(definition?.start, definition?.end)).toBe(text.trimEnd())
  expect([...walk(parsed.root)].filter((node) => node.type === 'identifier').map((node) => text.slice(node.start, node.end))).toEqual(['greet', 'name', 'name'])
})

test.each([
  ['python', 'def f(:\n  return 1\n'],
  ['javascript', 'function f( { return 1 }'],
  ['typescript', 'const a: = 1'],
] as const)('what does not parse in %s is counted', (language, text) => {
  expect(parse(language, text)).toMatchObject({ kind: 'parsed', errors: expect.toSatisfy((errors: number) => errors > 0) })
})

test.each([
  ['typescript', 'const a = <T,>(x: T): T => x\nenum E { A }\nconst b = <number>a'],
  ['typescript', 'const view = <p class="a">{name}</p>'],
  ['javascript', 'const view = <p>{name}</p>'],
  ['python', 'match x:\n    case [1, *rest]:\n        print(f"{rest!r:>{10}}")\n'],
] as const)('%s in its modern dress parses: %s', (language, text) => {
  expect(parse(language, text)).toMatchObject({ kind: 'parsed', errors: 0 })
})

test('a hundred thousand nested parentheses parse and can be walked', () => {
  const parsed = parse('python', '('.repeat(100_000) + '1' + ')'.repeat(100_000))
  expect(parsed).toMatchObject({ kind: 'parsed', errors: 0 })
  let nodes = 0
  if (parsed.kind === 'parsed') for (const _ of walk(parsed.root)) nodes++
  expect(nodes).toBeGreaterThan(300_000)
})

test('ten megabytes are refused with the bound that was met', () => {
  expect(parse('python', 'x = 1\n'.repeat(1_700_000))).toEqual({ kind: 'too-large', bound: 'text', limit: parseBounds.text })
  expect(parse('javascript', `${'['.repeat(150_000)}${']'.repeat(150_000)}`)).toEqual({ kind: 'too-large', bound: 'nodes', limit: parseBounds.nodes })
})
