// The way in and out of a guest: bytes on descriptors, by functions taken before the program loads.
// An `import` of a builtin makes a module of all its names: by calls, a guest starts a fifth faster.
const fs = process.getBuiltinModule('fs')

const { apply } = Reflect
const { readSync, writeSync } = fs
const { parse } = JSON
const { subarray } = Uint8Array.prototype
const { encode } = TextEncoder.prototype
const encoder = new TextEncoder()
const deno = globalThis.Deno
const denoWriters = deno && [undefined, deno.stdout.writeSync.bind(deno.stdout), deno.stderr.writeSync.bind(deno.stderr)]

/** The length of the job's JSON in decimal, a line feed, the JSON. What follows is left for the program. */
export function readJob(descriptor) {
  return parse(readText(descriptor))
}

export function readText(descriptor) {
  let digits = ''
  for (let byte = readExactly(descriptor, 1)[0]; byte !== 10; byte = readExactly(descriptor, 1)[0]) digits += String.fromCharCode(byte)
  return new TextDecoder().decode(readExactly(descriptor, Number(digits)))
}

function readExactly(descriptor, length) {
  const bytes = new Uint8Array(length)
  for (let filled = 0; filled < length; ) {
    const rest = bytes.subarray(filled)
    const count = descriptor === 0 && deno ? deno.stdin.readSync(rest) : readSync(descriptor, rest)
    if (!count) throw new Error('the job ended early')
    filled += count
  }
  return bytes
}

/** Writes all of a text before it returns, so that what was seen survives whatever comes next. */
export function write(descriptor, text) {
  writeBytes(descriptor, apply(encode, encoder, [text]))
}

export function writeBytes(descriptor, bytes) {
  for (let done = 0; done < bytes.length; ) {
    const rest = apply(subarray, bytes, [done])
    try {
      done += deno ? denoWriters[descriptor](rest) : writeSync(descriptor, rest)
    } catch (error) {
      // The program made the descriptor non-blocking and the reader is behind.
      if (error.code !== 'EAGAIN') throw error
    }
  }
}
