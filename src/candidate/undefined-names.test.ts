import { beforeAll, expect, test } from 'vitest'
import { loadSyntax, parse } from '../syntax/tree.ts'
import { undefinedNames } from './undefined-names.ts'

beforeAll(() => loadSyntax(['python']))

function missing(code: string): string[] | undefined {
  const parsed = parse('python', code)
  if (parsed.kind !== 'parsed') throw new Error(parsed.bound)
  expect(parsed.errors).toBe(0)
  return undefinedNames(code, parsed.root)
}

test.each<[string, string[]]>([
  ['def f(x):\n    return re.match("a", x)\n', ['re']],
  ['import os.path\nprint(path.join("a", os.sep))\n', ['path']],
  ['from a.b import c as d\nb, c, d\n', ['b', 'c']],
  ['def f(x):\n    y = x\n\ndef g():\n    return y\n', ['y']],
  ['def f(x: List[int]) -> Set: ...\n', ['List', 'Set']],
  ['x: List[int] = []\n', ['List']],
  ['class A(Base, metaclass=Meta):\n    pass\n', ['Base', 'Meta']],
  ['@route("/")\ndef f(): ...\n', ['route']],
  ['print(f"{a!r:>{b}}")\n', ['a', 'b']],
  ['[x for x in y]\nx\n', ['x', 'y']],
  ['a.b = 1\nc[d] = 2\n', ['a', 'c', 'd']],
  ['try:\n    f()\nexcept Failure as error:\n    print(error)\n', ['Failure', 'f']],
  ['print(unicode(1), xrange(3), raw_input())\n', ['raw_input', 'unicode', 'xrange']],
])('%j uses %j, which nothing defines', (code, names) => {
  expect(missing(code)).toEqual(names)
})

test.each([
  'import os.path as p, sys\nfrom a import (b, c as d)\np, sys, b, d\n',
  'class A:\n    size = 4\n    def f(self, n=size):\n        return [size for _ in range(n)]\n',
  'def f(a, *b, c: int = 1, **d):\n    return a, b, c, d\n',
  'g = lambda a, *b, c=1: (a, b, c)\n',
  'def f():\n    global n\n    n = 1\n\nprint(n)\n',
  'def f():\n    def g():\n        nonlocal n\n        n = 2\n    n = 1\n    return g\n',
  'for i, (j, *k) in []:\n    i, j, k\n',
  'with open("a") as (x, y):\n    x, y\n',
  'if any((hit := x) for x in []):\n    print(hit)\n',
  'print([a for b in [] for a in b if a])\n',
  'x, [y, *z] = 1, [2]\nprint(x, y, z)\n',
  'match 1:\n    case Point(x=a) | [a, *rest]:\n        a, rest\n    case {"k": v, **others} as whole:\n        v, others, whole\n',
  'def first[T](items: list[T]) -> T:\n    return items[0]\n\ntype Pair[U] = tuple[U, U]\n',
  'from __future__ import annotations\ndef f(x: Later) -> Later: ...\n',
  'def f():\n    x: Later = 1\n    return x\n',
  'def f(x: "Later"): ...\n',
  'try:\n    import json\nexcept ImportError:\n    json = None\njson\n',
  'print(__name__, __file__, _("text"), a.b if False else 1) if (a := 1) else None\n',
  'f(key=1) if (f := print) else None\n',
])('%j defines what it uses', (code) => {
  expect(missing(code)).toEqual([])
})

test.each([
  'from os import *\nprint(sep)\n',
  'exec("x = 1")\nprint(x)\n',
  'globals()["x"] = 1\nprint(x)\n',
  'try:\n    unicode\nexcept NameError:\n    pass\n',
  'import builtins\nbuiltins.x = 1\nprint(x)\n',
  `x = ${'lambda: '.repeat(200)}1\n`,
])('%j may define names in ways that are not seen', (code) => {
  expect(missing(code)).toBeUndefined()
})
