/** One place where two JSON values are not the same; a side that has nothing there is left out. */
export interface Difference {
  path: string
  before?: unknown
  after?: unknown
}

/** Every place where two JSON values differ, the deepest that says so. A map counts as an object of its keys. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (Object.is(before, after)) return []
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) return [difference(path, before, after)]
  const [left, right] = [branchesOf(before), branchesOf(after)]
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => differences(left.get(key), right.get(key), path === '' ? String(key) : `${path}.${key}`))
}

function difference(path: string, before: unknown, after: unknown): Difference {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
}

function branchesOf(value: object): Map<unknown, unknown> {
  return value instanceof Map ? value : new Map(Object.entries(value))
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
