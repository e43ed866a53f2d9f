import { beside, bit, webScheme } from '../engine/taint.ts'
import { formsOf, type Value } from '../engine/value.ts'

/** What a path without `..` is shown to be by beginning with a folder: in it, or only named like it where nothing ends the folder's name. */
export function shownByPrefix(folder: Value | undefined): number {
  return folder !== undefined && isOpenEnded(folder) ? beside : bit.path
}

/** What an address is shown to be by beginning with one of these: none of them begins a script. */
export function shownByScheme(beginnings: readonly (string | undefined)[]): number {
  return beginnings.every((text) => text !== undefined && /^(https?\b|[/#?]|\.{1,2}\/|(mailto|tel|ftps?):)/i.test(text)) ? webScheme : 0
}

/** Whether a text is known not to end with a separator. What normalises a path takes its last one away. */
function isOpenEnded(folder: Value): boolean {
  if (folder.aspect === 'separator') return false
  const forms = formsOf(folder)
  if (forms === undefined) return folder.normal
  return forms.some((form) => {
    const last = form.findLast((part) => part !== '')
    if (typeof last === 'object') return folder.normal || isOpenEnded(last)
    return last === undefined || !/[/\\]$/.test(last)
  })
}
