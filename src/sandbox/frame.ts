/** Frames between the host and a warden: kind (1 byte), length (4 bytes), payload. The other side is `guest/frame.py`. */
export const frameKinds = { plan: 1, job: 2, cancel: 3, ready: 11, stdout: 12, stderr: 13, answers: 14, ended: 15 } as const
export type FrameKind = keyof typeof frameKinds

export interface Frame {
  kind: FrameKind
  payload: Buffer
}

const HEADER = 5
const names = new Map<number, FrameKind>(Object.entries(frameKinds).map(([name, number]) => [number, name as FrameKind]))

export function encodeFrame(kind: FrameKind, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUInt8(frameKinds[kind], 0)
  header.writeUInt32BE(payload.length, 1)
  return Buffer.concat([header, payload])
}

/** Takes bytes as they come and gives the frames that are whole. A kind that does not exist is an error: the two sides are out of step. */
export function createFrameReader(): (chunk: Buffer) => Frame[] {
  let held: Buffer = Buffer.alloc(0)
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const frames: Frame[] = []
    let start = 0
    while (held.length - start >= HEADER) {
      const kind = names.get(held.readUInt8(start))
      if (kind === undefined) throw new Error(`no frame is of kind ${held.readUInt8(start)}`)
      const end = start + HEADER + held.readUInt32BE(start + 1)
      if (end > held.length) break
      frames.push({ kind, payload: held.subarray(start + HEADER, end) })
      start = end
    }
    held = held.subarray(start)
    return frames
  }
}
