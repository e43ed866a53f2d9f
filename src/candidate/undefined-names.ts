import type { SyntaxNode } from '../syntax/tree.ts'

interface Scope {
  names: Set<string>
  kind: 'module' | 'function' | 'class' | 'comprehension'
  outer: Scope | undefined
  depth: number
}

/** What an identifier does where it stands: `captures` holds for everything below, `binds` only through what unpacks. */
type Role = 'reads' | 'binds' | 'captures' | 'global' | 'nothing'

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))
const scopeKinds: Record<string, Scope['kind']> = {
  function_definition: 'function',
  lambda: 'function',
  class_definition: 'class',
  list_comprehension: 'comprehension',
  set_comprehension: 'comprehension',
  dictionary_comprehension: 'comprehension',
  generator_expression: 'comprehension',
}
const roles: Record<string, Role> = {
  'function_definition.name': 'binds',
  'class_definition.name': 'binds',
  'assignment.left': 'binds',
  'augmented_assignment.left': 'binds',
  'named_expression.name': 'binds',
  'for_statement.left': 'binds',
  'for_in_clause.left': 'binds',
  'default_parameter.name': 'binds',
  'typed_default_parameter.name': 'binds',
  'aliased_import.alias': 'binds',
  'aliased_import.name': 'nothing',
  'import_statement.name': 'binds',
  'import_from_statement.name': 'binds',
  'future_import_statement.name': 'binds',
  'import_from_statement.module_name': 'nothing',
  'type_alias_statement.left': 'captures',
  'attribute.attribute': 'nothing',
  'keyword_argument.name': 'nothing',
}
const capturing = words('case_pattern type_parameter')
const parameterLists = words('parameters lambda_parameters typed_parameter')
const unpacking = words('pattern_list tuple_pattern list_pattern list_splat_pattern dictionary_splat_pattern as_pattern_target tuple list parenthesized_expression')
// Whoever uses one of these may define a name in a way that is not seen, or know that it is missing.
const evasive = words('exec execfile globals NameError')
const builtin = words(`ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning
  ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning
  EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
  IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError None NotADirectoryError
  NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError
  ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError
  True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
  WindowsError ZeroDivisionError abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits
  delattr dict dir divmod enumerate eval exit filter float format frozenset getattr hasattr hash help hex id input int isinstance issubclass iter len license
  list map max memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum super
  tuple type vars zip`)
// Deeper nesting is nobody's program, and looking a name up would cost as much as it is deep.
const deepest = 100

/**
 * Names that a Python program uses and nothing in it defines, in the order of the alphabet: it ends where it comes to one. `undefined` where that cannot be
 * known. Names of a class count as defined in its methods too, so that some are missed and none is told wrongly.
 */
export function undefinedNames(text: string, root: SyntaxNode): string[] | undefined {
  const isLazy = /^from\s+__future__\s+import\b.*\bannotations\b/m.test(text)
  const module: Scope = { names: new Set(), kind: 'module', outer: undefined, depth: 0 }
  const read: { name: string; scope: Scope }[] = []
  const pending: { node: SyntaxNode; scope: Scope; role: Role }[] = [{ node: root, scope: module, role: 'reads' }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, scope, role } = next
    if (node.type === 'wildcard_import' || (role === 'binds' && /^(?:__)?builtins?(?:__)?\./.test(text.slice(node.start, node.end)))) return undefined
    if (node.type === 'identifier') {
      const name = text.slice(node.start, node.end)
      if (evasive.has(name)) return undefined
      if (role === 'reads') read.push({ name, scope })
      else (role === 'global' ? module : scope).names.add(name)
      continue
    }
    const kind = scopeKinds[node.type]
    const inner: Scope = kind === undefined ? scope : { names: new Set(), kind, outer: scope, depth: scope.depth + 1 }
    if (inner.depth > deepest) return undefined
    for (const child of node.children) {
      const own = roleOf(node, child, role)
      if (own === 'nothing' || (child.type === 'type' && isUnread(node, scope, isLazy))) continue
      pending.push({ node: child, scope: scopeFor(node, child, { scope, inner }), role: own })
    }
  }
  const missing = read.filter(({ name, scope }) => !builtin.has(name) && !/^_$|^__\w+__$/.test(name) && !isDefined(name, scope))
  return [...new Set(missing.map(({ name }) => name))].sort()
}

function roleOf(parent: SyntaxNode, child: SyntaxNode, role: Role): Role {
  if (role === 'captures' || capturing.has(child.type)) return 'captures'
  if (parent.type === 'global_statement') return 'global'
  // `import a.b` defines `a`.
  if (parent.type === 'dotted_name') return child === parent.children[0] ? role : 'nothing'
  const named = roles[`${parent.type}.${child.field}`]
  if (named !== undefined) return named
  if (child.type === 'as_pattern_target') return 'binds'
  if (parameterLists.has(parent.type)) return child.type === 'type' ? 'reads' : 'binds'
  return role === 'binds' && unpacking.has(parent.type) ? 'binds' : 'reads'
}

/** What a function or class is called belongs to what is around it, and `:=` writes through comprehensions. */
function scopeFor(parent: SyntaxNode, child: SyntaxNode, { scope, inner }: { scope: Scope; inner: Scope }): Scope {
  if (child.field === 'name' && (parent.type === 'function_definition' || parent.type === 'class_definition')) return scope
  let at = inner
  if (parent.type === 'named_expression' && child.field === 'name') while (at.kind === 'comprehension' && at.outer !== undefined) at = at.outer
  return at
}

/** Annotations that Python never evaluates. */
function isUnread(parent: SyntaxNode, scope: Scope, isLazy: boolean): boolean {
  return parent.type === 'assignment' ? isLazy || scope.kind === 'function' : isLazy && parent.type !== 'type_alias_statement'
}

function isDefined(name: string, scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (at.names.has(name)) return true
  return false
}
