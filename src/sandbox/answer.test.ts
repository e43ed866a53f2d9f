import { expect, test } from 'vitest'
import { readAnswer, splitMarked } from './answer.ts'

test('marked lines are told from what the program prints around them', () => {
  const text = 'hello\n#m {"kind":"loaded"}\nno line feed#m {"kind":"x"}\n#m cut off'
  expect(splitMarked(text, '#m ')).toEqual({ lines: ['{"kind":"loaded"}', '{"kind":"x"}'], rest: 'hello\nno line feed' })
})

test.each([
  ['text', 'hello'],
  ['an unknown kind', '{"kind":"passed"}'],
  ['a key that no guest writes', '{"kind":"loaded","verdict":"passed"}'],
  ['a value that is none', '{"kind":"observed","index":0,"observation":{"kind":"returned","value":{"$":"anything"}}}'],
  ['an outcome that is none', '{"kind":"ended","outcome":"passed","exitCode":0}'],
  ['nesting beyond reason', `{"kind":"observed","index":0,"observation":{"kind":"returned","value":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`],
])('%s is no answer', (_what, line) => {
  expect(readAnswer(line)).toBeUndefined()
})
