import { afterAll, describe, expect, test } from 'vitest'
import { openTransformer } from './transform.ts'

const transformer = openTransformer()
afterAll(() => transformer.close())

const calls = { kind: 'calls', calls: [] } as const
const nested = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000)

describe('the transform', () => {
  test('a CommonJS file is left as it is', async () => {
    const file = { path: 'main.js', content: 'with ({}) { exports.f = 010 }' }
    const files = [{ ...file, format: 'commonjs' }]
    expect(await transformer.transformProgram({ language: 'javascript', files: [file], work: calls })).toEqual({ kind: 'program', files })
  })

  test.each([
    ['JavaScript', 'main.js', 'f('],
    ['TypeScript', 'main.ts', 'let x: = 1'],
    ['an ES module that returns', 'main.mjs', 'return 1\nexport {}'],
    ['100,000 nested parentheses in JavaScript', 'main.js', nested('(', ')')],
    ['100,000 nested parentheses in TypeScript', 'main.ts', `const x: number = ${nested('(', ')')}`],
    ['100,000 nested tags', 'main.tsx', `const x = ${nested('<a>', '</a>')}`],
  ])('%s that cannot be read is a SyntaxError of the program', async (_what, path, content) => {
    const result = await transformer.transformProgram({ language: 'typescript', files: [{ path, content }], work: calls })
    expect(result).toMatchObject({ kind: 'raised', error: { type: 'SyntaxError' } })
  })

  test.each([
    ['leaves a string open', 'const s = `', 'f(`)'],
    ['leaves a comment open', 'f(); /*', '*/'],
    ['returns before it', 'if (true) { return }', 'f()'],
    ['closes a block it never opened', '}; { f()', '}'],
  ])('a program that %s cannot swallow an in-process test', async (_what, content, code) => {
    const result = await transformer.transformProgram({ language: 'javascript', files: [{ path: 'main.js', content }], work: { kind: 'in-process', code } })
    expect(result).toMatchObject({ kind: 'raised', error: { type: 'SyntaxError' } })
  })

  test('a program is read as well after one that crashed the parser', async () => {
    const bad = { path: 'main.ts', content: nested('[', ']') }
    const good = { path: 'main.ts', content: 'const x: number = 1' }
    const transform = (file: typeof bad) => transformer.transformProgram({ language: 'typescript', files: [file], work: calls })
    const results = await Promise.all([transform(bad), transform(good)])
    expect(results.map(({ kind }) => kind)).toEqual(['raised', 'program'])
  })

  test('a worker that does not start is a failure of ours, never of the program', async () => {
    const broken = openTransformer(new URL('guest/jsx.mjs', import.meta.url))
    const file = { path: 'main.ts', content: 'const x: number = 1' }
    await expect(broken.transformProgram({ language: 'typescript', files: [file], work: calls })).rejects.toMatchObject({ code: 'SANDBOX_BROKEN' })
  })
})
