import { expect, test } from 'vitest'
import { contentDigest } from '../records/candidate.ts'
import type { Language } from '../records/language.ts'
import { Module } from '../records/module.ts'
import { loadSyntax, parse } from '../syntax/tree.ts'
import { extractModules } from './extract.ts'

async function extract(language: Language, content: string, entryPoint?: string) {
  const candidate = { id: 'a', language, files: [{ path: `main.${{ python: 'py', javascript: 'js', typescript: 'ts' }[language]}`, content }] }
  const extraction = await extractModules(candidate, { entryPoint })
  for (const module of extraction.modules) {
    expect(Module.parse(module)).toEqual(module)
    expect(module.candidate).toBe(contentDigest(candidate))
    await loadSyntax()
    expect(parse(language, module.code)).toMatchObject({ kind: 'parsed', errors: 0 })
  }
  return extraction
}

const python = `import math

# Whether n has no divisor
# but 1 and itself.
@cache
def is_prime(n: int) -> bool:
    return all(n % i for i in range(2, math.isqrt(n) + 1))

def unused():
    return is_prime(4)

class Table:
    """Rows.

    Of numbers.
    """
    def __init__(self):
        self.rows = []
    def add(self, row):
        text = """
    kept
"""
        self.rows.append(row)
    def forgotten(self):
        pass

def main(n):
    def inner(x):
        return is_prime(x)
    t = Table()
    t.add(n)
    return inner(n)
`

test('what Python defines and reaches is extracted, the entry point left out', async () => {
  const { modules, unreached } = await extract('python', python, 'main')
  expect(modules.map(({ name, kind, within }) => [name, kind, within.join('.')])).toEqual([
    ['is_prime', 'function', ''],
    ['Table', 'class', ''],
    ['__init__', 'method', 'Table'],
    ['add', 'method', 'Table'],
    ['inner', 'function', 'main'],
  ])
  expect(unreached).toEqual(['unused', 'forgotten'])
})

test('a module has its signature, description, body and calls', async () => {
  const { modules } = await extract('python', python, 'main')
  expect(modules[0]).toMatchObject({
    signature: '@cache\ndef is_prime(n: int) -> bool:',
    description: 'Whether n has no divisor\nbut 1 and itself.',
    body: 'return all(n % i for i in range(2, math.isqrt(n) + 1))',
    calls: ['all', 'isqrt', 'range'],
  })
  expect(modules[1]).toMatchObject({ signature: 'class Table:', description: 'Rows.\n\nOf numbers.' })
  expect(modules[1]!.body).toMatch(/^def __init__/)
})

test('a nested module moves to the left margin, but not what is inside its texts', async () => {
  const { modules } = await extract('python', python, 'main')
  expect(modules[3]!.code).toBe('def add(self, row):\n    text = """\n    kept\n"""\n    self.rows.append(row)')
  expect(modules[4]!.code).toBe('def inner(x):\n    return is_prime(x)')
})

test('JavaScript gives functions, bound functions, classes and their methods', async () => {
  const code = `
/**
 * Doubles.
 */
export const twice = (x) => x * 2
const also = 3, half = function (x) { return x / 2 }
exports.third = async x => x / 3
function* count() { yield new Point(1) }
class Point {
  constructor(x) { this.x = x }
  // Its length.
  norm() { return twice(this.x) }
  get size() { return 1 }
  #hidden = () => 1
}
function f(x) { return half(count(x), third) + new Point(x).norm().size + this.hidden }
`
  const { modules, unreached } = await extract('javascript', code, 'f')
  expect(modules.map(({ name, kind, description }) => [name, kind, description])).toEqual([
    ['twice', 'bound-function', 'Doubles.'],
    ['half', 'bound-function', undefined],
    ['third', 'bound-function', undefined],
    ['count', 'function', undefined],
    ['Point', 'class', undefined],
    ['constructor', 'method', undefined],
    ['norm', 'method', 'Its length.'],
    ['size', 'method', undefined],
    ['hidden', 'method', undefined],
  ])
  expect(modules[6]!.code).toBe('class Point {\nnorm() { return twice(this.x) }\n}')
  expect(unreached).toEqual([])
})

test('TypeScript keeps its types', async () => {
  const { modules } = await extract('typescript', 'interface A { b: number }\nconst g = <T,>(x: T): T => x\nabstract class B { abstract c(): void; d(): A { return { b: 1 } } }\n')
  expect(modules.map(({ name, signature }) => [name, signature])).toEqual([
    ['g', 'const g = <T,>(x: T): T =>'],
    ['B', 'abstract class B'],
    ['d', 'd(): A'],
  ])
})

