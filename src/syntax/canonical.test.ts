import { beforeAll, expect, test } from 'vitest'
import type { Language } from '../records/language.ts'
import { type Canonicalisation, canonicalForm, canonicalProgram } from './canonical.ts'
import { loadSyntax, parse } from './tree.ts'

beforeAll(() => loadSyntax())

function form(language: Language, text: string, options?: Canonicalisation): string {
  const parsed = parse(language, text)
  if (parsed.kind !== 'parsed') throw new Error('too large')
  return canonicalForm(language, text, parsed.root, options)
}

test.each([
  ['python', 'layout and comments', 'def f(a,b):\n    return a+b\n', '# sum\ndef f(a, b):\n\n  return a + b  # done\n\n'],
  ['python', 'docstrings', 'def f(a):\n    return a\n', 'def f(a):\n    """Gives it back."""\n    return a\n'],
  ['python', 'prints', 'def f(a):\n    return a\n', 'def f(a):\n    print("got", a)\n    return a\n'],
  ['python', 'quotes', "x = 'a'\n", 'x = "a"\n'],
  ['python', 'line breaks in brackets', 'x = [1, 2]\n', 'x = [\n    1, 2\n]\n'],
  ['javascript', 'semicolons, layout and comments', 'function f(a) { return a }', '/** Gives it back. */\nfunction f(a) {\n  // now\n  return a;\n}\n'],
  ['javascript', 'console output', 'const f = (a) => { return a }', "const f = (a) => {\n  console.log('got', a)\n  return a\n}"],
  ['typescript', 'quotes', "const a: string = 'x'", 'const a: string = "x";'],
] as const)('%s programs that differ in %s alone are one', (language, _difference, left, right) => {
  expect(form(language, left)).toBe(form(language, right))
})

test.each([
  ['python', 'nesting', 'if a:\n    b()\n    c()\n', 'if a:\n    b()\nc()\n'],
  ['python', 'an operator', 'x = a + b\n', 'x = a - b\n'],
  ['python', 'a string', 'x = "a"\n', 'x = "b"\n'],
  ['python', 'white space in a string', 'x = "a b"\n', 'x = "a  b"\n'],
  ['python', 'a one-tuple', 'x = (1,)\n', 'x = (1)\n'],
  ['python', 'a raw string', "x = r'\\n'\n", "x = '\\n'\n"],
  ['python', 'a print that is kept in an expression', 'x = print(1)\n', 'x = 1\n'],
  ['javascript', 'what a statement ends', 'let a = b\n;(c)()', 'let a = b(c)()'],
] as const)('%s programs that differ in %s are two', (language, _difference, left, right) => {
  expect(form(language, left)).not.toBe(form(language, right))
})

test('a program whose output is its answer keeps its prints', () => {
  expect(form('python', 'print(1)\n', { keepOutput: true })).not.toBe(form('python', 'print(2)\n', { keepOutput: true }))
  expect(form('python', 'print(1)\n')).toBe(form('python', ''))
})

test('a new name replaces the old one wherever it is a name', () => {
  const rename = { from: 'area', to: 'f' }
  expect(form('python', 'def area(a):\n    return area(a.area) + len("area")\n', { rename })).toBe(form('python', 'def f(a):\n    return f(a.f) + len("area")\n'))
})

test('the readable form is a program of the same words without what is silent', () => {
  const text = '"""Module."""\nimport re  # patterns\n\n\ndef area(a):\n    """Doc."""\n    # nothing yet\n    if a:\n        print(a)\n    return area(a - 1)\n'
  const parsed = parse('python', text)
  if (parsed.kind !== 'parsed') throw new Error('too large')
  const program = canonicalProgram('python', text, parsed.root, { rename: { from: 'area', to: 'f' } })
  expect(program).toBe('import re\ndef f(a):\n    if a:\n        pass\n    return f(a - 1)\n')
  expect(parse('python', program)).toMatchObject({ kind: 'parsed', errors: 0 })
})

test('a program nested without end has a form', () => {
  expect(form('python', `x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}\n`).length).toBeGreaterThan(100_000)
})
