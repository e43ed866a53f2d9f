/** A piece of the corpus. `source` says where it comes from, in words that people can follow. */
export interface Passage {
  readonly title: string
  readonly source: string
  readonly text: string
  readonly cwe?: number
}

const longest = 1_200

/** The passages of a document: by its headings, and no longer than people read at once. */
export function passagesOf(document: { path: string; text: string }): Passage[] {
  const parts = document.text.split(/^(?=#{1,6} |={3,}$)/m).flatMap(paragraphs)
  return parts.flatMap((text) => (text.trim() === '' ? [] : [{ title: titleOf(text, document.path), source: document.path, text: text.trim() }]))
}

function paragraphs(part: string): string[] {
  const found: string[] = []
  let open = ''
  for (const paragraph of part.split(/\n\s*\n/).flatMap(pieces)) {
    if (open !== '' && open.length + paragraph.length > longest) {
      found.push(open)
      open = ''
    }
    open += `${paragraph}\n\n`
  }
  return [...found, open]
}

function pieces(paragraph: string): string[] {
  const found: string[] = []
  for (let at = 0; at < paragraph.length; at += longest) found.push(paragraph.slice(at, at + longest))
  return found
}

function titleOf(text: string, path: string): string {
  const heading = /^#{1,6} (.+)$/m.exec(text)?.[1]
  return heading === undefined ? path : `${heading.trim()} (${path})`
}
