import type { Claim, Exhibit } from '../records/critique.ts'

type Said = Omit<Claim, 'standing' | 'because'>

const mostClaims = 20
const longestText = 500

// `CLAIM weakness CWE-89 line 12 [F1, T2]: why`, or the embedded model's `CWE-89 on line 12: why` and `wrong: what`.
const claimed = /^[\s>*_\-#\d.)]{0,12}CLAIM[\s:*_]{1,4}(weakness|requirement)\b(.*)$/i
const documented = /^\s{0,4}CWE-(\d{1,5}) on line (\d{1,7}): ?(.*)$/
const mistaken = /^\s{0,4}wrong: (.*)$/
const nothing = /^[\s>*_\-"'`.]{0,8}(?:NOTHING|no weakness found)[\s*_"'`.!]{0,8}$/i

/** What there is to cite: `calls` are uses of tools that were made, whether they showed anything or not. */
interface Seen {
  exhibits: readonly Exhibit[]
  calls?: readonly { id: string }[]
  lines: number
}

/** What a critic's answer claims, a line each. `undefined`: there is nothing in it that could be read as an answer. */
export function readClaims(answer: string, seen: Seen): Claim[] | undefined {
  const lines = answer.split(/\r?\n/)
  const said = lines.flatMap((line) => readClaim(line.slice(0, 2000))).slice(0, mostClaims)
  const approves = lines.some((line) => nothing.test(line.slice(0, 60)))
  if (said.length === 0 && !approves) return undefined
  const claims: Said[] = said.length > 0 ? said : [{ kind: 'approval', cites: [], text: 'nothing is wrong' }]
  return claims.map((claim): Claim => Object.assign(claim, standingOf(claim, seen)))
}

function readClaim(line: string): Said[] {
  const document = documented.exec(line)
  if (document !== null) return [{ kind: 'weakness', ...numbered(document[1], document[2]), cites: [], text: document[3]!.trim().slice(0, longestText) || 'no reason given' }]
  const mistake = mistaken.exec(line)
  if (mistake !== null) return [{ kind: 'requirement', cites: [], text: mistake[1]!.trim().slice(0, longestText) || 'no reason given' }]
  const match = claimed.exec(line)
  if (match === null) return []
  const rest = match[2]!
  // The place and the evidence stand before the colon; behind it, words are words.
  const colon = rest.search(/:\s/)
  const [head, text] = colon === -1 ? [rest, rest] : [rest.slice(0, colon), rest.slice(colon + 1)]
  const cites = [...head.matchAll(/[[,;\s]([A-Z]\d{1,3})(?=[\],;\s])/g)].map((found) => found[1]!)
  return [
    {
      kind: match[1]!.toLowerCase() === 'weakness' ? 'weakness' : 'requirement',
      ...numbered(/\bCWE[- ]?(\d{1,5})\b/i.exec(head)?.[1], /\blines?\s{0,2}(\d{1,7})\b/i.exec(head)?.[1]),
      cites: [...new Set(cites)],
      text: text.trim().slice(0, longestText) || 'no reason given',
    },
  ]
}

function numbered(cwe: string | undefined, line: string | undefined): Pick<Said, 'cwe' | 'line'> {
  return { ...(Number(cwe) > 0 && { cwe: Number(cwe) }), ...(Number(line) > 0 && { line: Number(line) }) }
}

/** How a claim stands to what was seen. The words of it are not looked at: only what it is about, and what it cites. */
function standingOf(claim: Said, { exhibits, calls = [], lines }: Seen): Pick<Claim, 'standing' | 'because'> {
  if (claim.kind === 'approval') return approvalStanding(exhibits)
  if (claim.line !== undefined && claim.line > lines) return { standing: 'refuted', because: `the program has ${lines} lines` }
  const cited = exhibits.filter(({ id }) => claim.cites.includes(id))
  const bearing = cited.filter((exhibit) => bearsOn(exhibit, claim))
  if (bearing.some(({ supports }) => supports === true)) return { standing: 'evidenced', because: namesOf(bearing) }
  if (bearing.some(({ supports }) => supports === false)) return { standing: 'refuted', because: `${namesOf(bearing)} says otherwise` }
  if (bearing.length > 0) return { standing: 'evidenced', because: namesOf(bearing) }
  if (claim.cites.length === 0) return withoutCitation(claim, exhibits)
  return { standing: 'opinion', because: cited.length === 0 ? nothingIn(claim.cites, calls) : `${namesOf(cited)} is about something else` }
}

function nothingIn(cites: readonly string[], calls: readonly { id: string }[]): string {
  const made = cites.filter((cite) => calls.some(({ id }) => id === cite))
  return made.length > 0 ? `${made.join(', ')} showed nothing of it` : `there is no ${cites.join(', ')}`
}

/** The embedded model names a weakness and a line, and no evidence: a finding there is what it means. */
function withoutCitation({ cwe, line }: Said, exhibits: readonly Exhibit[]): Pick<Claim, 'standing' | 'because'> {
  const found = exhibits.find((exhibit) => exhibit.kind === 'finding' && cwe !== undefined && exhibit.cwe === cwe && exhibit.line === line)
  return found === undefined ? { standing: 'opinion', because: 'it names no evidence' } : { standing: 'evidenced', because: found.id }
}

function approvalStanding(exhibits: readonly Exhibit[]): Pick<Claim, 'standing' | 'because'> {
  const against = exhibits.filter(({ kind, supports }) => supports === true && kind !== 'passage')
  return against.length === 0 ? { standing: 'opinion', because: 'nothing that was seen speaks against it' } : { standing: 'refuted', because: `${namesOf(against)} says otherwise` }
}

function bearsOn(exhibit: Exhibit, claim: Said): boolean {
  if (claim.cwe !== undefined && exhibit.cwe !== undefined) return claim.cwe === exhibit.cwe
  // A passage about another weakness, or about none, bears nothing out.
  return exhibit.kind !== 'passage' || claim.kind === 'requirement'
}

function namesOf(exhibits: readonly Exhibit[]): string {
  return [...new Set(exhibits.map(({ id }) => id))].join(', ')
}
