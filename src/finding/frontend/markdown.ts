const fence = /^[ \t]*(```|~~~)[^\n]*$/gm

/** Blanks everything outside a reply's code fences, and the fences, so that positions stay what they were. */
export function withoutMarkdown(text: string): string {
  if (!text.includes('```') && !text.includes('~~~')) return text
  const fences = [...text.matchAll(fence)]
  const first = fences[0]
  if (first === undefined) return text
  // A fence inside a string of a program is no reply's fence: those open in pairs with a language, or start the text.
  if (fences.length === 1 && text.slice(0, first.index).trim() !== '') return text
  let kept = ''
  let inside = false
  let position = 0
  for (const match of [...fences, { index: text.length, 0: '' }]) {
    const piece = text.slice(position, match.index)
    kept += inside ? piece : blank(piece)
    kept += blank(match[0])
    position = match.index + match[0].length
    inside = !inside
  }
  return kept
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')
