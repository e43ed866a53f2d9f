import { argumentOf, type CallEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/python/call.ts'
import { quoted } from '../../fix/python/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check(call: CallEvent): Report | undefined {
  const filter = argumentOf(call, -1, 'filter')
  if (constantOf(filter) === 'data' || constantOf(filter) === 'tar' || filter?.target !== undefined) return undefined
  const members = argumentOf(call, 1, 'members')
  return members === undefined || isUnchecked(members) ? reportAt('medium') : reportAt('low')
}

const isUnchecked = (members: Value) =>
  members.taints.length === 0 &&
  members.items?.kind === 'list' &&
  members.items.values.length === 0 &&
  members.items.rest?.type === 'archive.Member'

const checkOne = (call: CallEvent): Report | undefined => (argumentOf(call, -1, 'filter') === undefined ? reportAt('medium') : undefined)

/** `extractall` of something nobody described: only where its name says that it is a tar archive. */
function checkUnknown(call: CallEvent): Report | undefined {
  return /^\?|^tar/.test(call.name) && /tar/i.test(call.receiverName) && argumentOf(call, -1, 'filter') === undefined
    ? reportAt('medium')
    : undefined
}

function checkUnpack(call: CallEvent): Report | undefined {
  const format = constantOf(argumentOf(call, 2, 'format'))
  return argumentOf(call, -1, 'filter') === undefined && format !== 'zip' ? reportAt('habit') : undefined
}

export const archiveExtraction = defineRule({
  id: 'python/archive-extraction',
  title: 'Archive unpacked wherever it says',
  cwe: 22,
  owasp: 'A08:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The archive names the files it writes: `../../.ssh/authorized_keys` or a link in it lands outside the folder. Pass `filter="data"` to `tarfile`, or check each member\'s resolved path before it is written.',
  listeners: [
    onCall(['tarfile.TarFile.extractall'], check),
    onCall(['tarfile.TarFile.extract'], checkOne),
    onCall(['*.extractall'], checkUnknown),
    onCall(['shutil.unpack_archive'], checkUnpack),
  ],
  fixes: [
    {
      title:
        'Members that would land outside of the folder are refused (`filter="data"`, of Python 3.12 and the security releases before it).',
      behaviour: 'stricter',
      edit: fixCall((call) => (call.hasSpread ? [] : call.with('filter', quoted(call.site, 'data')))),
    },
  ],
})
