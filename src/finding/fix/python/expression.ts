import type { Site } from '../site.ts'
import type { Hole } from '../template.ts'
import { quoted } from './literal.ts'
import { isText } from './wrap.ts'

/** A value that is taken out of a text, with the text that belongs to it: `f"%{name}%"`. */
export function joinedExpression(site: Site): (hole: Hole, before: string, after: string) => string {
  return (hole, before, after) => {
    const code = site.textOf(hole.value).replace(/^\(([^()]*)\)$/, '$1')
    if (before === '' && after === '') return code.replace(/^str\(([^()]*)\)$/, '$1')
    const isPlain = hole.isText || isText(site, hole.value)
    if (!isPlain && !/["'\\\n]/.test(code)) return `f${quoted(site, `${before}{${code}}${after}`)}`
    return [before === '' ? [] : [quoted(site, before)], [isPlain ? code : `str(${code})`], after === '' ? [] : [quoted(site, after)]]
      .flat()
      .join(' + ')
  }
}
