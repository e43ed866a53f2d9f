import type { Edit } from '../../../records/finding.ts'
import { childOf } from '../../../syntax/tree.ts'
import type { SinkEvent } from '../../engine/event.ts'
import { formsOf } from '../../engine/value.ts'
import { Call } from '../../fix/python/call.ts'
import { boundNames } from '../../fix/python/scope.ts'
import { linesAfter } from '../../fix/python/statement.ts'
import type { Site } from '../../fix/site.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSink, type Report } from '../rule.ts'

/** A fixed name below `/tmp` can be foreseen just as well. */
function check({ value, call }: SinkEvent): Report | undefined {
  const fixed =
    formsOf(value)?.some((form) => typeof form[0] === 'string' && /^\/(var\/)?tmp\/./.test(form[0] + (form.length > 1 ? 'x' : ''))) === true
  return fixed && /open$|write_text|write_bytes/.test(call.name) ? reportAt('low') : undefined
}

function madeAtOnce(site: Site): Edit[][] {
  const call = Call.at(site, site.node)
  if (call === undefined || call.name !== 'tempfile.mktemp') return []
  const made = call.renamed('tempfile', 'mkstemp')
  const assignment = site.around('assignment')
  const target = assignment && childOf(assignment, 'left')
  const close = call.imports.use('os', 'close')
  const isOwn = assignment !== undefined && childOf(assignment, 'right') === call.node && target?.type === 'identifier'
  const after =
    isOwn && close !== undefined && !boundNames(site).has('descriptor')
      ? linesAfter(site, assignment, [`${close.text}(descriptor)`])
      : undefined
  if (after === undefined || close === undefined || target === undefined) return []
  return [[...close.edits, ...made, site.insert(target.start, 'descriptor, '), ...after]]
}

export const temporaryFile = defineRule({
  id: 'python/temporary-file',
  title: 'Temporary file that others can take',
  cwe: 377,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'Between choosing the name and opening the file another user of the machine can put a link there, and the program writes where that user wants. Use `tempfile.NamedTemporaryFile()` or `mkstemp()`.',
  listeners: [onCall(['tempfile.mktemp', 'os.tempnam', 'os.tmpnam'], () => reportAt('high')), onSink('path', check)],
  fixes: [
    {
      title: 'The file is made at once, for its owner alone (`mkstemp`).',
      behaviour: 'stricter',
      edit: (site) => (/mkdir|makedirs|link|bind|pipe|socket|exists|rename|copytree|mkfifo/.test(site.text) ? [] : madeAtOnce(site)),
    },
    {
      title: 'The file is made at once, for its owner alone (`mkstemp`): what expected no file there finds one.',
      behaviour: 'may-change',
      edit: madeAtOnce,
    },
  ],
})
