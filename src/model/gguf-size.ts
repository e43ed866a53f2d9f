import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** By type: how many values a block has, and how many bytes. A type that is not here counts as one byte: less than it can be. */
const blocks = new Map<number, readonly [values: number, bytes: number]>([
  [0, [1, 4]],
  [1, [1, 2]],
  [2, [32, 18]],
  [3, [32, 20]],
  [6, [32, 22]],
  [7, [32, 24]],
  [8, [32, 34]],
  [10, [256, 84]],
  [11, [256, 110]],
  [12, [256, 144]],
  [13, [256, 176]],
  [14, [256, 210]],
  [30, [1, 2]],
])
// Types of metadata: numbers and truth values by their bytes; 8 is text, 9 a list.
const widths = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8]
const [text, list] = [8, 9]
const mostEntries = 1_000_000
const defaultAlignment = 32

/**
 * How many bytes a GGUF file must have at least, as its own list of tensors says (versions 2 and 3); undefined where that cannot be read.
 * A file that is shorter was cut off, whatever the host said of its length.
 */
export function leastGgufBytes(path: string): number | undefined {
  const descriptor = openSync(path, 'r')
  try {
    return leastBytes(new Reader(descriptor))
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  } finally {
    closeSync(descriptor)
  }
}

class Unreadable extends Error {}

/** Reads little-endian numbers one after the other. */
class Reader {
  position = 0
  private readonly descriptor: number
  private readonly size: number
  private readonly buffer = Buffer.alloc(2 ** 16)
  private start = 0
  private filled = 0

  constructor(descriptor: number) {
    this.descriptor = descriptor
    this.size = fstatSync(descriptor).size
  }

  u32(): number {
    return this.take(4).readUInt32LE()
  }

  /** A count or an offset; no file has one that a number cannot hold. */
  u64(): number {
    const value = Number(this.take(8).readBigUInt64LE())
    if (!Number.isSafeInteger(value)) throw new Unreadable()
    return value
  }

  count(): number {
    const count = this.u64()
    if (count > mostEntries) throw new Unreadable()
    return count
  }

  skip(bytes: number): void {
    if (this.position + bytes > this.size) throw new Unreadable()
    this.position += bytes
  }

  take(bytes: number): Buffer {
    const at = this.position
    this.skip(bytes)
    if (bytes > this.buffer.length) throw new Unreadable()
    if (at < this.start || at + bytes > this.start + this.filled) {
      this.start = at
      this.filled = readSync(this.descriptor, this.buffer, 0, this.buffer.length, at)
    }
    return this.buffer.subarray(at - this.start, at - this.start + bytes)
  }
}

function leastBytes(reader: Reader): number {
  if (reader.take(4).toString('latin1') !== 'GGUF' || ![2, 3].includes(reader.u32())) throw new Unreadable()
  const tensors = reader.count()
  const entries = reader.count()
  let alignment = defaultAlignment
  for (let entry = 0; entry < entries; entry++) {
    const key = reader.take(reader.count()).toString('latin1')
    const type = reader.u32()
    if (key === 'general.alignment' && type === 4) alignment = reader.u32()
    else skipValue(reader, type)
  }
  const ends = Array.from({ length: tensors }, () => tensorEnd(reader))
  if (alignment < 1) throw new Unreadable()
  return ends.reduce((least, end) => Math.max(least, end), 0) + Math.ceil(reader.position / alignment) * alignment
}

function skipValue(reader: Reader, type: number): void {
  if (type === text) return reader.skip(reader.u64())
  const width = widths[type]
  if (width !== undefined) return reader.skip(width)
  if (type !== list) throw new Unreadable()
  const inner = reader.u32()
  const count = reader.u64()
  const innerWidth = widths[inner]
  if (innerWidth !== undefined) return reader.skip(innerWidth * count)
  // Lists of lists are not in use, and could be as deep as a file is long.
  if (inner === list || count > mostEntries * 10) throw new Unreadable()
  for (let item = 0; item < count; item++) skipValue(reader, inner)
}

/** Where the data of a tensor ends, at least, from where all data begins. */
function tensorEnd(reader: Reader): number {
  reader.skip(reader.u64())
  const dimensions = reader.u32()
  if (dimensions > 8) throw new Unreadable()
  const values = Array.from({ length: dimensions }, () => reader.u64()).reduce((product, size) => product * size, 1)
  const block = blocks.get(reader.u32())
  return reader.u64() + (block === undefined ? 1 : Math.ceil(values / block[0]) * block[1])
}
