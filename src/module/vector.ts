/** The vector scaled to a length; without any direction it stays all zeros. */
export function toUnitLength(vector: readonly number[], length = 1): number[] {
  const own = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return own === 0 ? [...vector] : vector.map((value) => (value / own) * length)
}
