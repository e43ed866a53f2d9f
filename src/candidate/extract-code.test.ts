import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuTimer } from '../../test/support/cpu.ts'
import { extractCode, type Wanted } from './extract-code.ts'

const python: Wanted = { language: 'python', entryPoint: 'f', continues: false, workspace: false }
const extract = (text: string, wanted: Partial<Wanted> = {}, ending: 'complete' | 'cut-off' = 'complete') =>
  extractCode({ text, ending }, { ...python, ...wanted })
const codeOf = (...given: Parameters<typeof extract>) => {
  const extracted = extract(...given)
  return extracted.kind === 'code' ? extracted.files[0]!.content : extracted.reason
}
const fenced = (code: string, info = 'python') => `\`\`\`${info}\n${code}\`\`\`\n`
const solution = 'def f(x):\n    return x + 1\n'

test.for<[string, string, Partial<Wanted>?]>([
  ['one block in prose', `Sure! Here it is:\n\n${fenced(solution)}\nThis adds one.`],
  ['a block without a language', fenced(solution, '')],
  ['Windows line ends', fenced(solution).replaceAll('\n', '\r\n')],
  ['tildes', `~~~py\n${solution}~~~`],
  ['a longer fence', `\`\`\`\`python\n${solution}\`\`\`\``],
  ['a block in a list', `1. First:\n\n   ${fenced(solution).replaceAll('\n', '\n   ')}\n2. Done`],
  ['a fence after prose on the same line', `The answer: ${fenced(solution)}`],
  ['the closing fence stuck to the code', `\`\`\`python\n${solution.trimEnd()}\`\`\``],
  ['a shell block before it', `Install it:\n${fenced('pip install six\n', 'bash')}\n${fenced(solution)}`],
  ['an example of its use after it', `${fenced(solution)}\nUse it:\n${fenced('print(f(1))\n')}\nOutput:\n${fenced('2\n', '')}`],
  ['a first attempt that it corrects', `${fenced('def f(x):\n    return x\n')}\nThat is wrong, so:\n${fenced(solution)}`],
  ['thinking first', `<think>\nmaybe\n${fenced('def f(x): pass\n')}</think>\n${fenced(solution)}`],
  ['quotations in running text', 'Use ``` to fence.\n' + fenced(solution)],
  ['a title above', `**solution.py**\n\n${fenced(solution)}`],
  ['no fence', solution],
  ['no fence, and prose around', `Here is the function:\n\n${solution}\nThis function returns one more. If you want more, ask.`],
  ['the completion of a prefix', '    return x + 1\n', { prefix: 'def f(x):\n', continues: true }],
  ['a completion that has lost its indentation', 'return x + 1\n', { prefix: 'def f(x):\n', continues: true }],
  ['a completion that repeats the signature', solution, { prefix: 'def f(x):\n', continues: true }],
  ['a fenced body for a prefix', fenced('return x + 1\n'), { prefix: 'def f(x):\n' }],
  ['a completion in the middle of a line', 'x):\n    return x + 1\n', { prefix: 'def f(', continues: true }],
])('%s', ([, text, wanted]) => {
  expect(codeOf(text, wanted)).toBe(solution)
})

test('a docstring with a fence in it stays whole', () => {
  const code = 'def f(x):\n    """Adds.\n\n    ```\n    f(1)\n    ```\n    """\n    return x + 1\n'
  expect(codeOf(fenced(code))).toBe(code)
  expect(codeOf(code)).toBe(code)
})

test('helpers in a block before the one that uses them come along, alternatives do not', () => {
  const helper = 'def add(x, y):\n    return x + y\n'
  const user = 'def f(x):\n    return add(x, 1)\n'
  expect(codeOf(`First a helper:\n${fenced(helper)}\nThen:\n${fenced(user)}`)).toBe(`${helper}\n${user}`)
  expect(codeOf(`${fenced('def g(x):\n    return 1\n')}\n${fenced(solution)}`)).toBe(solution)
})

test('several files under their paths, the main one first', () => {
  const reply = `\`pkg/add.py\`:\n${fenced('def add(x, y):\n    return x + y\n')}\n${fenced('from pkg.add import add\ndef f(x):\n    return add(x, 1)\n', 'python app.py')}\n${fenced('{}\n', 'json title="a.json"')}`
  expect(extract(reply)).toMatchObject({ kind: 'code', files: [{ path: 'app.py' }, { path: 'pkg/add.py' }, { path: 'a.json' }] })
})

test('a path that leaves the workspace is no path', () => {
  const reply = `${fenced('def g(): pass\n', 'python ../../etc/a.py')}\n${fenced(solution, 'python /etc/b.py')}`
  expect(extract(reply, { workspace: true })).toMatchObject({ files: [{ path: 'main.py', content: solution }] })
})

test('the path of a single file counts only in a workspace', () => {
  expect(extract(fenced(solution, 'python src/f.py'), { workspace: true })).toMatchObject({ files: [{ path: 'src/f.py' }] })
  expect(extract(fenced(solution, 'python src/f.py'))).toMatchObject({ files: [{ path: 'main.py' }] })
})

