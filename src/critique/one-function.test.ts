import { beforeAll, expect, test } from 'vitest'
import { loadSyntax } from '../syntax/tree.ts'
import { askedOf, cutFunction } from './one-function.ts'

beforeAll(async () => await loadSyntax())

const python = 'import os\n\n\ndef one(x):\n    return eval(x)\n\n\ndef two(x):\n    return x\n'
const typescript = "import { a, b } from 'node:fs'\n\nexport function one(x: string) {\n  return a(x)\n}\n\nexport function two(x: string) {\n  return b(x)\n}\n"

test('the function that a line lies in stands alone, behind what stands before all', () => {
  const cut = cutFunction('python', python, 5)
  expect(cut).toMatchObject({ name: 'one', code: 'import os\n\ndef one(x):\n    return eval(x)', line: 4 })
  expect(cutFunction('python', python, 9)).toMatchObject({ name: 'two', line: 4 })
})

test('a revision of it goes back where it was, with what it imports', () => {
  expect(cutFunction('python', python, 5)?.put('import json\n\ndef one(x):\n    return json.loads(x)\n')).toBe('import os\nimport json\n\ndef one(x):\n    return json.loads(x)\n\n\ndef two(x):\n    return x\n')
  expect(cutFunction('typescript', typescript, 4)?.put("import { c, a } from 'node:fs'\n\nexport function one(x: string) {\n  return c(x)\n}\n")).toBe(
    "import { a, b, c } from 'node:fs'\n\nexport function one(x: string) {\n  return c(x)\n}\n\nexport function two(x: string) {\n  return b(x)\n}\n",
  )
})

test('a program with one function, or a line outside of all, is left whole', () => {
  expect(cutFunction('python', 'def one(x):\n    return x\n', 2)).toBeUndefined()
  expect(cutFunction('python', python, 1)).toBeUndefined()
})

test('of what is asked for, the part about one function', () => {
  expect(askedOf('Write one(x) that reads x, and two(x) that gives x.', 'two')).toBe('Write two(x) that gives x.')
  expect(askedOf('Do something.', 'two')).toBe('Do something.')
})
