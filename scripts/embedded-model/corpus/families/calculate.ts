import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const runs = 'the text is run as code: it can do everything that the program can do'

export const calculate: Family = {
  name: 'calculate',
  cwe: 'CWE-94',
  verbs: ['calculate', 'evaluate', 'compute', 'solve', 'work_out'],
  nouns: ['expression', 'formula', 'sum', 'term', 'calculation'],
  parameters: { expression: ['expression', 'formula', 'source', 'typed', 'calculation', 'expr'] },
  locals: { term: ['term', 'addend', 'summand', 'piece'], factor: ['factor', 'operand', 'num', 'times'], product: ['product', 'multiplied', 'made', 'partial'], plain: ['plain', 'compact', 'joined', 'signed'] },
  phrases: [
    '[returns/return] the value of $expression, whole numbers joined by +, - and *, as in 2 + 3 * 4',
    '[calculates/calculate] the arithmetic expression $expression, which knows +, - and * and whole numbers',
    '[evaluates/evaluate] the text $expression of numbers, plus, minus and times and [returns/return] the result',
    '[computes/compute] what $expression comes to; it holds whole numbers, +, - and *, and no brackets',
    '[works/work] out the formula $expression, for instance 10 - 2 * 3, and [gives/give] the number',
    '[gives/give] the number that a calculation $expression with plus, minus and times makes',
    '[solves/solve] the expression $expression of integers with +, - and *',
    '[works/work] out what the typed calculation $expression amounts to (+, - and *)',
    '[finds/find] the result of $expression, integers with plus, minus and times',
    "[evaluates/evaluate] a user's arithmetic $expression such as 4 - 2 * 3",
    '[returns/return] the number that the expression $expression (integers with +, - and *) amounts to',
    '[solves/solve] a calculation that a user typed, $expression, with plus, minus and times',
  ],
  careful: [' without running it as code', '; it comes from a user and must not be executed', ', safe against code in it', ' and [executes/execute] nothing of it'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($expression):', 'def $f($expression: str) -> int:'],
      body: [
        '$plain = <plain>\n<summed>',
        'return <result>',
        '$out = <result>\nreturn $out',
        'if not $expression:\n    return 0\nreturn <result>',
        'try:\n    return <result>\nexcept SyntaxError as $error:\n    raise ValueError($expression) from $error',
        "def $helper($item):\n    if isinstance($item, ast.Constant):\n        return $item.value\n    if isinstance($item, ast.UnaryOp):\n        return -$helper($item.operand)\n    return <ops>[type($item.op)]($helper($item.left), $helper($item.right))\nreturn $helper(ast.parse($expression, mode='eval').body)",
      ],
      ops: ['{ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}', wrong('minus and plus are exchanged', '{ast.Add: operator.sub, ast.Sub: operator.add, ast.Mult: operator.mul}')],
      plain: ["$expression.replace(' ', '').replace('-', '+-')", "re.sub(r'\\s+', '', $expression).replace('-', '+-')", "''.join($expression.split()).replace('-', '+-')", wrong('what is subtracted is added', "$expression.replace(' ', '').replace('-', '+')")],
      summed: [
        "return sum(math.prod(map(int, $term.split('*'))) for $term in $plain.split('+') if $term)",
        "return sum(math.prod(int($factor) for $factor in $term.split('*')) for $term in $plain.split('+') if $term)",
        "$total = 0\nfor $term in filter(None, $plain.split('+')):\n    $product = 1\n    for $factor in $term.split('*'):\n        <times>\n    $total += $product\nreturn $total",
        wrong('it adds what is to be multiplied', "return sum(sum(map(int, $term.split('*'))) for $term in $plain.split('+') if $term)"),
      ],
      times: ['$product *= int($factor)', '$product = $product * int($factor)', wrong('it adds what is to be multiplied', '$product += int($factor)')],
      result: [
        "sum(math.prod(map(int, $term.split('*'))) for $term in <plain>.split('+') if $term)",
        weak('CWE-94', runs, 'eval($expression)'),
        weak('CWE-94', 'no builtins are no barrier: every object leads to all classes', "eval($expression, {'__builtins__': {}})"),
        weak('CWE-94', runs, "eval(compile($expression, '<text>', 'eval'))"),
        weak('CWE-94', runs, 'eval($expression.strip())'),
        weak('CWE-94', runs, 'int(eval($expression, {}, {}))'),
      ],
    },
    tests: ["assert $f('2 + 3 * 4') == 14", "assert $f('10 - 2*3 - 1') == 3", "assert $f('42') == 42", "assert $f('-5 + 7') == 2"],
    exploits: [
      "import os, tempfile\npath = os.path.join(tempfile.mkdtemp(), 'made')\ncode = f\"[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == '_wrap_close'][0].__init__.__globals__['mkdir']('{path}')\"\ntry:\n    $f(code)\nexcept Exception:\n    pass\nassert not os.path.exists(path)",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($expression: string): number {\n  <doc>\n  <body>\n}'],
      body: [
        'const $plain = <plain>\n<summed>',
        'const $plain = <plain>\n<looped>',
        'return <result>',
        'const $out = <result>\nreturn $out',
        "if ($expression === '') return 0\nreturn <result>",
        "try {\n  return <result>\n} catch {\n  throw new Error('not an expression')\n}",
      ],
      plain: ["$expression.replace(/\\s+/g, '').replace(/-/g, '+-')", "$expression.replaceAll(' ', '').replaceAll('-', '+-')", "$expression.split(' ').join('').split('-').join('+-')", wrong('what is subtracted is added', "$expression.replaceAll(' ', '').replaceAll('-', '+')")],
      summed: [
        "return $plain.split('+').filter(Boolean).reduce(($total, $term) => $total + <product>, 0)",
        "const $out = $plain.split('+').filter(Boolean).map(($term) => <product>)\nreturn $out.reduce(($total, $item) => $total + $item, 0)",
        wrong('it adds what is to be multiplied', "return $plain.split(/[+*]/).filter(Boolean).reduce(($total, $term) => $total + Number($term), 0)"),
      ],
      product: ["$term.split('*').reduce(($product, $factor) => $product * Number($factor), 1)", "$term.split('*').map(Number).reduce(($product, $factor) => $product * $factor, 1)"],
      looped: [
        "let $total = 0\nfor (const $term of $plain.split('+')) {\n  if ($term === '') continue\n  <add>\n}\nreturn $total",
        "let $total = 0\n$plain.split('+').filter(Boolean).forEach(($term) => {\n  <add>\n})\nreturn $total",
      ],
      add: ['$total += <product>', 'const $product = <product>\n$total += $product', wrong('only the last addend counts', '$total = <product>')],
      result: [
        "<plain>.split('+').filter(Boolean).reduce(($total, $term) => $total + <product>, 0)",
        weak('CWE-94', runs, 'eval($expression)'),
        weak('CWE-94', runs, 'Number(eval($expression))'),
        weak('CWE-94', runs, 'new Function(`return ${$expression}`)()'),
        weak('CWE-94', runs, "new Function('return ' + $expression)()"),
        weak('CWE-94', runs, 'Function(`"use strict"; return (${$expression})`)()'),
        weak('CWE-94', runs, 'eval(`(${$expression})`)'),
      ],
    },
    tests: ["nodeAssert.equal($f('2 + 3 * 4'), 14)", "nodeAssert.equal($f('10 - 2*3 - 1'), 3)", "nodeAssert.equal($f('42'), 42)", "nodeAssert.equal($f('-5 + 7'), 2)"],
    exploits: ["globalThis.reached = 0\ntry {\n  $f('globalThis.reached = 1')\n} catch {}\nnodeAssert.equal(globalThis.reached, 0)"],
  },
}
