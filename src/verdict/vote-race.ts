/** Where batches end: the direct answer and one batch first; each further one is a quarter of what was drawn, and at least `batch`: few, and none far beyond what is needed. */
export function looksOf({ most, batch }: { most: number; batch: number }): number[] {
  const looks = [Math.min(most, 1 + batch)]
  for (let drawn = looks[0]!; drawn < most; looks.push(drawn)) drawn = Math.min(most, drawn + Math.max(batch, Math.floor(drawn / 4)))
  return looks
}

export interface Race {
  /** Votes of the leader, and of each of its rivals. */
  leader: number
  rivals: readonly number[]
  /** Votes that were drawn; those of neither are for nobody who could win. */
  drawn: number
  /** Votes that are still to be drawn. */
  left: number
}

/**
 * At most how likely it is that the leader is not in front when all votes are drawn: the sum over its rivals, and all that was not seen yet taken as one, of the
 * probability that this rival overtakes it (that it draws level counts by half). The next vote is for a behaviour as often as it was seen so far, and once for one that was not (Pólya's urn with an
 * open class, the Chinese restaurant), so that the shares of many that were seen once add up to no more than what was seen. Votes are for the leader (a so far), for the rival (b, or 1 for what was
 * not seen) or for neither (c): how many of those left are for one of the two is beta-binomial (a + b, c), and how many of these are for the rival beta-binomial (b, a).
 */
export function riskOf({ leader, rivals, drawn, left }: Race): number {
  const unseen = drawsLevel({ leader, rival: 0, weight: 1, others: drawn - leader, left })
  return rivals.reduce((sum, rival) => sum + drawsLevel({ leader, rival, weight: rival, others: drawn + 1 - leader - rival, left }), unseen)
}

// Races of one length meet the same states again and again.
const known = new Map<string, number>()
const mostKnown = 50_000

function drawsLevel(state: { leader: number; rival: number; weight: number; others: number; left: number }): number {
  const { leader, rival, weight, others, left } = state
  const key = `${leader} ${rival} ${others} ${left}`
  const before = known.get(key)
  if (before !== undefined) return before
  let sum = 0
  for (let between = Math.max(0, leader - rival); between <= left; between++) {
    const needed = Math.max(0, Math.ceil((between + leader - rival) / 2))
    let level = 0
    for (let won = needed; won <= between; won++) level += overtaking({ won, of: between, lead: leader - rival }) * betaBinomial(won, { of: between, for: weight, against: leader })
    sum += level * betaBinomial(between, { of: left, for: leader + weight, against: others })
  }
  if (known.size >= mostKnown) known.clear()
  known.set(key, sum)
  return sum
}

function betaBinomial(count: number, given: { of: number; for: number; against: number }): number {
  if (given.against === 0) return count === given.of ? 1 : 0
  return Math.exp(logChoose(given.of, count) + logBeta(given.for + count, given.against + given.of - count) - logBeta(given.for, given.against))
}

/**
 * The risk at which drawing ends. A posterior is right on average and not for every race, so it is held against the hardest one: of two ways of behaving
 * that are equally likely. It is the largest of 1 - confidence, 0.9 times that, 0.81 times that, ... with which, over all looks of such a race, the probability that drawing
 * ends with a leader who does not win is at most 1 - confidence. That is computed exactly, from the states that a race can be in.
 */
export function riskAllowed({ most, batch, confidence }: { most: number; batch: number; confidence: number }): number {
  const looks = looksOf({ most, batch })
  for (let risk = 1 - confidence; risk > Number.MIN_VALUE; risk *= 0.9) if (evenRaceLost(looks, risk) <= 1 - confidence) return risk
  return 0
}

/** How often drawing ends with a leader who does not win, where each of two ways of behaving has one half of the votes. */
function evenRaceLost(looks: readonly number[], allowed: number): number {
  const most = looks.at(-1) ?? 0
  let lost = 0
  let drawn = 0
  // How likely each number of votes for one of the two is, where drawing goes on.
  let votes = new Map([[0, 1]])
  for (const look of looks.slice(0, -1)) {
    const next = new Map<number, number>()
    for (const [count, probability] of votes) {
      for (let more = 0; more <= look - drawn; more++) next.set(count + more, (next.get(count + more) ?? 0) + probability * fair(look - drawn, more))
    }
    drawn = look
    const left = most - drawn
    votes = new Map()
    const least = leastLead({ drawn, left, allowed })
    for (const [count, probability] of next) {
      const lead = Math.abs(2 * count - drawn)
      if (lead < least) votes.set(count, probability)
      else lost += probability * overturned(lead, left)
    }
  }
  return lost
}

function leastLead({ drawn, left, allowed }: { drawn: number; left: number; allowed: number }): number {
  for (let lead = drawn % 2 === 0 ? 2 : 1; lead <= drawn; lead += 2) {
    const rival = (drawn - lead) / 2
    if (riskOf({ leader: drawn - rival, rivals: rival === 0 ? [] : [rival], drawn, left }) <= allowed) return lead
  }
  return Infinity
}

/** How likely it is that fair votes make up for a lead. */
function overturned(lead: number, left: number): number {
  let sum = 0
  for (let won = Math.ceil((left + lead) / 2); won <= left; won++) sum += overtaking({ won, of: left, lead }) * fair(left, won)
  return sum
}

/** Who draws level comes first in half of all cases. */
function overtaking({ won, of, lead }: { won: number; of: number; lead: number }): number {
  return 2 * won === of + lead ? 1 / 2 : 1
}

function fair(votes: number, won: number): number {
  return Math.exp(logChoose(votes, won) - votes * Math.LN2)
}

function logBeta(a: number, b: number): number {
  return logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1)
}

function logChoose(all: number, some: number): number {
  return logFactorial(all) - logFactorial(some) - logFactorial(all - some)
}

const logs = [0]

function logFactorial(n: number): number {
  for (let next = logs.length; next <= n; next++) logs.push(logs[next - 1]! + Math.log(next))
  return logs[n]!
}
