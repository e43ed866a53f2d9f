import { writeSync } from 'node:fs'
import picocolors from 'picocolors'
import type { Screen } from './live-table.ts'
import { plain } from './text.ts'

export type Colors = ReturnType<typeof picocolors.createColors>

/** Where a command writes: the answer alone on standard output, everything said about it on standard error. */
export interface Output {
  /** For what is said. */
  readonly colors: Colors
  /** For what is answered. */
  readonly answerColors: Colors
  /** Standard error, where it is a terminal that can be redrawn. */
  readonly screen?: Screen
  /** The answer in our own words, with untrusted text already made safe. */
  answer(text: string): void
  /** A program as it is, byte for byte; on a terminal, made safe for it. */
  program(code: string): void
  /** The answer as a JSON document. */
  document(record: unknown): void
  /** The answer as one JSON line of several. */
  event(record: unknown): void
  /** A line for people, left out with `--quiet`. */
  say(line: string): void
}

export function openOutput(options: { quiet?: boolean | undefined; machine?: boolean | undefined } = {}): Output {
  const silent = options.quiet === true
  return {
    colors: colorsFor(process.stderr),
    answerColors: colorsFor(process.stdout),
    ...(isCapable(process.stderr) && !silent && options.machine !== true ? { screen: terminal } : {}),
    answer: (text) => write(1, text),
    program: (code) => write(1, process.stdout.isTTY ? plain(code) : code),
    document: (record) => write(1, `${JSON.stringify(record, null, 2)}\n`),
    event: (record) => write(1, `${JSON.stringify(record)}\n`),
    say: (line) => silent || write(2, `${line}\n`),
  }
}

function colorsFor(stream: NodeJS.WriteStream): Colors {
  const { NO_COLOR, FORCE_COLOR } = process.env
  return picocolors.createColors(!NO_COLOR && (isCapable(stream) || Boolean(FORCE_COLOR)))
}

function isCapable(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env['TERM'] !== 'dumb'
}

const terminal: Screen = {
  size: () => ({ columns: process.stderr.columns || 80, rows: process.stderr.rows || 24 }),
  draw: (text) => write(2, text),
}

/** Writes all of `text` before it returns, so that nothing is lost when the process ends. A reader that has gone is not an error. */
export function write(descriptor: 1 | 2, text: string): void {
  let bytes: Uint8Array = Buffer.from(text)
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE' || code === 'EIO') return
      if (code !== 'EAGAIN') throw error
      // The pipe is full and its reader slow; there is nothing else to do than to wait for it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
