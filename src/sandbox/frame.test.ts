import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Frame, FrameKind } from './frame.ts'
import { createFrameReader, encodeFrame, frameKinds } from './frame.ts'

const frame = fc.record({
  kind: fc.constantFrom(...(Object.keys(frameKinds) as FrameKind[])),
  payload: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
})

test('frames arrive whole however their bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(frame), fc.array(fc.nat(400)), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(({ kind, payload }) => encodeFrame(kind, payload)))
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
      const read = createFrameReader()
      const received: Frame[] = places.slice(1).flatMap((end, index) => read(bytes.subarray(places[index], end)))
      expect(received).toEqual(sent)
    }),
  )
})

test('a payload that looks like a frame is still a payload', () => {
  const inner = encodeFrame('ended', Buffer.from('{}'))
  expect(createFrameReader()(encodeFrame('answers', inner))).toEqual([{ kind: 'answers', payload: inner }])
})

test('a kind that does not exist is an error', () => {
  expect(() => createFrameReader()(Buffer.from([99, 0, 0, 0, 0]))).toThrow('no frame is of kind 99')
})
