import { AnswerBroken } from './http.ts'

// The largest single event that is taken; the whole is bounded by its call.
const longestEvent = 4 * 2 ** 20

/** The `data` of server-sent events, in order, until the stream ends. Comments and other fields are left out. */
export async function* serverSent(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let buffer = ''
  let data: string[] = []
  for await (const chunk of chunks) {
    buffer += chunk
    const lines = buffer.split(/\r\n|\n|\r(?!$)/)
    buffer = lines.pop()!
    if (buffer.length > longestEvent) throw new AnswerBroken('the stream holds an event without end')
    for (const line of lines) {
      if (line === '' && data.length > 0) {
        yield data.join('\n')
        data = []
      } else if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
    }
  }
  if (buffer.startsWith('data:')) data.push(buffer.slice(buffer.startsWith('data: ') ? 6 : 5))
  if (data.length > 0) yield data.join('\n')
}
