import { posix } from 'node:path'

/** What a file has to do with the others, as far as it can be seen in it alone. */
export interface Link {
  /** The other files that it mentions. */
  readonly mentions: readonly string[]
  /** An attacker's value enters in it. */
  readonly isAttacked: boolean
  /** An attacker's value is in what it returns, or keeps in an object. */
  readonly isGiving: boolean
  /** A value that others may have a say in reaches a place that matters. */
  readonly isOpen: boolean
  /** Steps that reading it alone took. */
  readonly steps: number
}

/** Following may take as many steps as reading a file alone took, so many times, and some to begin with. */
const times = 3
const toBegin = 20_000
/** So many steps are always spent; in a large tree a share of what reading it took. */
const alwaysSpent = 3_000_000
const share = 0.3

/** Steps that following the values of a file may take. */
export const stepsFor = ({ steps }: Link) => times * steps + toBegin

/** Of these files those whose values can be followed for a share of what reading all of them took: first those where an attacker's value enters. */
export function affordable(links: ReadonlyMap<string, Link>, linked: ReadonlySet<string>): Set<string> {
  const all = links.values().reduce((sum, { steps }) => sum + steps, 0)
  let left = Math.max(alwaysSpent, share * all)
  const ordered = [...linked].sort((a, b) => Number(links.get(b)?.isAttacked) - Number(links.get(a)?.isAttacked) || (a < b ? -1 : 1))
  return new Set(
    ordered.filter((path) => {
      const link = links.get(path)
      left -= link === undefined ? 0 : stepsFor(link)
      return left >= 0
    }),
  )
}

/** From the file where a value enters to the one where it does harm: further than this calls are not followed. */
const furthest = 3
/** Where there are more files than this, an attacker's value is taken from those that a file imports itself, or by way of a package's index. */
const few = 60

/** The files of which the others can say more than they do alone: an attacker's value may come by there on its way to where it does harm. */
export function linkedIn(links: ReadonlyMap<string, Link>): Set<string> {
  const all = new Map([...links].map(([path, link]) => [posix.normalize(path), link]))
  return new Set([...links.keys()].filter((path) => isLinked(all, posix.normalize(path))))
}

function isLinked(links: ReadonlyMap<string, Link>, path: string): boolean {
  const own = links.get(path)
  if (own === undefined || own.mentions.length === 0) return false
  const reached = [...reachedFrom(links, path, links.size > few ? 1 : furthest)].flatMap((to) => links.get(to) ?? [])
  if (own.isAttacked) return own.isOpen || [...reachedFrom(links, path, furthest)].some((to) => links.get(to)?.isOpen === true)
  return reached.some(({ isGiving }) => isGiving) && (own.isOpen || reached.some(({ isOpen }) => isOpen))
}

/** The files that one leads to within a distance; an index of others is no step of the way. */
function reachedFrom(links: ReadonlyMap<string, Link>, path: string, within: number): Set<string> {
  const reached = new Set<string>()
  let nearest = [path]
  for (let distance = 0; distance < within && nearest.length > 0; distance++) {
    const next = nearest.flatMap((from) => links.get(from)?.mentions ?? []).flatMap((to) => [to].concat(isIndex(to) ? (links.get(to)?.mentions ?? []) : []))
    nearest = [...new Set(next)].filter((to) => to !== path && !reached.has(to))
    for (const to of nearest) reached.add(to)
  }
  return reached
}

const isIndex = (path: string) => /(?:^|\/)(?:__init__\.py|index\.[cm]?[jt]sx?)$/.test(path)
