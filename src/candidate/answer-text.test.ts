import { expect, test } from 'vitest'
import { answerText } from './answer-text.ts'
import { extractCode } from './extract-code.ts'

const contents = ['def f():\n    return 1\n', 'def f():\n    """\n    ```\n    f()\n    ```\n    """\n    return 1\n', 'def f():\n    return "````"\n']

test.each(contents)('a program comes out of its answer as it went in: %j', (content) => {
  const text = answerText([{ path: 'main.py', content }], { language: 'python', workspace: false })
  expect(extractCode({ text, ending: 'complete' }, { language: 'python', continues: false, workspace: false })).toMatchObject({ kind: 'code', cutOff: false, files: [{ path: 'main.py', content }] })
})

test('the files of a change set keep their paths', () => {
  const files = [{ path: 'src/a.py', content: 'from b import g\n\n\ndef f():\n    return g()\n' }, { path: 'src/b.py', content: 'def g():\n    return 1\n' }]
  const text = answerText(files, { language: 'python', workspace: true })
  expect(extractCode({ text, ending: 'complete' }, { language: 'python', continues: false, workspace: true })).toMatchObject({ kind: 'code', files })
})
