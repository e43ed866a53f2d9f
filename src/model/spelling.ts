import type { TokenLogProbability } from '../records/sample.ts'

/** A token as an endpoint describes it. `bytes` is exact; a text may hold U+FFFD for bytes that are no whole character. */
export interface WireToken {
  text: string
  bytes?: readonly number[]
  logProbability: number | null
}

export type Spelled = { kind: 'spelled'; tokens: TokenLogProbability[] } | { kind: 'rejected'; reason: string }

// Rounding in the endpoint may leave a hair above zero.
const tolerance = 1e-6

/**
 * Lays tokens along the text that they should spell, and gives each its offset and the characters that begin in it. Tokens that the text
 * does not show are left out: a start-of-text token before it, what follows it (an end-of-text token, a stop sequence).
 */
export function spell(wire: readonly WireToken[], text: string): Spelled {
  const wrong = wire.find(({ logProbability }) => logProbability !== null && !(logProbability <= tolerance && logProbability > -Infinity))
  if (wrong !== undefined)
    return { kind: 'rejected', reason: `${wrong.logProbability} is no log-probability (at ${JSON.stringify(wrong.text.slice(0, 40))})` }
  const starts = startsOf(wire, Buffer.from(text))
  if (starts === undefined)
    return { kind: 'rejected', reason: `the tokens do not spell the text (${wire.length} tokens, ${text.length} characters)` }
  return { kind: 'spelled', tokens: cut(wire, starts, text) }
}

/** Byte position of each token that lies in the text; undefined where the tokens do not spell it. */
function startsOf(wire: readonly WireToken[], bytes: Buffer): Map<number, number> | undefined {
  const starts = new Map<number, number>()
  let position = 0
  let unclear: number[] = []
  for (const [index, token] of wire.entries()) {
    if (position >= bytes.length && unclear.length === 0) break
    const own = bytesOf(token)
    if (own === undefined) {
      unclear.push(index)
      continue
    }
    const at = find(bytes, own, { from: position, within: position + 4 * unclear.length, first: position === 0 })
    if (at === undefined) {
      if (starts.size === 0 && unclear.length === 0 && token.logProbability === null) continue
      return undefined
    }
    for (const earlier of unclear) starts.set(earlier, position)
    unclear = []
    starts.set(index, at.start)
    position = at.end
  }
  for (const earlier of unclear) starts.set(earlier, position)
  return position + 4 * unclear.length >= bytes.length ? starts : undefined
}

function bytesOf({ text, bytes }: WireToken): Buffer | undefined {
  if (bytes !== undefined) return Buffer.from(bytes)
  // OpenAI's completions write lone bytes as `bytes:\xe2\x96`.
  if (/^bytes:(?:\\x[0-9a-f]{2})+$/.test(text)) return Buffer.from(text.slice(6).replaceAll('\\x', ''), 'hex')
  return text.includes('\uFFFD') ? undefined : Buffer.from(text)
}

function find(
  bytes: Buffer,
  own: Buffer,
  { from, within, first }: { from: number; within: number; first: boolean },
): { start: number; end: number } | undefined {
  for (let start = from; start <= within; start++) {
    const rest = bytes.subarray(start, start + own.length)
    // The last token may reach beyond the text, where that was cut at a stop sequence.
    if (rest.equals(own.subarray(0, rest.length)) && (rest.length === own.length || start + rest.length === bytes.length))
      return { start, end: start + rest.length }
  }
  // SentencePiece puts a space before the first word that the text does not have.
  return first && own[0] === 0x20 ? find(bytes, own.subarray(1), { from, within, first: false }) : undefined
}

function cut(wire: readonly WireToken[], starts: Map<number, number>, text: string): TokenLogProbability[] {
  const { begins, holds } = characterMaps(text)
  const placed = [...starts]
  return placed.map(([index, start], order) => {
    const next = placed[order + 1]?.[1] ?? begins.length - 1
    const { logProbability } = wire[index]!
    return {
      token: text.slice(begins[start], begins[next]),
      offset: holds[start]!,
      logProbability: logProbability === null ? null : Math.min(logProbability, 0),
    }
  })
}

// For each byte: the first character that begins at or after it (UTF-16 units), and the character that holds it.
function characterMaps(text: string): { begins: number[]; holds: number[] } {
  const begins: number[] = []
  const holds: number[] = []
  let unit = 0
  for (const character of text) {
    const size = Buffer.byteLength(character)
    for (let byte = 0; byte < size; byte++) {
      begins.push(byte === 0 ? unit : unit + character.length)
      holds.push(unit)
    }
    unit += character.length
  }
  begins.push(unit)
  holds.push(unit)
  return { begins, holds }
}

/** The tokens of the continuation: those whose first character lies behind the border, with offsets from there. */
export function behindBorder(tokens: readonly TokenLogProbability[], border: number): TokenLogProbability[] {
  return tokens
    .filter(({ offset }) => offset >= border)
    .map(({ token, offset, logProbability }) => ({ token, offset: offset - border, logProbability }))
}
