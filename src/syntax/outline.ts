import type { Language } from '../records/language.ts'
import type { Parameter, Signature } from '../records/signature.ts'
import { readLiteral } from './constant.ts'
import { childOf, parse, type Parsed, type SyntaxNode, walk } from './tree.ts'

/** What a program, whole or cut off inside its last function, defines and imports at its top level. */
export interface Outline {
  code: string
  root: SyntaxNode
  errors: number
  signatures: Signature[]
  imported: string[]
}

const endings = { python: ['', '\n    pass\n', '\n        pass\n'], javascript: ['', '\n}', '\n}}', '\n})'], typescript: ['', '\n}', '\n}}', '\n})'] }

/** Reads the outline of a program or of a prompt that a completion continues. */
export function readOutline(language: Language, text: string): Outline | undefined {
  let best: { parsed: Parsed & { kind: 'parsed' }; code: string } | undefined
  for (const ending of endings[language]) {
    const code = `${text.trimEnd()}${ending}`
    const parsed = parse(language, code)
    if (parsed.kind !== 'parsed') return undefined
    if (best === undefined || parsed.errors < best.parsed.errors) best = { parsed, code }
    // So many errors are no missing end: this is prose.
    if (parsed.errors === 0 || parsed.errors > 8) break
  }
  return best === undefined ? undefined : outlineOf(language, best.code, best.parsed)
}

/** The outline of a program that is parsed already. */
export function outlineOf(language: Language, code: string, parsed: Parsed & { kind: 'parsed' }): Outline {
  const statements = parsed.root.children.flatMap(unwrap)
  return {
    code,
    root: parsed.root,
    errors: parsed.errors,
    signatures: statements.flatMap((node) => signaturesOf(language, code, node)),
    imported: statements.filter((node) => node.type.startsWith('import')).flatMap((node) => importedNames(code, node)),
  }
}

const branches = new Set(['if_statement', 'else_clause', 'elif_clause', 'try_statement', 'except_clause', 'with_statement', 'block', 'statement_block', 'expression_statement', 'for_statement'])

/** Whether the program gives the name a meaning at its top level, by whatever statement. */
export function definesName(outline: Outline, name: string): boolean {
  const { code, root, signatures, imported } = outline
  if (imported.includes(name) || signatures.some((signature) => signature.name === name)) return true
  const pending = root.children.flatMap(unwrap)
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const target = childOf(node, 'left') ?? childOf(node, 'name')
    if (target !== undefined && bindsName(code, target, name)) return true
    if (branches.has(node.type)) pending.push(...node.children.flatMap(unwrap))
  }
  return false
}

// `f = g`, `f, g = ...`, `exports.f = ...`, `module.exports = { f }`.
function bindsName(code: string, target: SyntaxNode, name: string): boolean {
  const text = code.slice(target.start, target.end)
  return text.split(/[,\s()[\]]+/).some((part) => part === name || /^(?:module\.)?exports\.(.+)$/.exec(part)?.[1] === name)
}

function unwrap(node: SyntaxNode): SyntaxNode[] {
  if (node.type === 'decorated_definition' || node.type === 'export_statement' || node.type === 'ERROR') return node.children.flatMap(unwrap)
  return node.type === 'lexical_declaration' || node.type === 'variable_declaration' ? node.children.filter((child) => child.named) : [node]
}

const functionTypes = new Set(['function_definition', 'function_declaration', 'generator_function_declaration', 'function_signature'])
const classTypes = new Set(['class_definition', 'class_declaration', 'abstract_class_declaration'])
const functionValues = new Set(['arrow_function', 'function_expression', 'function', 'generator_function'])

function signaturesOf(language: Language, code: string, node: SyntaxNode): Signature[] {
  const name = childOf(node, 'name')
  if (name === undefined) return []
  const text = code.slice(name.start, name.end)
  if (classTypes.has(node.type)) return [{ name: text, kind: 'class', parameters: constructorParameters(language, code, node) }]
  const value = childOf(node, 'value')
  const callable = functionTypes.has(node.type) ? node : value !== undefined && functionValues.has(value.type) ? value : undefined
  if (callable === undefined) return []
  const returns = childOf(callable, 'return_type')
  return [
    {
      name: text,
      kind: 'function',
      parameters: parametersOf(language, code, callable),
      ...(returns === undefined ? {} : { returns: annotationText(code, returns) }),
    },
  ]
}

function annotationText(code: string, node: SyntaxNode): string {
  return code.slice(node.start, node.end).replace(/^:\s*/, '')
}

function constructorParameters(language: Language, code: string, node: SyntaxNode): Parameter[] {
  const members = childOf(node, 'body')?.children.flatMap(unwrap) ?? []
  const construct = members.find((member) => /^(?:__init__|constructor)$/.test(nameText(code, member)))
  return construct === undefined ? [] : parametersOf(language, code, construct).filter((parameter, i) => i > 0 || parameter.name !== 'self')
}

function nameText(code: string, node: SyntaxNode): string {
  const name = childOf(node, 'name')
  return name === undefined ? '' : code.slice(name.start, name.end)
}

function parametersOf(language: Language, code: string, callable: SyntaxNode): Parameter[] {
  const list = childOf(callable, 'parameters')
  if (list === undefined) return single(code, childOf(callable, 'parameter'))
  return list.children.filter((child) => child.named && child.type !== 'comment').flatMap((child) => parameterOf(language, code, child))
}

function single(code: string, node: SyntaxNode | undefined): Parameter[] {
  return node === undefined ? [] : [{ name: code.slice(node.start, node.end), optional: false, special: false }]
}

function parameterOf(language: Language, code: string, node: SyntaxNode): Parameter[] {
  if (node.type === 'keyword_separator' || node.type === 'positional_separator') return []
  const name = [...walk(node)].find((inner) => inner.type === 'identifier' || inner.type === 'this')
  const type = childOf(node, 'type')
  const value = childOf(node, 'value') ?? childOf(node, 'right')
  const initial = value === undefined ? undefined : readLiteral(language, code.slice(value.start, value.end))
  return [
    {
      name: name === undefined ? '' : code.slice(name.start, name.end),
      ...(type === undefined ? {} : { annotation: annotationText(code, type) }),
      ...(initial === undefined ? {} : { default: initial }),
      optional: value !== undefined || node.type === 'optional_parameter',
      special: /splat|rest|pattern$/.test(node.type) || node.children.some((child) => /splat|rest|pattern$/.test(child.type)),
    },
  ]
}

function importedNames(code: string, node: SyntaxNode): string[] {
  return [...walk(node)].filter((inner) => inner.type === 'identifier').map((inner) => code.slice(inner.start, inner.end))
}
