/** A tool that a critic asks for, as it wrote it. */
export interface ToolRequest {
  tool: string
  input: string
  /** Why nothing can be made of what stands in the place of an input. */
  malformed?: string
}

/**
 * The tools that an answer asks for, in their order: `TOOL name`, lines of input, `END`. The last one may lack its end, and a short input may
 * stand behind the name. A fence around the input is no part of it.
 */
export function readToolRequests(answer: string, most: number): ToolRequest[] {
  const requests: ToolRequest[] = []
  const lines = answer.split(/\r?\n/)
  for (let at = 0; at < lines.length && requests.length < most; at++) {
    const begun = /^\W{0,4}TOOL[: ]\s{0,3}[`"']?([A-Za-z_-]{1,40})[`"']?:?\s{0,3}(.*)$/.exec(lines[at]!.slice(0, 1000))
    if (begun === null) continue
    const rest = lines.slice(at + 1)
    const end = rest.findIndex((line) => /^\W{0,3}(?:END|TOOL[: ]\s{0,3}[a-z])/.test(line.slice(0, 60)))
    const body = end === -1 ? rest : rest.slice(0, end)
    requests.push({ tool: begun[1]!.toLowerCase(), input: unfenced([begun[2]!, ...body].join('\n').trim()) })
    at += body.length
  }
  return requests
}

function unfenced(text: string): string {
  return /^(?:```|~~~)[^\n]*\n([\s\S]*?)\n?(?:```|~~~)\s*$/.exec(text)?.[1] ?? text
}
