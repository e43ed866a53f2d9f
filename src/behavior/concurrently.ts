/** `work` on every item, at most `limit` at a time, results in the items' order. The first failure stops what has not begun. */
export async function concurrently<Item, Result>(
  items: readonly Item[],
  options: { limit: number; signal?: AbortSignal | undefined },
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const queue = items.entries()
  let failed = false
  const worker = async () => {
    for (const [index, item] of queue) {
      options.signal?.throwIfAborted()
      if (failed) return
      try {
        results[index] = await work(item, index)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.limit) }, worker))
  return results
}
