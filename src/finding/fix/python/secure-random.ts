import type { Edit } from '../../../records/finding.ts'
import { type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'

const methods = /^random\.(?:random|randint|randrange|choice|choices|sample|getrandbits|randbytes|uniform|shuffle|triangular)$/

/** Calls of the predictable generator at the finding's place, or else where the value's way begins. */
function callsAt(site: Site): Call[] {
  const places: SyntaxNode[] = [
    site.node,
    ...site.finding.trace.map(
      ({ span }) => site.pathTo({ ...site.root, start: span.start + site.shift, end: span.end + site.shift }).at(-1) ?? site.root,
    ),
  ]
  for (const place of places.filter((node) => node !== site.root)) {
    const calls = [...walk(place)].map((node) => Call.at(site, node)).filter((call) => call !== undefined && methods.test(call.name))
    if (calls.length > 0) return calls as Call[]
  }
  return []
}

function secured(site: Site): (readonly Edit[])[] {
  const calls = callsAt(site)
  const [first] = calls
  if (first === undefined) return []
  const imports = new Map<string, readonly Edit[]>()
  const edits = calls.map((call) => {
    const member = call.name.slice('random.'.length)
    const used = first.imports.use('secrets', member === 'choice' ? 'choice' : 'SystemRandom')
    if (used === undefined) return undefined
    imports.set(JSON.stringify(used.edits), used.edits)
    return site.replace(call.callee, member === 'choice' ? used.text : `${used.text}().${member}`)
  })
  return edits.every((edit) => edit !== undefined) ? [[...[...imports.values()].flat(), ...edits]] : []
}

/** Whether the file asks for numbers that come again. */
const isSeeded = (site: Site) => /\bseed\(|\bRandom\(/.test(site.text)

export const secureRandom: Fix = {
  title: "The value comes from the system's generator (`secrets`).",
  behaviour: 'same',
  edit: (site) => (isSeeded(site) ? [] : secured(site)),
}

export const secureRandomAnyway: Fix = {
  title: "The value comes from the system's generator (`secrets`): slower, and no seed brings it back.",
  behaviour: 'may-change',
  edit: secured,
}
