import { walk } from '../../../syntax/tree.ts'
import type { CallEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { plainText, quoted } from '../../fix/javascript/literal.ts'
import { reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function modeOf(value: Value | undefined): number | undefined {
  const known = constantOf(value)
  if (typeof known === 'number') return known
  return typeof known === 'string' && /^0?o?[0-7]{3,4}$/.test(known) ? Number.parseInt(known.replace(/^0o/, ''), 8) : undefined
}

/** What is changed afterwards is not narrowed by the mask. */
function check({ positional }: CallEvent): Report | undefined {
  const mode = modeOf(positional[1])
  if (mode === undefined) return undefined
  if ((mode & 0o002) !== 0) return reportAt('high')
  return (mode & 0o004) !== 0 && /key|secret|passw|cred|token|private/i.test(String(constantOf(positional[0])))
    ? reportAt('habit')
    : undefined
}

const checkCreated = ({ positional }: CallEvent): Report | undefined => {
  const mode = positional
    .slice(1)
    .map((value) => modeOf(optionIn(value, 'mode') ?? (value.type === 'int' ? value : undefined)))
    .find((item) => item !== undefined)
  return mode !== undefined && (mode & 0o002) !== 0 ? reportAt('habit') : undefined
}

const checkMask = ({ positional }: CallEvent): Report | undefined => (constantOf(positional[0]) === 0 ? reportAt('medium') : undefined)
const both = (...names: string[]) => names.flatMap((name) => [`fs.${name}`, `fs.${name}Sync`])

export const filePermissions = defineRule({
  id: 'javascript/file-permissions',
  title: 'File that everybody may change',
  cwe: 732,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'Every user of the machine may write (or read) this file: another account replaces its content. Give the owner alone what is needed (`0o600`, `0o700` for programs).',
  listeners: [
    onCall(both('chmod', 'fchmod', 'lchmod'), check),
    onCall(both('mkdir', 'writeFile', 'appendFile', 'open', 'ensureDir'), checkCreated),
    onCall(['process.umask'], checkMask),
  ],
  fixes: [
    {
      title: 'Nobody but the owner may write.',
      behaviour: 'stricter',
      edit: (site) => {
        const mode = [...walk(site.node)].find(
          (node) =>
            (node.type === 'number' && /^(?:0o?[0-7]{3}|0)$/i.test(site.textOf(node))) ||
            /^0?o?[0-7]{3}$/.test(plainText(site, node) ?? ''),
        )
        if (mode === undefined) return []
        const text = plainText(site, mode) ?? site.textOf(mode)
        const narrowed = /umask/.test(site.textOf(site.node)) ? '022' : (Number.parseInt(text.replace(/^0?o/i, ''), 8) & ~0o022).toString(8)
        return [
          [site.replace(mode, mode.type === 'string' ? quoted(site, text.startsWith('0') ? `0${narrowed}` : narrowed) : `0o${narrowed}`)],
        ]
      },
    },
  ],
})
