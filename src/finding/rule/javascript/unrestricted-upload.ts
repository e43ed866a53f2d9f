import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import type { Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { isWhole, optionIn } from '../option.ts'
import { defineRule, onAnyCall, onCall, type Report } from '../rule.ts'

const uploadName = (value: Value | undefined, machine: Machine) =>
  value === undefined
    ? undefined
    : machine
        .exposed(value, 'upload')
        .find(({ origin }) => origin.kind === 'user' && /(originalname|files?\..*name|files?\.\w+\.name)$/.test(origin.key))

/** `multer({ dest })`, with no word of what is let in. */
function checkOptions({ positional }: CallEvent): Report | undefined {
  const [options] = positional
  return options?.items?.kind === 'map' && isWhole(options) && optionIn(options, 'fileFilter') === undefined ? reportAt('habit') : undefined
}

/** `filename: (req, file, cb) => cb(null, file.originalname)` */
function checkName({ positional, node }: CallEvent, machine: Machine): Report | undefined {
  if (node.callee.kind !== 'name' || !/^(cb|callback|done|next)$/.test(node.callee.name)) return undefined
  const given = positional[1]
  const named = given?.taints.find(({ origin }) => origin.key.endsWith('.originalname'))
  return named === undefined || given === undefined || machine.exposed(given, 'upload').length === 0 ? undefined : reportAt('medium', named)
}

/** `file.mv('./uploads/' + file.name)` */
function checkMove({ positional }: CallEvent, machine: Machine): Report | undefined {
  const taint = uploadName(positional[0], machine)
  return taint === undefined ? undefined : reportAt('medium', taint)
}

export const unrestrictedUpload = defineRule({
  id: 'javascript/unrestricted-upload',
  title: 'Upload saved without a check',
  cwe: 434,
  owasp: 'A04:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "An upload is saved under the visitor's own name, whatever it is: a page or a script in a served folder runs for its author. Check the extension against a list (`fileFilter`), choose the name yourself (`crypto.randomUUID()`), and keep uploads out of the served tree.",
  listeners: [onCall(['multer'], checkOptions), onAnyCall(checkName), onCall(['*.mv'], checkMove)],
})
