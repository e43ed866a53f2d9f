import { beforeAll, expect, test } from 'vitest'
import type { Language } from '../records/language.ts'
import type { Check, Test } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { loadSyntax } from '../syntax/tree.ts'
import { readTask } from './read-task.ts'

beforeAll(() => loadSyntax())

const tuple = (...v: Value[]): Value => ({ $: 'tuple', v })

/** The examples found, as `[arguments, expected]`. */
function brief(tests: Test[]): unknown[] {
  return tests.map((found) => {
    if (found.kind !== 'call') return found.kind
    const [step] = found.calls[0]!.steps
    return [step!.keywords === undefined ? step!.arguments : { ...step!.keywords }, expectation(found.check)]
  })
}

function expectation(check: Check): unknown {
  if (check.kind === 'raises') return { raises: check.type ?? 'anything' }
  if (check.kind !== 'apply' || check.operator !== 'matches') return check
  const [call, value] = check.operands
  if (call?.kind !== 'call' || value?.kind !== 'value') return check
  return typeof value.value === 'object' && value.value !== null && '$' in value.value && value.value.$ === 'float' ? Number(value.value.v) : value.value
}

async function found(language: Language, header: string, lines: string): Promise<unknown[]> {
  const name = /(\w+)\s*(?:\(|=)/.exec(header)![1]!
  const prompt =
    language === 'python' ? `${header}\n    """Does as the examples say.\n\n${lines.replaceAll(/^/gm, '    ')}\n    """\n` : `// Does as the examples say.\n${lines.replaceAll(/^/gm, '// ')}\n${header} {\n`
  return brief((await readTask({ id: 't', language, instruction: prompt, prompt, entryPoint: name })).task.tests)
}

const one = 'def scale(amount, by)'
const single = 'def total(items)'

test.each<[string, string, string, unknown[]]>([
  ['a doctest', one, '>>> scale(2, 3)\n6\n>>> scale(0, 9)\n0', [[[2, 3], 6], [[0, 9], 0]]],
  ['a doctest over several lines', single, '>>> total([\n...     1,\n...     2,\n... ])\n3', [[[[1, 2]], 3]]],
  ['a doctest whose answer spans lines', single, '>>> total(2)\n[1,\n 2]', [[[2], [1, 2]]]],
  ['a doctest with a variable', single, '>>> numbers = [4, 5]\n>>> total(numbers)\n9', [[[[4, 5]], 9]]],
  ['a doctest that raises', single, '>>> total(None)\nTraceback (most recent call last):\n    ...\nTypeError: not a list', [[[null], { raises: 'TypeError' }]]],
  ['a doctest that is a comparison', single, '>>> total([]) == 0\n>>> total([7]) == 7\nTrue', [[[[]], 0], [[[7]], 7]]],
  ['a doctest without its operator', single, '>>> total([1, 1]) [2, 2]', [[[[1, 1]], [2, 2]]]],
  ['a doctest without output', single, '>>> total([])\n>>> total([3])\n3', [[[[]], null], [[[3]], 3]]],
  ['doctests that all lack outputs say nothing', single, '>>> total([])\n>>> total([3])', []],
  ['a doctest followed by prose', single, '>>> total([3])\n3\nNote: the list is never empty.', [[[[3]], 3]]],
  ['==', one, 'scale(2, 3) == 6', [[[2, 3], 6]]],
  ['=', one, 'scale(2, 3) = 6', [[[2, 3], 6]]],
  ['arrows', one, 'scale(1, 1) -> 1\nscale(1, 2) => 2\nscale(1, 3) ==> 3\nscale(1, 4) ➞ 4\nscale(1, 5) → 5\nscale(1, 6) --> 6', [1, 2, 3, 4, 5, 6].map((n) => [[1, n], n])],
  ['a comment', one, 'scale(2, 3)  # 6\nscale(2, 4)  # => 8\nscale(2, 5) # returns 10', [[[2, 3], 6], [[2, 4], 8], [[2, 5], 10]]],
  ['a comment below', one, 'scale(2, 3)\n# => 6', [[[2, 3], 6]]],
  ['verbs', one, 'scale(1, 1) returns 1\nscale(1, 2) should return 2\nscale(1, 3) gives 3.\nscale(1, 4) must be equal to 4\nscale(1, 5) is 5', [1, 2, 3, 4, 5].map((n) => [[1, n], n])],
  ['verbs with a noun', one, 'scale("a", 2) returns the string "aa"\nscale("b", 1) should return: "b"', [[['a', 2], 'aa'], [['b', 1], 'b']]],
  ['a sentence around it', one, 'For example, scale(2, 3) should return 6, and scale(2, 4) should return 8.', [[[2, 3], 6], [[2, 4], 8]]],
  ['back quotes', one, '`scale(2, 3)` returns `6`', [[[2, 3], 6]]],
  ['bullets', one, '* scale(2, 3) -> 6\n- scale(2, 4) -> 8\n1. scale(2, 5) -> 10', [[[2, 3], 6], [[2, 4], 8], [[2, 5], 10]]],
  ['an assert', one, 'assert scale(2, 3) == 6', [[[2, 3], 6]]],
  ['keywords', one, 'scale(amount=2, by=3) == 6', [[{ amount: 2, by: 3 }, 6]]],
  ['arithmetic', one, 'scale(2, 3) -> 2 + 2 + 2 = 6', [[[2, 3], 6]]],
  ['arguments over lines', single, 'total([\n  [1, 2],\n  [3],\n]) == 6', [[[[[1, 2], [3]]], 6]]],
  ['no answer but an error', single, 'total(None) raises TypeError\ntotal("x") should throw an error', [[[null], { raises: 'TypeError' }], [['x'], { raises: 'anything' }]]],
  ['an empty answer in words', single, 'total(0) should return an empty list.', [[[0], []]]],
  ['a number at the end of a sentence', single, 'total([1]) is 1.\nTotals are never negative.', [[[[1]], 1]]],
  ['bare words', 'def shout(word)', 'shout(abc) => ABCD\nshout(hey) => "HEY"\nshout(a) => "A"', [[['hey'], 'HEY'], [['a'], 'A']]],
  ['input and output', one, 'Example 1:\n    Input: amount = 2, by = 3\n    Output: 6\nExample 2:\n    Input: amount = 4, by = 1\n    Output: 4 # itself', [[[2, 3], 6], [[4, 1], 4]]],
  ['inputs on lines of their own', one, 'Input:\namount : [[1, 2], [3]]\nby : 3\nOutput: 6', [[[[[1, 2], [3]], 3], 6]]],
  ['input without names', single, 'Input: [1, 2]\nOutput: 3\nExplanation: 1 + 2 = 3', [[[[1, 2]], 3]]],
  ['for ... the result should be', one, 'For amount = "ab", by = 2 the result should be "abab"\nFor by = 1, amount = "c", the output should be ("c", 1)', [[['ab', 2], 'abab'], [['c', 1], tuple('c', 1)]]],
  ['the last of two answers is behind the label', single, 'For items = [5, 5], their sum will be 10 the output should be "ten".', [[[[5, 5]], 'ten']]],
  ['values and an arrow', one, '2, 3 -> 6\n"a", 2 => "aa"', [[[2, 3], 6], [['a', 2], 'aa']]],
  ['steps before the answer', single, 'items = [3, 1]\n  -> sort items -> [1, 3]\nreturn "1-3"', [[[[3, 1]], '1-3']]],
  ['a parameter under another name', one, 'amount[7]\nfactor = 2\n=> result = 14', [[[[7], 2], 14]]],
  ['another name for the function', single, 'sum_up([1, 2]) == 3\nsum_up([]) == 0', [[[[1, 2]], 3], [[[]], 0]]],
  ['an arithmetic answer close to its arrow', one, 'scale("2 apples", 19) ->19 - 5 - 6 = 8', [[['2 apples', 19], 8]]],
  ['an escape that broke the line', 'def lines(text)', '>>> lines("a\nb")\n\'a\nb\'\n>>> lines("")\n\'\'', [[['a\nb'], 'a\nb'], [[''], '']]],
  ['what is printed', one, 'print(scale(2, 3))  # 6', [[[2, 3], 6]]],
  ['no space around it', one, 'scale(2,3)==>6', [[[2, 3], 6]]],
  ['a one-tuple without its comma', 'def parts(text)', 'parts("a b") == ("a", "b")\nparts("a b c") == ("a", "b", "c")\nparts("") == ()', [[['a b'], tuple('a', 'b')], [['a b c'], tuple('a', 'b', 'c')], [[''], tuple()]]],
])('Python, %s', async (_form, header, lines, expected) => {
  expect(await found('python', `${header}:`, lines)).toEqual(expected)
})

test.each<[string, string, string]>([
  ['a recurrence', one, 'scale(n, 1) = n + scale(n - 1, 1)'],
  ['a call inside an expression', single, 'total(9) = total(8) + total(7)\n         = 5 + 4'],
  ['an unknown answer', single, 'total([1]) == expected'],
  ['mathematics', single, 'find it so that total(x) = 0'],
  ['a broken answer', single, 'total(["a"]) == ""a"'],
  ['several answers', single, 'total(3) -> 1, 2\ntotal(4) returns 2 or 3'],
  ['two answers to one call', single, 'total(3) == 1\ntotal(3) == 2'],
  ['the wrong number of arguments', one, 'scale(2) == 6'],
  ['a sentence about a value', 'def digest(text)', "If 'text' is an empty string, return None.\nReturn 0 if the text is short."],
  ['constraints', single, '1 <= len(items) <= 100\n0 <= items[i] -> 5'],
  ['a call inside a call', single, 'len(total([1])) == 3\n[total(1), total(2)] == [3, 4]\nmax(0, total(3)) == 3'],
  ['a sentence about a call', single, 'total([1]) is called once, total([2]) never returns'],
])('Python, no example: %s', async (_form, header, lines) => {
  expect(await found('python', `${header}:`, lines)).toEqual([])
})

test.each<[string, string, string, unknown[]]>([
  ['Python answers', 'function pick(items, flag)', '>>> pick([1, 2.5], True)\n(1, None)', [[[[1, 2.5], true], tuple(1, null)]]],
  ['Python strings', 'function pick(word)', "pick('it\\'s') ➞ 'its'\npick(\"\") ==> ''", [[["it's"], 'its'], [[''], '']]],
  ['dictionaries', 'function pick(table)', "pick({'a': 1, 2: (3,)}) -> {'a': [1]}", [[[{ $: 'map', v: [['a', 1], ['2', [3]]] }], { $: 'map', v: [['a', [1]]] }]]],
  ['its own literals', 'function pick(options)', 'pick({ a: 1, b: null }) // => undefined\npick({ a: 2 }) === true', [[[{ $: 'map', v: [['a', 1], ['b', null]] }], { $: 'undefined' }], [[{ $: 'map', v: [['a', 2]] }], true]]],
  ['keywords become positions', 'function pick(items, flag)', 'pick(items=[1], flag=False) -> 0', [[[[1], false], 0]]],
  ['an arrow function', 'const pick = (items) =>', 'pick([1]) returns 1', [[[[1]], 1]]],
  ['input and output', 'function pick(items, k)', 'Example 1:\n Input: items = [1, 2], k = 1\n Output: [2]', [[[[1, 2], 1], [2]]]],
])('JavaScript, %s', async (_form, header, lines, expected) => {
  expect(await found('javascript', header, lines)).toEqual(expected)
})

test('an assertion that is more than an equality is read as the language reads it', async () => {
  const prompt = 'def total(items):\n    """\n    assert abs(total([0.1]) - 0.1) < 1e-6\n    assert len(total([])) == 0, "empty"\n    assert not total([0])\n    """\n'
  const { task } = await readTask({ id: 't', language: 'python', instruction: prompt, prompt })
  expect(task.tests.map((one) => one.kind === 'call' && one.check.kind === 'apply' && one.check.operator)).toEqual(['<', '==', 'unary not'])
  const commented = "// expect(total([1])).toHaveLength(1)\n// console.assert(total([2]) === 2)\nfunction total(items) {\n"
  const script = (await readTask({ id: 't', language: 'javascript', instruction: commented, prompt: commented })).task
  expect(script.tests.map((one) => one.kind === 'call' && one.check.kind === 'apply' && one.check.operator)).toEqual(['toHaveLength', 'matches'])
})

test('what a session prints is what it says', async () => {
  const prompt = 'def shout(word):\n    """\n    >>> print(shout("a"))\n    A!\n    >>> print(shout(""))\n    \n    >>> shout("b")\n    \'B!\'\n    """\n'
  const { task } = await readTask({ id: 't', language: 'python', instruction: prompt, prompt })
  expect(task.tests[0]).toMatchObject({ check: { operator: '==', operands: [{ operator: 'str', operands: [{ kind: 'call' }] }, { value: 'A!' }] } })
  const commented = '// >>> console.log(total([1]))\n// 1\nfunction total(items) {\n'
  expect(brief((await readTask({ id: 't', language: 'javascript', instruction: commented, prompt: commented })).task.tests)).toEqual([[[[1]], 1]])
})

test('a name that is no plain word is still a name', async () => {
  const { task } = await readTask({ id: 't', language: 'javascript', instruction: '$f(1) == 2\nf(.*)(1) == 3', entryPoint: '$f' })
  expect(brief(task.tests)).toEqual([[[1], 2]])
  expect((await readTask({ id: 't', language: 'python', instruction: 'f(1) == 2', entryPoint: 'f(' })).task.tests).toEqual([])
})

test("a prompt of JavaScript's own, and output below it", async () => {
  const commented = '// > total([1, 2])\n// 3\n// > total([])\n// undefined\nfunction total(items) {\n'
  const { task } = await readTask({ id: 't', language: 'javascript', instruction: commented, prompt: commented })
  expect(brief(task.tests)).toEqual([[[[1, 2]], 3], [[[]], { $: 'undefined' }]])
})

test('block comments, JSDoc examples and annotations are read in TypeScript', async () => {
  const prompt = `/**
 * Joins the parts.
 * @param parts what to join
 * @example
 * join(['a', 'b']) // 'a-b'
 * @example join([]) returns ''
 */
export function join(parts: string[], by: string = '-'): string {
`
  const { task } = await readTask({ id: 't', language: 'typescript', instruction: prompt, prompt })
  expect(task.entryPoint).toBe('join')
  expect(brief(task.tests)).toEqual([[[['a', 'b']], 'a-b'], [[[]], '']])
})

test('a forgotten comma in a one-tuple leaves both readings open', async () => {
  const { task } = await readTask({
    id: 't',
    language: 'python',
    instruction: 'def parts(text):\n    """\n    parts("a b") == ("a", "b")\n    parts("a") == ("a")\n    parts("b c") == ("b", "c")\n    """\n',
    prompt: 'def parts(text):\n',
  })
  expect(task.tests[1]).toMatchObject({ check: { operator: 'or', operands: [{ operands: [{}, { value: 'a' }] }, { operands: [{}, { value: tuple('a') }] }] } })
})

test('escapes in a docstring mean what they say, unless the line would break', async () => {
  const prompt = 'def count(text):\n    """\n    >>> count("a\\\\tb")\n    1\n    >>> count("c\\nd")\n    2\n    """\n'
  const { task } = await readTask({ id: 't', language: 'python', instruction: prompt, prompt, entryPoint: 'count' })
  expect(brief(task.tests)).toEqual([[['a\tb'], 1], [['c\nd'], 2]])
})

test('the steps of a recurrence are no examples of a function that returns the list of them', async () => {
  const recurrence = 'def steps(n):\n    """It holds that\n    steps(1) = 2\n    steps(n) = steps(n - 1) + 2\n    Return a list of the first n.\n    {}"""\n'
  const bare = recurrence.replace('{}', '')
  const withExample = recurrence.replace('{}', 'Example:\n    steps(2) == [2, 4]\n    ')
  expect(brief((await readTask({ id: 't', language: 'python', instruction: bare, prompt: bare })).task.tests)).toEqual([])
  expect(brief((await readTask({ id: 't', language: 'python', instruction: withExample, prompt: withExample })).task.tests)).toEqual([[[2], [2, 4]]])
})

test('statements that build on each other run inside the process', async () => {
  const prompt = 'class Stack:\n    """\n    >>> s = Stack()\n    >>> s.push(4)\n    >>> s.pop()\n    4\n    """\n'
  const { task } = await readTask({ id: 't', language: 'python', instruction: prompt, prompt })
  expect(task.tests).toEqual([{ kind: 'in-process', source: 'public', text: expect.any(String), code: 's = Stack()\ns.push(4)\nassert (s.pop()) == (4)' }])
})

test('an instruction in prose names its function', async () => {
  const instruction = 'Write a function `clamp(value, low, high)` that keeps a value within bounds.\n\nclamp(5, 0, 3) should return 3.\n'
  const { task } = await readTask({ id: 't', language: 'javascript', instruction })
  expect(task.entryPoint).toBe('clamp')
  expect(brief(task.tests)).toEqual([[[5, 0, 3], 3]])
})

test('a program without functions is tried on its sample runs', async () => {
  const instruction = `Read n and print its double.

Sample Input 1:
4
Sample Output 1:
8

### Example Input
\`\`\`
-3
\`\`\`
### Example Output
\`\`\`
-6
\`\`\`

Explanation: twice as much.
`
  const { task } = await readTask({ id: 't', language: 'python', instruction })
  expect(task.tests).toEqual([
    { kind: 'stdio', source: 'public', text: expect.any(String), stdin: '4\n', stdout: '8\n' },
    { kind: 'stdio', source: 'public', text: expect.any(String), stdin: '-3\n', stdout: '-6\n' },
  ])
})
