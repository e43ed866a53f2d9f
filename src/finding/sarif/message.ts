import { oneLine } from '../../records/plain.ts'
import { findSecrets } from '../secret/find-secrets.ts'
import type { SarifResult } from './shape.ts'

const longest = 1000
const leastSecret = 6
const shown = 4

/**
 * A tool's words as a line of ours: without control characters, not endless, and without the secret that they may repeat. A tool that looks for
 * secrets shows what it found as the snippet of its place.
 */
export async function messageTold(message: string, result: SarifResult, isSecret: boolean): Promise<string> {
  const line = oneLine(message.slice(0, longest * 4)).slice(0, longest) || 'the tool says nothing of it'
  if (!isSecret) return line
  const snippet = result.locations?.[0]?.physicalLocation?.region?.snippet?.text?.trim() ?? ''
  const without = snippet.length < leastSecret ? line : line.replaceAll(oneLine(snippet), redacted(snippet))
  return withoutShapes(without)
}

async function withoutShapes(line: string): Promise<string> {
  const found = await findSecrets({ path: 'message.txt', content: line })
  return found.toSorted((a, b) => b.span.start - a.span.start).reduce((text, { span }) => text.slice(0, span.start) + redacted(text.slice(span.start, span.end)) + text.slice(span.end), line)
}

function redacted(secret: string): string {
  return `${oneLine(secret).slice(0, shown)}…`
}
