const host = /(?:^|[^\w-])((?:[\w-]+\\?\.)+(?:com|org|net|io|dev|app|co|edu|gov|info|biz))(?![\w-])/gi

/**
 * Whether a pattern for the addresses of a host lets others in: dots that stand for anything, a name that may go on, or something before
 * it that runs over slashes. `whole`: the match begins where the text begins.
 */
export function admitsOtherHosts(pattern: string, options: { whole: boolean; ofHost: boolean }): boolean {
  const text = pattern.replaceAll('\\/', '/').replaceAll('[.]', '\\.')
  for (const match of text.matchAll(host)) {
    const name = match[1] ?? ''
    const at = match.index + match[0].length - name.length
    const before = text.slice(0, at)
    const after = text.slice(match.index + match[0].length)
    if (/(^|[/^(|.])[a-z0-9-]+\.[a-z]+$/i.test(`${before.slice(-1)}${name}`)) return true
    if (goesOn(after) || (options.ofHost ? beginsAnyhow(before, options.whole) : runsOverSlashes(before))) return true
  }
  return false
}

// `example\.com` at the end, where nothing says that the name ends there as well.
const goesOn = (after: string) => /^\)*[*+?]?$/.test(after)

/** `/example\.com$/` of a host: `evilexample.com` ends like that as well. */
const beginsAnyhow = (before: string, whole: boolean) => before === '' && !whole

/** `https?://(.+\.)?`: what `.` stands for may hold a slash, and then the host is another. */
const runsOverSlashes = (before: string) => /:\/\/.*(?<!\\)\.[*+]/.test(before)