test('imports and definitions of the prefix that a whole answer takes for granted are put back', () => {
  const prefix = 'from typing import List\n\ndef add(x, y):\n    return x + y\n\ndef f(x: List[int]):\n    """Adds."""\n'
  expect(codeOf(fenced('def f(x: List[int]):\n    return x\n'), { prefix })).toBe(
    'from typing import List\n\ndef f(x: List[int]):\n    return x\n',
  )
  expect(codeOf(fenced('def f(x):\n    return add(x, 1)\n'), { prefix })).toContain('def add(x, y):\n    return x + y\n\ndef f(x)')
  expect(codeOf(fenced(`from typing import List\n${solution}`), { prefix })).toBe(`from typing import List\n${solution}`)
})

test('a reply that was cut off says so and loses the statement that is not whole', () => {
  expect(extract(`Here:\n\`\`\`python\n${solution}\nassert f(1) == `, {}, 'cut-off')).toMatchObject({
    cutOff: true,
    files: [{ content: solution }],
  })
  expect(extract('```python\ndef f(x):\n    return x +', {}, 'cut-off')).toMatchObject({
    cutOff: true,
    files: [{ content: 'def f(x):\n    return x +\n' }],
  })
  expect(extract(`${fenced(solution)}\nIn other wor`, {}, 'cut-off')).toMatchObject({ cutOff: false, files: [{ content: solution }] })
  expect(extract('    return x +', { prefix: 'def f(x):\n', continues: true }, 'cut-off')).toMatchObject({ cutOff: true })
})

test.for<[string, string, Partial<Wanted>?]>([
  ['empty', ''],
  ['empty', ' \n\t '],
  ['empty', '<think>I wonder whether def f(x): pass'],
  ['prose', 'I am not able to write that function, but I can explain it.'],
  ['prose', 'For example, if you want a list, use with care. Import duties apply. Class is over.'],
  ['other-language', fenced('int f(int x) { return x + 1; }\n', 'java')],
  ['other-language', fenced('const f = (x: number): number => x\n', 'ts'), { language: 'javascript' }],
  ['other-language', fenced('pip install f\n', 'bash')],
])('%s: %j', ([reason, text, wanted]) => {
  expect(extract(text, wanted)).toMatchObject({ kind: 'no-code', reason })
})

test('a refusal is a refusal whatever it says', () => {
  expect(extractCode({ text: fenced(solution), ending: 'refused', refusal: 'no' }, python)).toEqual({
    kind: 'no-code',
    reason: 'refused',
    detail: 'no',
  })
})

test('JavaScript and TypeScript: bare, exported, arrow, in prose', () => {
  const javascript = { language: 'javascript', entryPoint: 'f' } as const
  const code = "import x from 'x'\n\n// Adds one.\nexport const f = (x) => {\n  return x + 1\n}\n"
  expect(codeOf(`Here you go:\n\n${code}\nThat is all.`, javascript)).toBe(code)
  expect(codeOf(fenced(code, 'js'), { ...javascript, language: 'typescript' })).toBe(code)
  expect(
    codeOf('interface A {\n  b: string\n}\n\nfunction f(a: A): string {\n  return a.b\n}\n', { ...javascript, language: 'typescript' }),
  ).toContain('interface A')
})

test('spans name the stretches of the reply that became the program', () => {
  const reply = `<think>x</think>\nSure:\n${fenced(solution)}`
  const extracted = extract(reply)
  expect(extracted.kind === 'code' && extracted.spans.map(({ start, end }) => reply.slice(start, end))).toEqual([solution])
})

test('whatever the reply, the answer is a record, and spans lie in the reply in order', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '```',
      '~~~',
      '\n',
      'python\n',
      'def f(x):\n',
      '    return 1\n',
      '"""',
      "'''",
      '`',
      '/*',
      '<think>',
      '</think>',
      '# a.py\n',
      '   ',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.constantFrom('python', 'javascript', 'typescript'),
      fc.boolean(),
      (pieces, language, continues) => {
        const text = pieces.join('')
        const extracted = extract(text, { language, continues, ...(continues ? { prefix: 'def f(x):\n' } : {}) })
        const spans = extracted.kind === 'code' ? extracted.spans : []
        expect(spans.filter(({ start, end }) => start < 0 || start > end || end > text.length)).toEqual([])
      },
    ),
    { numRuns: 300 },
  )
})

test('code in a fenced block in any prose is found to the letter', () => {
  const prose = fc.string().filter((text) => !/[`~<]/.test(text))
  fc.assert(
    fc.property(prose, prose, (before, after) => {
      expect(codeOf(`${before}\n${fenced(solution)}${after}`)).toBe(solution)
    }),
  )
})

test.for(['`', '```\n', 'a ``` b\n', '(', 'def f(', 'x = ', '"""', '    ', 'x.', 'a/', '[', 'f:'])(
  'tens of kilobytes of %j take no time',
  (piece) => {
    const spent = cpuTimer()
    extract(piece.repeat(60_000 / piece.length))
    extract(piece.repeat(60_000 / piece.length), { language: 'typescript' })
    extract(`# ${piece.repeat(60_000 / piece.length)}\n${fenced(solution)}`)
    expect(spent()).toBeLessThan(6000)
  },
)
