import { expect, test } from 'vitest'
import type { Candidate } from '../records/candidate.ts'
import { Screening } from '../records/screening.ts'
import type { Task } from '../records/task.ts'
import { screenCandidates } from './screen.ts'

const prompt = 'def area(w, h):\n    """The area of a rectangle."""\n'
const aTask = (more: Partial<Task> = {}): Task => ({ id: 't', language: 'python', instruction: prompt, prompt, entryPoint: 'area', tests: [], ...more })
const aCandidate = (id: string, content: string, more: Partial<Candidate> = {}): Candidate => ({ id, language: 'python', files: [{ path: 'main.py', content }], ...more })

async function screenOne(content: string, task = aTask()): Promise<Screening> {
  const [screening] = await screenCandidates(task, [aCandidate('0', content, { language: task.language })])
  return Screening.parse(screening)
}

test('a whole attempt has nothing against it', async () => {
  expect(await screenOne(`${prompt}    return w * h\n`)).toMatchObject({ parse: { kind: 'parsed', errors: 0 }, entryPoint: 'found', canonical: expect.stringMatching(/^sha256:/) })
  expect((await screenOne(`${prompt}    return w * h\n`)).degenerate).toBeUndefined()
})

test.each([
  ['empty', ''],
  ['empty', '    # TODO: multiply\n'],
  ['empty', '\n\n'],
  ['placeholder', '    pass\n'],
  ['placeholder', '    ...\n'],
  ['placeholder', '    return\n'],
  ['placeholder', '    # later\n    pass\n\n\nclass Shape:\n    sides = 4\n'],
  ['placeholder', '    raise NotImplementedError("area")\n'],
  ['repetitive', `    w = w + 0\n${'    w = w + 0\n'.repeat(80)}    return w * h\n`],
  ['repetitive', `    ${'#'.repeat(400)}\n`],
  [undefined, '    return None\n'],
  [undefined, '    return w\n'],
  [undefined, '    raise ValueError("not implemented for negative sides")\n'],
  [undefined, '    print(w * h)\n'],
  [undefined, `    if w:\n${Array.from({ length: 12 }, (_, i) => `${'    '.repeat(i + 2)}if h > ${i}:\n`).join('')}${'    '.repeat(14)}return w * h\n`],
])('%s: %j', async (degenerate, body) => {
  expect((await screenOne(prompt + body)).degenerate).toBe(degenerate)
})

test.each([
  ['empty', 'function area(w, h) {\n  // your code here\n}\n'],
  ['placeholder', 'function area(w, h) { return; }\n'],
  ['placeholder', "const area = (w, h) => { throw new Error('Not implemented yet') }\n"],
  [undefined, 'const area = (w, h) => w * h\n'],
  [undefined, "function area(w, h) { throw new RangeError('too small') }\n"],
])('JavaScript, %s: %j', async (degenerate, code) => {
  expect((await screenOne(code, aTask({ language: 'javascript', prompt: undefined }))).degenerate).toBe(degenerate)
})

test('what the prompt holds is not judged: the same body is degenerate under any prompt', async () => {
  const long = `${'# a long explanation of rectangles, and then another sentence about them\n'.repeat(30)}${prompt}`
  expect((await screenOne(`${long}    return w * h\n`, aTask({ prompt: long }))).degenerate).toBeUndefined()
  expect((await screenOne(`${long}    pass\n`, aTask({ prompt: long }))).degenerate).toBe('placeholder')
})

test.each([
  ['found', 'area = lambda w, h: w * h\n'],
  ['found', 'from shapes import area\n'],
  ['found', 'try:\n    from shapes import area\nexcept ImportError:\n    def area(w, h):\n        return w * h\n'],
  ['found', 'async def area(w, h):\n    return w * h\n'],
  ['missing', 'def aera(w, h):\n    return w * h\n'],
  ['missing', 'def other():\n    def area(w, h):\n        return w * h\n'],
  ['missing', '# area\n'],
])('the entry point is %s in %j', async (entryPoint, code) => {
  expect((await screenOne(code)).entryPoint).toBe(entryPoint)
})

