import type { Machine } from '../engine/machine.ts'
import { bit, checked, reviewed, type Taint, webScheme } from '../engine/taint.ts'
import { formsOf, type Template, type Value } from '../engine/value.ts'
import { judge, type Levels } from './judge.ts'
import type { Report } from './rule.ts'

const levels: Levels = { user: 'high', console: 'medium', network: 'medium', parameter: 'medium', storage: 'habit' }

// The page's own address begins with a scheme that was let in already.
const isThisPage = /Location\.href$|document\.(URL|documentURI|referrer)$/

/** Whether nothing says with which scheme an address begins. */
export const mayBeScript = (taint: Taint, machine: Machine): boolean =>
  (machine.safetyOf(taint) & (bit.redirect | webScheme)) === 0 && !isThisPage.test(taint.origin.key)

/**
 * `<a href="${escaped}">`: what is escaped is not trusted, and `javascript:` needs no character that escaping takes. What is not even
 * escaped is told as such.
 */
export function judgeAddressesIn(markup: Value, machine: Machine): Report | undefined {
  const open = (formsOf(markup) ?? []).flatMap(addressesIn).flatMap(({ taints }) => taints)
  return judge(
    open.filter((taint) => (machine.safetyOf(taint) & bit.html) !== 0 && mayBeScript(taint, machine)).map((taint) => asJudged(taint, machine)),
    levels,
  )
}

// A check that nobody can read weakens this as it weakens what is exposed.
function asJudged(taint: Taint, machine: Machine): Taint {
  return (machine.safetyOf(taint) & (checked | reviewed)) === 0 ? taint : { ...taint, weak: true, checked: true }
}

// Pictures and style sheets run no script, whatever their address says.
const attribute = /(?:\b(?:href|action|formaction)|<(?:iframe|frame|embed)\b[^<>]*\bsrc|<object\b[^<>]*\bdata)\s*=\s*["']?\s*$/i

function addressesIn(form: Template): Value[] {
  return form.flatMap((part, i) => {
    const before = form[i - 1]
    return typeof part !== 'string' && typeof before === 'string' && attribute.test(before) && !/<link\b[^<>]*$/i.test(before) ? [part] : []
  })
}
