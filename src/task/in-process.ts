import type { TestSource } from '../records/test.ts'
import { parse, type SyntaxNode, walk } from '../syntax/tree.ts'
import type { ReadTest, Scope } from './scope.ts'

const builtins = {
  python: new Set(
    ('abs all any ascii bin bool bytearray bytes callable chr complex dict dir divmod enumerate filter float format frozenset getattr hasattr hash hex id input int isinstance ' +
      'issubclass iter len list map max min next object oct open ord pow print property range repr reversed round set setattr slice sorted str sum super tuple type vars zip ' +
      'Exception ArithmeticError AssertionError AttributeError IndexError KeyError LookupError NameError NotImplementedError OSError OverflowError RecursionError RuntimeError ' +
      'StopIteration TypeError ValueError ZeroDivisionError __name__').split(' '),
  ),
  javascript: new Set(
    ('Array ArrayBuffer BigInt Boolean Date Error Infinity JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError ' +
      'TypeError URL WeakMap assert console decodeURIComponent encodeURIComponent globalThis isFinite isNaN parseFloat parseInt process require structuredClone undefined').split(' '),
  ),
}
// Where a name is bound and not read, unless it stands in one of the fields that are read.
const binders = new Set(
  ('for_in_clause for_statement lambda_parameters assignment named_expression as_pattern_target pattern_list tuple_pattern aliased_import dotted_name ' +
    'formal_parameters variable_declarator arrow_function array_pattern import_specifier import_clause').split(' '),
)
const readFields = new Set(['right', 'value', 'body'])

/** The weaker kind of test: a statement that is run inside the candidate's process, if it is whole and knows its names. */
export function canRunInside(scope: Scope, text: string, source: TestSource): ReadTest {
  const unreadable = (reason: 'incomplete' | 'unknown-name' | 'no-call'): ReadTest => ({ kind: 'unreadable', text, reason })
  const code = firstStatement(scope, text)
  if (code === undefined) return unreadable('incomplete')
  const used = identifiers(code.nodes, code.text)
  if (!used.some((name) => scope.names.has(name))) return unreadable('no-call')
  const known = builtins[scope.language === 'python' ? 'python' : 'javascript']
  if (!used.every((name) => scope.names.has(name) || known.has(name) || scope.known?.has(name) === true)) return unreadable('unknown-name')
  const run = code.text.slice(code.nodes[0]!.start, code.nodes.at(-1)!.end)
  return { kind: 'test', test: { kind: 'in-process', source, text: run, code: run } }
}

// Behind an assert that stands alone a model often went on writing something else; that is not part of the test.
function firstStatement(scope: Scope, text: string): { text: string; nodes: SyntaxNode[] } | undefined {
  const parsed = parse(scope.language, text)
  if (parsed.kind !== 'parsed' || parsed.root.type === 'ERROR') return undefined
  const statements = parsed.root.children.filter((child) => child.named && child.type !== 'comment')
  const [first] = statements
  if (first === undefined) return undefined
  const nodes = first.type === 'assert_statement' ? [first] : statements
  const whole = nodes.every((node) => ![...walk(node)].some((inner) => inner.missing || inner.type === 'ERROR'))
  return whole ? { text, nodes } : undefined
}

/** The names that the statements read and do not themselves bind. */
function identifiers(nodes: SyntaxNode[], text: string): string[] {
  const used = new Set<string>()
  const bound = new Set<string>()
  for (const node of nodes.flatMap((root) => [...walk(root)])) {
    for (const child of node.children) {
      if (child.type !== 'identifier') continue
      const name = text.slice(child.start, child.end)
      if (binders.has(node.type) && !readFields.has(child.field ?? '')) bound.add(name)
      else if (!(node.type === 'attribute' && child.field === 'attribute') && !(node.type === 'keyword_argument' && child.field === 'name')) used.add(name)
    }
  }
  return [...used].filter((name) => !bound.has(name))
}
