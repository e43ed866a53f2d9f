import { expect, test } from 'vitest'
import type { Task } from './task.ts'
import { intentionOf, renamed } from './intention.ts'

const aTask = (more: Partial<Task>): Task => ({ id: 't', language: 'python', instruction: '', tests: [], ...more })
const python = 'from x import y\n\ndef g():\n    """Helps."""\n\ndef f(a):\n    """ Adds one.\n    >>> f(1)\n    2\n    """\n'
const javascript = '// Adds one.\n// f(1) -> 2\nfunction f(a){\n'

test('an instruction in words is what is wanted', () => {
  expect(intentionOf(aTask({ instruction: ' Add one. ', prompt: python }))).toBe('Add one.')
  expect(intentionOf(aTask({ instruction: 'Add one.' }))).toBe('Add one.')
})

test('where the instruction is the beginning of a program, its last documentation is what is wanted', () => {
  expect(intentionOf(aTask({ instruction: python, prompt: python }))).toBe('Adds one.\n    >>> f(1)\n    2')
  expect(intentionOf(aTask({ instruction: javascript, prompt: javascript, language: 'javascript' }))).toBe('Adds one.\nf(1) -> 2')
  expect(
    intentionOf(
      aTask({ instruction: '/**\n * Adds one.\n */\nfunction f(', prompt: '/**\n * Adds one.\n */\nfunction f(', language: 'typescript' }),
    ),
  ).toBe('Adds one.')
  expect(intentionOf(aTask({ instruction: 'def f(a):\n', prompt: 'def f(a):\n' }))).toBe('def f(a):')
})

test('a name is replaced where it stands as a word', () => {
  expect(renamed('add(1), adder, _add, $add add', { from: 'add', to: 'f' })).toBe('f(1), adder, _add, $add f')
  expect(renamed('add', undefined)).toBe('add')
})
