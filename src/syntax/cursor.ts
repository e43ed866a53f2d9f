import { Parser, type Tree, type TreeCursor } from 'web-tree-sitter'

/** What reading a tree asks of a cursor. */
export type Cursor = Pick<
  TreeCursor,
  'nodeTypeId' | 'currentFieldId' | 'startIndex' | 'endIndex' | 'nodeIsMissing' | 'gotoFirstChild' | 'gotoNextSibling' | 'gotoParent' | 'delete'
>

type OnTree = (tree: number) => number
/** Of the functions of the parser's WebAssembly, those that act on the one cursor in its transfer buffer. */
interface Module {
  readonly _ts_tree_root_node_wasm: OnTree
  readonly _ts_tree_cursor_new_wasm: OnTree
  readonly _ts_tree_cursor_delete_wasm: OnTree
  readonly _ts_tree_cursor_current_node_type_id_wasm: OnTree
  readonly _ts_tree_cursor_current_field_id_wasm: OnTree
  readonly _ts_tree_cursor_current_node_is_missing_wasm: OnTree
  readonly _ts_tree_cursor_start_index_wasm: OnTree
  readonly _ts_tree_cursor_end_index_wasm: OnTree
  readonly _ts_tree_cursor_goto_first_child_wasm: OnTree
  readonly _ts_tree_cursor_goto_next_sibling_wasm: OnTree
  readonly _ts_tree_cursor_goto_parent_wasm: OnTree
}

const module: Partial<Module> = {}

/** Starts the parser. Safe to call again. */
export async function startParser(): Promise<void> {
  await Parser.init(module)
}

/**
 * A cursor at the root of a tree; until it is deleted, no other may be used. The parser's own cursor is copied into WebAssembly's memory and back
 * for each look-up, which is two thirds of what reading a tree costs; ours stays there.
 */
export function openCursor(tree: Tree): Cursor {
  // Whoever uses the same parser in this process may have started it before us: then its functions are not ours to have.
  return isWhole(module) ? new ResidentCursor(module, (tree as unknown as readonly [number])[0]) : tree.walk()
}

function isWhole(started: Partial<Module>): started is Module {
  return started._ts_tree_cursor_new_wasm !== undefined
}

class ResidentCursor implements Cursor {
  readonly #module: Module
  readonly #tree: number

  constructor(started: Module, tree: number) {
    this.#module = started
    this.#tree = tree
    started._ts_tree_root_node_wasm(tree)
    started._ts_tree_cursor_new_wasm(tree)
  }

  get nodeTypeId(): number {
    return this.#module._ts_tree_cursor_current_node_type_id_wasm(this.#tree)
  }

  get currentFieldId(): number {
    return this.#module._ts_tree_cursor_current_field_id_wasm(this.#tree)
  }

  get startIndex(): number {
    return this.#module._ts_tree_cursor_start_index_wasm(this.#tree)
  }

  get endIndex(): number {
    return this.#module._ts_tree_cursor_end_index_wasm(this.#tree)
  }

  get nodeIsMissing(): boolean {
    return this.#module._ts_tree_cursor_current_node_is_missing_wasm(this.#tree) === 1
  }

  gotoFirstChild(): boolean {
    return this.#module._ts_tree_cursor_goto_first_child_wasm(this.#tree) === 1
  }

  gotoNextSibling(): boolean {
    return this.#module._ts_tree_cursor_goto_next_sibling_wasm(this.#tree) === 1
  }

  gotoParent(): boolean {
    return this.#module._ts_tree_cursor_goto_parent_wasm(this.#tree) === 1
  }

  delete(): void {
    this.#module._ts_tree_cursor_delete_wasm(this.#tree)
  }
}
