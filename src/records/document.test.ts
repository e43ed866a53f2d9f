import { expect, test } from 'vitest'
import { cpuTimer } from '../../test/support/cpu.ts'
import { documentInstruction } from './document.ts'
import type { Language } from './language.ts'

const told = (instruction: string, language: Language = 'python') => documentInstruction({ instruction, language })
const plain = 'Write read_note(base, name) that reads the file name inside base and returns its text.'

test.for<[string, string, string]>([
  ['itself', plain, plain],
  ['on several lines', `  ${plain.replaceAll(' ', '\n  ')}\n`, plain],
  ['with code marks', plain.replace('read_note(base, name)', '`read_note(base, name)`').replace('base and', '`base` and'), plain],
  ['with types', plain.replace('(base, name)', "(base: str, name: str = 'a, b') -> str | None"), plain],
  ['with types of TypeScript', plain.replace('(base, name)', '(base: string, name?: Record<string, number>)'), plain],
  ['with an example', `${plain} read_note("/n", "a") == "x y"`, plain],
  ['with examples', `${plain} For example, read_note("/n", "a.b") -> 'x' and read_note(1, [2, (3)]) == [4, 5].`, plain],
  ['with a session', `${plain}\n\n>>> read_note("a", "b")\n'c'\n>>> read_note("a", "c")\nTraceback\n`, plain],
  ['with assertions', `${plain}\nassert read_note("a", "b") == "c"\nconsole.assert(read_note("a", "b") === "c")`, plain],
  ['with a block', `${plain}\n\nExample:\n\`\`\`python\nread_note("a", "b")\n\`\`\`\n`, plain],
])('an instruction %s is the same sentence', ([, instruction, expected]) => {
  expect(told(instruction)).toBe(expected)
})

test('a function that only an example or a definition names is named with its parameters', () => {
  expect(told('Return the n-th Fibonacci number. fib(7) == 13')).toBe('fib(value): return the n-th Fibonacci number.')
  expect(told('Add them. add(1, "a, b") == 2. add(2, 2) == 4')).toBe('add(value, other): add them.')
  const prompt = 'def scale(values, by=2):\n    """Multiplies each of the values."""\n'
  const parameters = ['values', 'by'].map((name) => ({ name, optional: false, special: false }))
  expect(documentInstruction({ instruction: prompt, prompt, language: 'python', signature: { name: 'scale', kind: 'function', parameters } })).toBe(
    'scale(values, by): multiplies each of the values.',
  )
})

test('calls that show no result stay, and so does what only looks like an example', () => {
  const instruction = 'Write check(text) that calls print("no") when text is "f(1"; <|code|> is text.'
  expect(told(instruction)).toBe(instruction)
})

test('long and hostile texts take no time', () => {
  const spent = cpuTimer()
  for (const text of ['f('.repeat(20_000), 'a "'.repeat(20_000), '```\n'.repeat(20_000), '>>>\n'.repeat(20_000), 'f(1) == '.repeat(20_000), 'for example '.repeat(20_000), `f(1) == 2${' ,'.repeat(20_000)}`]) told(text)
  expect(spent()).toBeLessThan(8000)
})
