import { expect, test } from 'vitest'
import { outlineOf, readPlan } from './read-plan.ts'

test.each<[string, string, string[]]>([
  ['lines', 'half(x): half of x\nsolve(values): the answer', ['half(x): half of x', 'solve(values): the answer']],
  ['a list with code marks', '1. `half(x)` - half of x\n2. **`solve(a, b)`**: the answer', ['half(x): half of x', 'solve(a, b): the answer']],
  ['a fenced outline in prose', 'I will split it (as asked):\n\n```outline\nhalf(x): half of x\nsolve(values: list[int]) -> int: the answer\n```\n', ['half(x): half of x', 'solve(values: list[int]) -> int: the answer']],
  ['headers with documentation', 'def half(x: int) -> int:\n    """Half of x."""\n    pass\n\nclass Stack:\n    """Keeps values."""', ['half(x: int) -> int: Half of x.', 'class Stack: Keeps values.']],
  ['headers without any', 'def half(x):\n    ...', ['half(x):']],
  ['parameters with calls in them', 'near(a, limit=abs(1)): whether it is near', ['near(a, limit=abs(1)): whether it is near']],
  ['twice the same', 'half(x): half of x\nhalf(x): again', ['half(x): half of x']],
])('an outline is read from %s', (_what, text, expected) => {
  expect(outlineOf(readPlan(text, 'python')).split('\n')).toEqual(expected)
})

test.each([
  ['prose', 'Here is the program (in Python): it works.\nNote: this is fast. I call it twice (once per half).'],
  ['statements', 'if (x): return 1\nprint(x): y\nwhile (true) { f() }\nhalf(x);\nx = half(x): no'],
  ['nothing', ''],
  ['a line without end', `f(${'('.repeat(100_000)}`],
])('%s is no outline', (_what, text) => {
  expect(readPlan(text, 'python')).toEqual([])
})
