import type { Edit } from '../../../records/finding.ts'
import { mayHave, type CallEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { type Call, onCall as fixCall } from '../../fix/python/call.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check(call: CallEvent): Report | undefined {
  const autoescape = call.keywords.get('autoescape')
  if (constantOf(autoescape) === false) return reportAt('medium')
  return mayHave(call, 'autoescape') ? undefined : reportAt('habit')
}

function selected(call: Call): Edit[] {
  const select = call.imports.use('jinja2', 'select_autoescape')
  return select === undefined ? [] : [...select.edits, ...call.with('autoescape', `${select.text}()`)]
}

export const templateAutoescapeOff = defineRule({
  id: 'python/template-autoescape-off',
  title: 'Templates that do not escape',
  cwe: 79,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "Templates of this environment write values into HTML as they are: `<script>` in one runs in the reader's browser. Pass `autoescape=True` (or `select_autoescape()`).",
  listeners: [onCall(['jinja2.Environment', 'jinja2.sandbox.SandboxedEnvironment'], check)],
  fixes: [
    {
      title: 'Templates of HTML and XML escape what is put into them (`select_autoescape`): HTML that is put into them ready-made, too.',
      behaviour: 'may-change',
      edit: fixCall((call) => (call.hasSpread ? [] : selected(call))),
    },
  ],
})