test('equal modules are one, and those that differ in layout and comments alone have one digest', async () => {
  const one = await extract('python', 'def a(x):\n    return x\ndef b(x):\n    """Doc."""\n    return x  # same\nif b:\n    def b(x): return x\n')
  expect(one.modules.map(({ name }) => name)).toEqual(['a', 'b'])
  const other = await extract('python', '# a\ndef a( x ):\n\n  return x\n')
  expect(other.modules[0]!.digest).toBe(one.modules[0]!.digest)
})

test.each<[Language, string, string[]]>([
  ['python', 'def f(x):\n    def g():\n        return 1\n    return g()\ndef f(x):\n    return 2\ndef main(x):\n    return f(x)\n', ['return 2']],
  ['javascript', 'function f() { return 1 }\nfunction f() { return 2 }\nfunction main() { return f() }\n', ['{ return 2 }']],
  // Each of two ways is there, a decorator is handed the earlier one, and a program that calls it first has used it.
  ['python', 'if a:\n    def f(x):\n        return 1\nelse:\n    def f(x):\n        return 2\ndef main(x):\n    return f(x)\n', ['return 1', 'return 2']],
  ['python', 'def f(x):\n    return 1\n@f.register\ndef f(x):\n    return 2\ndef main(x):\n    return f(x)\n', ['return 1', 'return 2']],
  ['python', 'def f(x):\n    return 1\nk = f(1)\ndef f(x):\n    return 2\ndef main(x):\n    return f(x)\n', ['return 1', 'return 2']],
])('%s: of functions of one name in one block the last is the one that is called: %#', async (language, content, bodies) => {
  const { modules } = await extract(language, content, 'main')
  expect(modules.map(({ body }) => body)).toEqual(bodies)
})

test('a cycle that is never reached is dropped, and one that is reached ends', async () => {
  const { modules, unreached } = await extract('python', 'def a(): b()\ndef b(): a()\ndef c(): d()\ndef d(): c()\ndef main(): a()\n', 'main')
  expect([modules.map(({ name }) => name), unreached]).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test.each([
  ['no entry point is asked for', undefined],
  ['the program does not define it', 'missing'],
])('all modules are kept where %s', async (_why, entryPoint) => {
  expect((await extract('python', 'def a(): pass\ndef b(): pass\n', entryPoint)).modules).toHaveLength(2)
})

test('what is not read is named', async () => {
  const candidate = { id: 'a', language: 'python' as const, files: [{ path: 'a.py', content: 'x = 1\n'.repeat(100_000) }, { path: 'b.sql', content: 'SELECT 1' }] }
  expect((await extractModules(candidate)).unread).toEqual([
    { path: 'a.py', reason: 'too-large' },
    { path: 'b.sql', reason: 'language' },
  ])
})

test('a module that does not parse alone is named, and the others are kept', async () => {
  const { modules, broken } = await extract('python', 'def a(:\n    return (\n\ndef b():\n    return 1\n')
  expect(modules.every(({ name }) => name === 'b')).toBe(true)
  expect([...modules.map(({ name }) => name), ...broken]).not.toEqual([])
})

test('a program without modules, and an empty one, give none', async () => {
  expect((await extract('python', 'def main(): pass\n', 'main')).modules).toEqual([])
  expect((await extract('javascript', '')).modules).toEqual([])
})

test.each([
  ['a long chain of calls', Array.from({ length: 6000 }, (_, i) => `def f${5999 - i}():\n    return f${6000 - i}()\n`).join('\n'), 4000],
  ['deep nesting', `${Array.from({ length: 800 }, (_, i) => `${' '.repeat(i)}def f${i}():\n`).join('')}${' '.repeat(800)}pass\n`, 17],
  ['a wall of comments', `${'# a\n'.repeat(20_000)}def f0():\n    pass\n\ndef g():\n    pass\n\nx = g()\n`, 1],
])('%s costs no more than what is large', async (_what, content, most) => {
  const before = process.cpuUsage()
  const { modules } = await extractModules({ id: 'a', language: 'python', files: [{ path: 'main.py', content }] }, { entryPoint: 'f0' })
  expect(modules.length).toBeLessThanOrEqual(most)
  // Quadratic work takes minutes here.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10)
})
