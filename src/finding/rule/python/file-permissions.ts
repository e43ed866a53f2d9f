import { argumentOf, type CallEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check(position: number, name: string) {
  return (call: CallEvent): Report | undefined => {
    const value = argumentOf(call, position, name)
    const mode = constantOf(value)
    if (writableByAll(value)) return reportAt('high')
    if (typeof mode !== 'number') return undefined
    return (mode & 0o002) !== 0
      ? reportAt('high')
      : (mode & 0o020) !== 0 ||
          ((mode & 0o004) !== 0 && /key|secret|passw|cred|token|private/i.test(String(constantOf(call.positional[0]))))
        ? reportAt('habit')
        : undefined
  }
}

const writableByAll = (value: Value | undefined) => value?.target?.kind === 'global' && /S_I(WOTH|RWXO)$/.test(value.target.name)

/** What is created is narrowed by the umask, as a rule to something harmless. */
const checkCreated =
  (position: number) =>
  (call: CallEvent): Report | undefined =>
    constantOf(call.positional[position] ?? call.keywords.get('mode')) === 0o777 ? reportAt('low') : undefined

const checkMask = ({ positional }: CallEvent): Report | undefined => (constantOf(positional[0]) === 0 ? reportAt('medium') : undefined)

/** `0o755` for `0o777`; a mask says what is taken away. */
function narrowed(name: string, mode: string): string {
  if (name.endsWith('umask')) return '0o022'
  return `0o${(Number.parseInt(mode.replace(/^0o?/i, ''), 8) & ~0o022).toString(8)}`
}

export const filePermissions = defineRule({
  id: 'python/file-permissions',
  title: 'File that everybody may change',
  cwe: 732,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'Every user of the machine may write (or read) this file: another account replaces its content. Give the owner alone what is needed (`0o600`, `0o700` for programs).',
  listeners: [
    onCall(['os.chmod', 'os.fchmod', 'os.lchmod'], check(1, 'mode')),
    onCall(['os.mkdir', 'os.makedirs'], checkCreated(1)),
    onCall(['os.open'], checkCreated(2)),
    onCall(['pathlib.Path.chmod'], check(0, 'mode')),
    onCall(['os.umask'], checkMask),
  ],
  fixes: [
    {
      title: 'Nobody but the owner may write.',
      behaviour: 'stricter',
      edit: fixCall((call) => {
        const mode = call.arguments.find(({ value }) => value.type === 'integer' && /^0(o?[0-7]+)?$/i.test(call.site.textOf(value)))
        return mode && [call.site.replace(mode.value, narrowed(call.name, call.site.textOf(mode.value)))]
      }),
    },
  ],
})
