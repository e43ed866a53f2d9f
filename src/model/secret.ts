/** A stretch of a text that looks like a secret. */
export interface FoundSecret {
  start: number
  end: number
  kind: string
}

// Each is bounded and begins with what few other texts have. Where there is a group, it is the secret.
const shapes: readonly [string, RegExp][] = [
  ['aws-access-key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['aws-secret-key', /aws_secret_access_key["']?\s{0,3}[:=]\s{0,3}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi],
  ['github-token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/g],
  ['gitlab-token', /\bglpat-[\w-]{20,100}/g],
  ['provider-key', /\bsk-[\w-]{20,200}/g],
  ['stripe-key', /\b[sr]k_(?:live|test)_[0-9A-Za-z]{16,100}\b/g],
  ['google-key', /\bAIza[\w-]{35}(?![\w-])/g],
  ['slack-token', /\bxox[abeoprs]-[\w-]{10,250}/g],
  ['registry-token', /\b(?:npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,250}|hf_[A-Za-z0-9]{34})\b/g],
  ['json-web-token', /\beyJ[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{5,1000}/g],
  ['url-password', /:\/\/[^\s:/@"']{1,100}:([^\s/@"']{3,100})@/g],
  [
    'assigned',
    /(?:password|passwd|secret|token|api_?key|access_?key|private_?key|credential)s?["']?\s{0,3}(?::|=>?)\s{0,3}["']([^"'\s]{8,200})["']/gi,
  ],
]

const placeholder = /^(?:\$\{|\{\{|<|%|change|your|example|dummy|test|xxx|\*{3}|\.{3}|none|null|todo|password|secret)/i

/** What in a text looks like a secret, in order and without overlap; `values` are secrets that are known to the letter. */
export function findSecrets(text: string, values: readonly string[] = []): FoundSecret[] {
  const found = [
    ...privateKeys(text),
    ...values.flatMap((value) => occurrences(text, value)),
    ...shapes.flatMap(([kind, shape]) => matches(text, { kind, shape })),
  ]
  const ordered = found.sort((a, b) => a.start - b.start || b.end - a.end)
  let end = 0
  return ordered.filter((secret) => {
    if (secret.start < end) return false
    end = secret.end
    return true
  })
}

function privateKeys(text: string): FoundSecret[] {
  const found: FoundSecret[] = []
  const edge = /-----(BEGIN|END) [A-Z ]{0,30}PRIVATE KEY-----/g
  let start: number | undefined
  for (const match of text.matchAll(edge)) {
    if (match[1] === 'BEGIN') start ??= match.index
    else if (start !== undefined) {
      found.push({ start, end: match.index + match[0].length, kind: 'private-key' })
      start = undefined
    }
  }
  return found
}

function occurrences(text: string, value: string): FoundSecret[] {
  const found: FoundSecret[] = []
  if (value.length < 8) return found
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length))
    found.push({ start: at, end: at + value.length, kind: 'known' })
  return found
}

function matches(text: string, { kind, shape }: { kind: string; shape: RegExp }): FoundSecret[] {
  return [...text.matchAll(shape)].flatMap((match) => {
    const secret = match[1] ?? match[0]
    const start = match.index + match[0].lastIndexOf(secret)
    return kind === 'assigned' && !isRandom(secret) ? [] : [{ start, end: start + secret.length, kind }]
  })
}

// Words and names are read by people; a secret has more to a character.
function isRandom(value: string): boolean {
  if (placeholder.test(value)) return false
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length
  const counts = Map.groupBy(value, (character) => character)
  const entropy = [...counts.values()].reduce((sum, { length }) => sum - (length / value.length) * Math.log2(length / value.length), 0)
  return entropy >= 2.8 && kinds >= 2
}
