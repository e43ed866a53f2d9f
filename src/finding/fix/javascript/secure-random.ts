import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'
import { Modules } from './import.ts'

/** `Math.floor(Math.random() * n)` is one of `n` numbers; what else is made of `Math.random()` is left alone. */
export const secureInteger: Fix = {
  title: "The number comes from the system's generator (`crypto.randomInt`).",
  behaviour: 'same',
  edit: (site) => {
    const found = placesOf(site)
      .flatMap((place) => walk(place).toArray())
      .find((node) => integerOf(site, node) !== undefined)
    const integer = found && integerOf(site, found)
    const used = new Modules(site).use('crypto', 'randomInt')
    return found === undefined || integer === undefined || used === undefined
      ? []
      : [[...used.edits, site.replace(found, integer(used.text))]]
  },
}

/** Letters made of a random number become a random identifier. */
export const secureLetters: Fix = {
  title: 'The text is a random identifier of 122 bits (`crypto.randomUUID`), and looks like one.',
  behaviour: 'may-change',
  edit: (site): Edit[][] => {
    const letters = /Math\.random\(\)\s*\.toString\(\s*(?:16|3\d)\s*\)(?:\s*\.(?:slice|substr|substring)\([^()]*\))?/.exec(
      site.text.slice(site.node.start),
    )
    const used = letters && new Modules(site).use('crypto', 'randomUUID')
    const call =
      used ??
      (letters !== null && /\b(?:document|window|localStorage|navigator)\s*\./.test(site.text)
        ? { text: 'crypto.randomUUID', edits: [] }
        : undefined)
    if (letters === null || call === undefined || letters.index >= site.node.end - site.node.start) return []
    const start = site.node.start + letters.index
    return [[...call.edits, site.replace({ start, end: start + letters[0].length }, `${call.text}()`)]]
  },
}

function placesOf(site: Site): SyntaxNode[] {
  const traced = site.finding.trace.map(({ span }) =>
    site.pathTo({ ...site.root, start: span.start + site.shift, end: span.end + site.shift }),
  )
  return [site.node, ...traced.flatMap((path) => path.findLast(({ type }) => /statement|declaration/.test(type)) ?? [])]
}

function integerOf(site: Site, node: SyntaxNode): ((call: string) => string) | undefined {
  const callee = childOf(node, 'function')
  const inside = childOf(node, 'arguments')?.children.filter(({ named }) => named)
  if (node.type !== 'call_expression' || callee === undefined || site.textOf(callee) !== 'Math.floor' || inside?.length !== 1)
    return undefined
  const [, least = '', range = ''] = /^(?:(\w+)\s*\+\s*)?Math\.random\(\)\s*\*\s*([\w.]+)$/.exec(site.textOf(inside[0]!)) ?? []
  return range === '' ? undefined : (call) => (least === '' ? `${call}(${range})` : `${least} + ${call}(${range})`)
}
