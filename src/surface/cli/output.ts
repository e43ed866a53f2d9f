import { writeSync } from 'node:fs'
import picocolors from 'picocolors'
import { plain } from './text.ts'

export type Colors = ReturnType<typeof picocolors.createColors>

/** Where a command writes: the answer alone on standard output, everything said about it on standard error. */
export interface Output {
  readonly colors: Colors
  /** Standard error is a terminal that can be redrawn. */
  readonly live: boolean
  /** The answer, byte for byte; on a terminal, made safe for it. */
  answer(text: string): void
  /** The answer as a JSON document. */
  document(record: unknown): void
  /** The answer as one JSON line of several. */
  event(record: unknown): void
  /** A line for people, left out with `--quiet`. */
  say(line: string): void
  /** Text for the terminal as it is (redrawing); only where `live`. */
  draw(text: string): void
}

export function openOutput(options: { quiet?: boolean | undefined; machine?: boolean | undefined } = {}): Output {
  const { stdout, stderr, env } = process
  const capable = stderr.isTTY && env['TERM'] !== 'dumb'
  const coloured = env['NO_COLOR'] ? false : capable || Boolean(env['FORCE_COLOR'])
  const silent = options.quiet === true
  return {
    colors: picocolors.createColors(coloured),
    live: capable && !silent && options.machine !== true,
    answer: (text) => write(1, stdout.isTTY ? plain(text) : text),
    document: (record) => write(1, `${JSON.stringify(record, null, 2)}\n`),
    event: (record) => write(1, `${JSON.stringify(record)}\n`),
    say: (line) => silent || write(2, `${line}\n`),
    draw: (text) => write(2, text),
  }
}

/** Writes all of `text` before it returns, so that nothing is lost when the process ends. A reader that has gone is not an error. */
export function write(descriptor: 1 | 2, text: string): void {
  let bytes: Uint8Array = Buffer.from(text)
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      // The pipe is full and its reader slow; there is nothing else to do than to wait for it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
