const known = new Map<string, number>()

/** FNV-1a over UTF-16 units, 32 bits. */
export function hashText(text: string): number {
  const before = known.get(text)
  if (before !== undefined) return before
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  // Most words are those of the grammar; texts of programs are without end.
  if (known.size < 10_000 && text.length < 40) known.set(text, hash)
  return hash
}

/** Joins two hashes in this order: the finaliser of MurmurHash3 over their sum. */
export function mix(left: number, right: number): number {
  let hash = (Math.imul(left, 31) + right) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
