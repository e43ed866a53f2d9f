import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Language as Grammar, Parser, type Tree } from 'web-tree-sitter'
import type { Language } from '../records/language.ts'
import { openCursor, startParser } from './cursor.ts'

/** A node of a syntax tree as plain data. `start` and `end` are positions in the text (UTF-16 units, end exclusive). */
export interface SyntaxNode {
  readonly type: string
  /** False for punctuation and keywords. */
  readonly named: boolean
  /** The role in the parent (`name`, `body`, `left`), where the grammar gives one. */
  readonly field?: string
  readonly start: number
  readonly end: number
  /** A token the parser had to invent. */
  readonly missing: boolean
  readonly children: readonly SyntaxNode[]
}

/** `errors` counts the places the grammar could not explain: 0 means that it parses. `too-large` says which bound was met. */
export type Parsed =
  | { kind: 'parsed'; root: SyntaxNode; errors: number }
  | { kind: 'too-large'; bound: 'text' | 'nodes' | 'steps'; limit: number }

/** Counts, never seconds: what is too large here is too large everywhere. A step is about a hundred parser actions. */
export const parseBounds = { text: 500_000, nodes: 400_000, steps: 20_000 } as const

const grammarFiles = { python: ['python'], javascript: ['javascript'], typescript: ['typescript', 'tsx'] } as const satisfies Record<Language, string[]>
const errorType = 65_535
// Asked of WebAssembly once for each type, not for each node.
const namedTypes: Record<string, boolean[]> = {}
const require = createRequire(import.meta.url)
const grammars = new Map<string, Grammar>()
const loading: Record<string, Promise<void>> = {}
let starting: Promise<void> | undefined

/** Makes `parse` usable in this process, for all languages or only for those given. Safe to call again. */
export async function loadSyntax(languages: Iterable<Language> = Object.keys(grammarFiles) as Language[]): Promise<void> {
  await (starting ??= startParser())
  await Promise.all([...languages].flatMap((language) => grammarFiles[language]).map((name) => (loading[name] ??= loadGrammar(name))))
}

async function loadGrammar(name: string): Promise<void> {
  grammars.set(name, await Grammar.load(await readFile(require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`))))
}

/** Parses a program, whatever it is. TypeScript is read with and without JSX and the better reading wins. Needs `loadSyntax()` before. */
export function parse(language: Language, text: string): Parsed {
  if (text.length > parseBounds.text) return { kind: 'too-large', bound: 'text', limit: parseBounds.text }
  const [first, ...others] = grammarFiles[language].map((name) => () => parseWith(name, text))
  let best = first!()
  for (const attempt of others) {
    if (best.kind === 'parsed' && best.errors === 0) break
    const parsed = attempt()
    if (parsed.kind === 'parsed' && (best.kind !== 'parsed' || parsed.errors < best.errors)) best = parsed
  }
  return best
}

function parseWith(name: string, text: string): Parsed {
  const grammar = grammars.get(name)
  if (grammar === undefined) throw new Error('parse was called before loadSyntax')
  const parser = new Parser()
  let tree: Tree | null = null
  try {
    parser.setLanguage(grammar)
    let steps = 0
    tree = parser.parse(text, null, { progressCallback: () => ++steps > parseBounds.steps })
    if (tree === null) return { kind: 'too-large', bound: 'steps', limit: parseBounds.steps }
    return copyTree(tree, grammar)
  } finally {
    tree?.delete()
    parser.delete()
  }
}

// What most nodes have.
const noChildren: readonly SyntaxNode[] = []

// One pass of one cursor with four look-ups a node: each look-up crosses into WebAssembly, and that is what costs.
function copyTree(tree: Tree, grammar: Grammar): Parsed {
  const named = (namedTypes[grammar.name ?? ''] ??= [])
  const broken = tree.rootNode.hasError
  const cursor = openCursor(tree)
  const top: SyntaxNode[] = []
  const above: SyntaxNode[][] = []
  let siblings = top
  let nodes = 0
  let errors = 0
  try {
    for (;;) {
      if (++nodes > parseBounds.nodes) return { kind: 'too-large', bound: 'nodes', limit: parseBounds.nodes }
      const typeId = cursor.nodeTypeId
      const fieldId = cursor.currentFieldId
      const start = cursor.startIndex
      const end = cursor.endIndex
      const missing = broken && start === end && cursor.nodeIsMissing
      if (typeId === errorType || missing) errors++
      const type = typeId === errorType ? 'ERROR' : (grammar.types[typeId] ?? '')
      const isNamed = typeId === errorType || (named[typeId] ??= grammar.nodeTypeIsNamed(typeId))
      const inner: SyntaxNode[] | undefined = cursor.gotoFirstChild() ? [] : undefined
      const children = inner ?? noChildren
      siblings.push(
        fieldId === 0
          ? { type, named: isNamed, start, end, missing, children }
          : { type, named: isNamed, start, end, missing, children, field: grammar.fields[fieldId]! },
      )
      if (inner !== undefined) {
        above.push(siblings)
        siblings = inner
        continue
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return { kind: 'parsed', root: top[0]!, errors }
        siblings = above.pop() ?? top
      }
    }
  } finally {
    cursor.delete()
  }
}

/** Every node under and including `root`, in the order of the text. Without recursion: programs may be nested without end. */
export function* walk(root: SyntaxNode): Generator<SyntaxNode> {
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node
    for (let i = node.children.length - 1; i >= 0; i--) pending.push(node.children[i]!)
  }
}

/** The child in the given role. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field)
}
