import { beside, bit, checked, strength, webScheme } from '../engine/taint.ts'
import { formsOf, type Value } from '../engine/value.ts'

/** From here on a value is in the hands of whoever asks: a folder of his shows nothing. */
const theirs = 5

/**
 * What a path without `..` is shown to be by beginning with a folder: in it, or only named like it where nothing ends the folder's name. A folder
 * of which nothing is known may end either way, or be the root.
 */
export function shownByPrefix(folder: Value | undefined): number {
  if (folder === undefined || folder.taints.some((taint) => strength(taint) >= theirs)) return 0
  return { closed: bit.path, open: beside, unknown: checked }[endingOf(folder)]
}

/** What an address is shown to be by beginning with one of these: none of them begins a script. */
export function shownByScheme(beginnings: readonly (string | undefined)[]): number {
  return beginnings.every((text) => text !== undefined && /^(https?\b|[/#?]|\.{1,2}\/|(mailto|tel|ftps?):)/i.test(text)) ? webScheme : 0
}

/** Whether a text ends with a separator. What normalises a path takes its last one away. */
function endingOf(folder: Value): 'closed' | 'open' | 'unknown' {
  if (folder.aspect === 'separator') return 'closed'
  const forms = formsOf(folder)
  if (forms === undefined) return folder.normal ? 'open' : 'unknown'
  const endings = new Set(forms.map((form): ReturnType<typeof endingOf> => {
    const last = form.findLast((part) => part !== '')
    if (typeof last === 'object') return folder.normal ? 'open' : endingOf(last)
    return last !== undefined && /[/\\]$/.test(last) ? 'closed' : 'open'
  }))
  return endings.has('open') ? 'open' : endings.has('unknown') ? 'unknown' : 'closed'
}
