// A persistent array in two levels: `set` copies one short row and the list of rows, and two versions share every row that neither
// changed, so that joining branches costs what they changed and not what they know.
const rowBits = 4
const rowSize = 1 << rowBits
const rowMask = rowSize - 1

type Row<T> = readonly (T | undefined)[]
export type Persistent<T> = readonly (Row<T> | undefined)[]

export const empty: Persistent<never> = []

export function get<T>(array: Persistent<T>, index: number): T | undefined {
  return array[index >> rowBits]?.[index & rowMask]
}

export function set<T>(array: Persistent<T>, index: number, value: T | undefined): Persistent<T> {
  const rows = array.slice()
  const row = rows[index >> rowBits]?.slice() ?? []
  row[index & rowMask] = value
  rows[index >> rowBits] = row
  return rows
}

/** Where two versions differ. */
export function differences<T>(a: Persistent<T>, b: Persistent<T>): number[] {
  const indexes: number[] = []
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i]
    const right = b[i]
    if (left === right) continue
    for (let j = 0; j < rowSize; j++) if (left?.[j] !== right?.[j]) indexes.push(i * rowSize + j)
  }
  return indexes
}

/** Both versions in one: where they differ, `join` decides (either side may be absent). */
export function merge<T>(a: Persistent<T>, b: Persistent<T>, join: (x: T | undefined, y: T | undefined) => T | undefined): Persistent<T> {
  if (a === b) return a
  const rows: (Row<T> | undefined)[] = []
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i]
    const right = b[i]
    rows[i] = left === right ? left : mergeRow(left ?? [], right ?? [], join)
  }
  return rows
}

function mergeRow<T>(a: Row<T>, b: Row<T>, join: (x: T | undefined, y: T | undefined) => T | undefined): Row<T> {
  const row: (T | undefined)[] = []
  for (let i = 0; i < Math.max(a.length, b.length); i++) row[i] = a[i] === b[i] ? a[i] : join(a[i], b[i])
  return row
}
