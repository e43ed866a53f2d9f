const simpleRepeat = /[+*]|\{\d+,\d*\}/

/**
 * Whether a pattern can match one text in exponentially many ways: a repeated group whose body repeats too, and whose rounds the text
 * does not tell apart; or a repeated choice whose branches overlap.
 */
export function backtracks(pattern: string): boolean {
  if (pattern.length > 2000) return false
  for (const group of groupsOf(pattern)) {
    if (!/^([+*]|\{\d+,\})/.test(pattern.slice(group.end + 1))) continue
    const body = pattern.slice(group.start + 1, group.end).replace(/^\?(:|P<\w+>)/, '')
    if (nests(body) || overlaps(body)) return true
  }
  return false
}

function groupsOf(pattern: string): { start: number; end: number }[] {
  const groups: { start: number; end: number }[] = []
  const open: number[] = []
  let inSet = false
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]
    if (char === '\\') i++
    else if (inSet) inSet = char !== ']'
    else if (char === '[') inSet = true
    else if (char === '(') open.push(i)
    else if (char === ')') {
      const start = open.pop()
      if (start !== undefined) groups.push({ start, end: i })
    }
  }
  return groups
}

// `(a+)+`, `(\w*)*`, `(.*a)*`: the whole body is a repetition, or it ends and starts in what it repeats.
function nests(body: string): boolean {
  if (body.includes('|')) return false
  const atoms = body.match(/(\\.|\[(?:\\.|[^\]\\])*\]|[^\\[\](){}+*?|^$])([+*]\??|\{\d+,\d*\}|\?)?/g) ?? []
  if (atoms.join('') !== body) return /^\([^()]*\)([+*]|\{\d+,\})$/.test(body)
  const repeated = atoms.filter((atom) => simpleRepeat.test(atom.slice(1)) && /([+*]|,\d*\})\??$/.test(atom))
  const fixed = atoms.filter((atom) => !repeated.includes(atom) && !atom.endsWith('?'))
  if (repeated.length === 0) return false
  return fixed.every((atom) => repeated.some((wide) => covers(wide.replace(/([+*]|\{[^}]*\})\??$/, ''), atom)))
}

function covers(wide: string, atom: string): boolean {
  if (wide === '.') return true
  try {
    const sample = atom.length === 1 ? atom : atom.startsWith('\\') && atom.length === 2 && /\W/.test(atom[1]!) ? atom[1]! : undefined
    return sample === undefined ? wide === atom : new RegExp(`^${wide}$`).test(sample)
  } catch {
    return false
  }
}

// `(a|a)*`, `(a|aa)+`, `(\w|\d)*`: two branches can take the same character, so every round doubles the ways.
function overlaps(body: string): boolean {
  if (!body.includes('|') || /[()]/.test(body)) return false
  const samples = body.split('|').map(sampleOf)
  return samples.some((sample, i) =>
    samples.some((other, j) => i < j && sample !== undefined && other !== undefined && beginsAlike(sample, other)),
  )
}

const classSamples: Record<string, string> = {
  '\\w': 'a0',
  '\\d': '0',
  '\\s': ' ',
  '.': 'a0 ',
  '[a-z]': 'a',
  '[A-Z]': 'A',
  '[0-9]': '0',
  '[a-zA-Z]': 'aA',
}

/** Characters that a branch takes, or the literal that it is. */
function sampleOf(branch: string): { text: string; literal: boolean } | undefined {
  const known = classSamples[branch.replace(/[+*]$/, '')]
  if (known !== undefined) return { text: known, literal: false }
  return /^[A-Za-z0-9]+$/.test(branch) ? { text: branch, literal: true } : undefined
}

function beginsAlike(a: { text: string; literal: boolean }, b: { text: string; literal: boolean }): boolean {
  if (a.literal && b.literal) return /^(.)\1*$/.test(a.text) && /^(.)\1*$/.test(b.text) && a.text[0] === b.text[0]
  const [wide, other] = a.literal ? [b, a] : [a, b]
  return [...new Set(other.text)].some((char) => wide.text.includes(char) && (!other.literal || other.text.length === 1))
}
