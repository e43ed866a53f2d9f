import { type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'

/** A text in the quotes that the file prefers. */
export function quoted(site: Site, text: string): string {
  let double = 0
  for (const node of walk(site.root)) if (node.type === 'string') double += site.text[node.start] === '"' ? 1 : -1
  const mark = double > 0 ? '"' : "'"
  return mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark
}

/** What stands between a text's quotes, where that is all of it. */
export function plainText(site: Site, node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'string' ? /^(['"])([^\\]*)\1$/.exec(site.textOf(node))?.[2] : undefined
}