test.each([
  ['found', 'module.exports = { area }\nfunction area() { return 1 }'],
  ['found', 'exports.area = (w, h) => w * h'],
  ['found', 'export default function area(w, h) { return w * h }'],
  ['found', 'let area\narea = function (w, h) { return w * h }'],
  ['missing', 'const shape = { area() { return 1 } }'],
])('JavaScript: the entry point is %s in %j', async (entryPoint, code) => {
  expect((await screenOne(code, aTask({ language: 'javascript', prompt: undefined }))).entryPoint).toBe(entryPoint)
})

test('a task that names no entry point asks for none', async () => {
  expect((await screenOne('print(1)\n', aTask({ entryPoint: undefined, prompt: undefined }))).entryPoint).toBe('not-asked')
})

test('equal programs, and those equal in form, are one candidate with several proposals', async () => {
  const screenings = await screenCandidates(aTask(), [
    aCandidate('a', `${prompt}    return w * h\n`),
    aCandidate('b', `${prompt}    return w + h\n`),
    aCandidate('c', `${prompt}    return w * h\n`, { model: 'another' }),
    aCandidate('d', 'def area(w,h):\n    # multiply\n    print(w)\n    return w*h\n'),
  ])
  expect(screenings.map((screening) => screening.ids)).toEqual([['a', 'c', 'd'], ['b']])
})

test('programs that print their answer are not merged over their prints', async () => {
  const task = aTask({ entryPoint: undefined, prompt: undefined })
  const screenings = await screenCandidates(task, [aCandidate('a', 'print(1)\n'), aCandidate('b', 'print(2)\n')])
  expect(screenings).toHaveLength(2)
})

test('programs that do not parse are merged only when they are equal', async () => {
  const screenings = await screenCandidates(aTask(), [aCandidate('a', 'def area(:\n'), aCandidate('b', 'def area(:  # x\n'), aCandidate('c', 'def area(:\n')])
  expect(screenings.map((screening) => screening.ids)).toEqual([['a', 'c'], ['b']])
  expect(screenings[0]).toMatchObject({ parse: { kind: 'parsed', errors: expect.toSatisfy((errors: number) => errors > 0) } })
  expect(screenings[0]?.canonical).toBeUndefined()
})

test('further files belong to the form of a change set', async () => {
  const extras = { a: 'x = 1\n', b: 'x = 2\n', c: 'x  =  1\n' }
  const main = { path: 'main.py', content: `${prompt}    return w * h\n` }
  const candidates = Object.entries(extras).map(([id, content]) => aCandidate(id, '', { files: [main, { path: 'lib/helper.py', content }] }))
  const screenings = await screenCandidates(aTask(), candidates)
  expect(screenings.map((screening) => screening.ids)).toEqual([['a', 'c'], ['b']])
})

test('a program too large to parse is said to be so, and its entry point is unknown', async () => {
  const screening = await screenOne(`x = 1\n${Array.from({ length: 200_000 }, (_, i) => `y${i} = ${i}\n`).join('')}`)
  expect(screening).toMatchObject({ parse: { kind: 'too-large', bound: 'text' }, entryPoint: 'unknown' })
})

test('what nothing defines, what is refused and which quoted words are used is told', async () => {
  const task = aTask({ instruction: "Read the keys 'width' and 'height'" })
  expect(await screenOne("def area(w, h):\n    if w < 0:\n        raise ValueError('width')\n    return math.prod([w, h])\n", task)).toMatchObject({
    undefinedNames: ['math'],
    refusals: 1,
    quoted: { used: 1, of: 2 },
  })
})

test('what is not known is absent', async () => {
  const screening = await screenOne('function area(w, h) { return missing(w, h) }\n', aTask({ language: 'javascript', prompt: undefined, instruction: 'The area' }))
  expect(screening).not.toHaveProperty('undefinedNames')
  expect(screening).not.toHaveProperty('quoted')
  expect(await screenOne('from math import *\ndef area(w, h): return prod([w, h])\n')).not.toHaveProperty('undefinedNames')
})
