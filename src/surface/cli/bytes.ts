/** A size in words, with as many digits as help. */
export function sizeOf(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let [size, unit] = [bytes, 0]
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000
  return `${unit === 0 ? Math.round(size) : size.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0)} ${units[unit]}`
}
