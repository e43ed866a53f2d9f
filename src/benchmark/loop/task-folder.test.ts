import { expect, test } from 'vitest'
import { Folder } from '../../../test/support/folder.ts'
import { readLoopTasks } from './task-folder.ts'

const whole: Record<string, string> = {
  'harness.py': 'helper = 1\n',
  'a/task.md': 'Write f(x).\n',
  'a/task.json': '{"language": "python", "entryPoint": "f", "weakness": "CWE-22"}',
  'a/check.py': 'hidden = 1\n',
  'a/reference/secure.py': 's',
  'a/reference/insecure.py': 'i',
  'a/reference/wrong.py': 'w',
}

test('a task is what may be asked, apart from what nobody may see', () => {
  using folder = new Folder({ ...whole, 'a/public.py': 'assert f(1) == 2\n', '_notes/idea.md': '', '.git/x': '' })
  const [task, ...more] = readLoopTasks(folder.path)
  expect(more).toEqual([])
  expect(task?.requests).toEqual([{ id: 'a', language: 'python', instruction: 'Write f(x).', entryPoint: 'f', tests: { asserts: 'assert f(1) == 2\n' } }])
  expect(task?.hidden).toEqual({ main: { path: 'check.py', content: 'hidden = 1\n' }, beside: [{ path: 'harness.py', content: 'helper = 1\n' }] })
  expect(task?.references).toEqual({ secure: 's', insecure: 'i', wrong: 'w' })
})

test('wordings stand between lines of dashes', () => {
  using folder = new Folder({ ...whole, 'a/task.md': 'Write f(x).\n---\nI need f(x),\nplease.\n' })
  expect(readLoopTasks(folder.path)[0]?.requests.map(({ instruction }) => instruction)).toEqual(['Write f(x).', 'I need f(x),\nplease.'])
})

test('another check is another task', () => {
  using one = new Folder(whole)
  using other = new Folder({ ...whole, 'a/check.py': 'hidden = 2\n' })
  expect(readLoopTasks(one.path)[0]?.digest).not.toBe(readLoopTasks(other.path)[0]?.digest)
})

const without = (path: string) => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== path))
const broken: [string, Record<string, string>, RegExp][] = [
  ['an empty folder', {}, /holds no task/],
  ['no instruction', without('a/task.md'), /lacks task\.md/],
  ['an empty instruction', { ...whole, 'a/task.md': ' \n' }, /task\.md, or a part of it/],
  ['an empty wording', { ...whole, 'a/task.md': 'Write f(x).\n---\n' }, /task\.md, or a part of it/],
  ['no settings', without('a/task.json'), /lacks task\.json/],
  ['settings that are no JSON', { ...whole, 'a/task.json': '{' }, /task\.json: it is wrong/],
  ['an unknown language', { ...whole, 'a/task.json': '{"language": "cobol", "entryPoint": "f", "weakness": "CWE-22"}' }, /language is wrong/],
  ['an unknown setting', { ...whole, 'a/task.json': '{"language": "python", "entryPoint": "f", "weakness": "CWE-22", "more": 1}' }, /more/],
  ['no check', without('a/check.py'), /lacks check\.py/],
  ['no reference', without('a/reference/wrong.py'), /lacks reference\/wrong\.py/],
]
test.each(broken)('%s is a clear error', (_, files, message) => {
  using folder = new Folder(files)
  expect(() => readLoopTasks(folder.path)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringMatching(message) }))
})

test('a folder that is not there is a clear error', () => {
  expect(() => readLoopTasks('/absent')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('/absent') }))
})
