import { expect, test } from 'vitest'
import { looksOf, riskAllowed, riskOf } from './vote-race.ts'

test('there are few looks, and the last one is at everything', () => {
  expect(looksOf({ most: 11, batch: 2 })).toEqual([3, 5, 7, 9, 11])
  expect(looksOf({ most: 100, batch: 2 })).toEqual([3, 5, 7, 9, 11, 13, 16, 20, 25, 31, 38, 47, 58, 72, 90, 100])
  expect([looksOf({ most: 1, batch: 2 }), looksOf({ most: 3, batch: 2 }), looksOf({ most: 4, batch: 9 })]).toEqual([[1], [3], [4]])
})

test('a lead that the votes left cannot make up for is no risk, and the risk is what counting says', () => {
  expect(riskOf({ leader: 6, rivals: [], drawn: 6, left: 5 })).toBe(0)
  // One vote is left, and whoever was not seen yet gets it with probability 1/2, one urn of two; then it has drawn level.
  expect(riskOf({ leader: 1, rivals: [], drawn: 1, left: 1 })).toBeCloseTo(1 / 4)
  expect(riskOf({ leader: 2, rivals: [1], drawn: 3, left: 1 })).toBeCloseTo(1 / 4 / 2)
  // Two are left. Each of the two that were seen once gets both with probability 1/5 times 2/6, and one of them, the other being for neither, twice as often: level. What was not seen draws level with both.
  expect(riskOf({ leader: 2, rivals: [1, 1], drawn: 4, left: 2 })).toBeCloseTo(2 * (1 / 15 + 2 / 15 / 2) + 1 / 15 / 2)
  expect(riskOf({ leader: 3, rivals: [1], drawn: 4, left: 7 })).toBeGreaterThan(riskOf({ leader: 3, rivals: [1], drawn: 8, left: 7 }))
})

test('three programs that behave alike end drawing at the default confidence', () => {
  for (const most of [6, 11, 21]) expect(riskOf({ leader: 3, rivals: [], drawn: 3, left: most - 3 })).toBeLessThanOrEqual(riskAllowed({ most, batch: 2, confidence: 0.8 }))
})

/** Drawing as `lookAt` has it do, of votes alone. */
function endOf(stream: readonly number[], { allowed, batch }: { allowed: number; batch: number }): { drawn: number; leader?: number } {
  const most = stream.length
  for (const drawn of looksOf({ most, batch }).slice(0, -1)) {
    const [[leader, votes] = [0, 0], ...others] = countsOf(stream.slice(0, drawn))
    const rivals = others.map(([, count]) => count)
    if ((rivals[0] ?? 0) < votes && riskOf({ leader: votes, rivals, drawn, left: most - drawn }) <= allowed) return { drawn, leader }
  }
  return { drawn: most }
}

/** By votes; of equals the one that came first leads, as it does in a ranking. */
function countsOf(stream: readonly number[]): [behavior: number, votes: number][] {
  const counts = new Map<number, number>()
  for (const vote of stream) counts.set(vote, (counts.get(vote) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}

/** Marsaglia's xorshift: the same streams each time. */
function* uniform(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    yield (state >>> 0) / 2 ** 32
  }
}

const races: Record<string, number[]> = {
  'of two, even': [1, 1],
  'of two, nearly even': [52, 48],
  'of two, close': [55, 45],
  'of two, clear': [7, 3],
  'of three, even': [1, 1, 1],
  'of three, two of them even': [45, 45, 10],
  'of three, the best one seldom': [40, 30, 30],
  'of five, even': [1, 1, 1, 1, 1],
  'of ten, falling': [10, 5, 3.3, 2.5, 2, 1.7, 1.4, 1.25, 1.1, 1],
  'two even, and many that stand alone': [30, 30, ...Array.from({ length: 40 }, () => 1)],
  'one, and many that stand alone': [30, ...Array.from({ length: 70 }, () => 1)],
  'of two, and nine in ten for nobody': [5, 5, ...Array.from({ length: 90 }, () => 1)],
  'none but such as stand alone': Array.from({ length: 200 }, () => 1),
}

const streams = 600

// One-sided 99.9 % interval of a share that is counted: one of 1 - confidence passes.
const beyond = (share: number) => share + 3.09 * Math.sqrt((share * (1 - share)) / streams)

test.for([...[0.8, 0.9, 0.95].flatMap((confidence) => [11, 21].map((most) => ({ confidence, most }))), { confidence: 0.8, most: 50 }, { confidence: 0.9, most: 60 }])(
  'with confidence $confidence and $most programs at most, no kind of race is won by somebody else more often than that leaves',
  ({ confidence, most }) => {
    const allowed = riskAllowed({ most, batch: 2, confidence })
    const random = uniform(most)
    const worse = Object.entries(races).flatMap(([name, weights]) => {
      const whole = weights.reduce((sum, weight) => sum + weight, 0)
      const draw = () => {
        let at = random.next().value * whole
        const found = weights.findIndex((weight) => (at -= weight) < 0)
        return found === -1 ? 0 : found
      }
      let lost = 0
      for (let run = 0; run < streams; run++) {
        const stream = Array.from({ length: most }, draw)
        const { leader } = endOf(stream, { allowed, batch: 2 })
        if (leader !== undefined && leader !== countsOf(stream)[0]?.[0]) lost++
      }
      return lost / streams > beyond(1 - confidence) ? [`${name}: ${lost / streams}`] : []
    })
    expect(worse).toEqual([])
  },
)

test('where behaviour agrees few programs are drawn, and where it does not nearly all', () => {
  const allowed = riskAllowed({ most: 21, batch: 2, confidence: 0.8 })
  const drawn = (stream: number[]) => endOf(stream, { allowed, batch: 2 }).drawn
  expect(drawn(Array.from({ length: 21 }, () => 0))).toBe(3)
  expect(drawn(Array.from({ length: 21 }, (_, i) => i % 2))).toBe(21)
  expect(drawn(Array.from({ length: 21 }, (_, i) => i))).toBe(21)
})
