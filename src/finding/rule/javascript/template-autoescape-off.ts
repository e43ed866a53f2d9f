import type { CallEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { isOff, optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const on = ({ positional }: CallEvent, ...names: string[]) =>
  positional.some((value) => names.some((name) => constantOf(optionIn(value, name)) === true))

const checkNoEscape = (call: CallEvent): Report | undefined => (on(call, 'noEscape') ? reportAt('medium') : undefined)
const checkMarkdown = (call: CallEvent): Report | undefined => (on(call, 'html', 'dangerouslyAllowHtml') ? reportAt('habit') : undefined)
const checkAutoescape = ({ positional }: CallEvent): Report | undefined =>
  positional.some((value) => isOff(optionIn(value, 'autoescape'))) ? reportAt('medium') : undefined

export const templateAutoescapeOff = defineRule({
  id: 'javascript/template-autoescape-off',
  title: 'Template that does not escape',
  cwe: 79,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "Values go into the page as they come: `<script>` in one runs in the reader's browser. Leave escaping on, and mark what is really markup where it is made.",
  listeners: [
    onCall(['handlebars.compile', 'handlebars.precompile'], checkNoEscape),
    onCall(['nunjucks.configure', 'nunjucks.Environment', 'swig.setDefaults', 'swig.Swig'], checkAutoescape),
    onCall(['markdown-it', 'remarkable.Remarkable', 'remarkable'], checkMarkdown),
  ],
  fixes: [
    {
      title: 'What is put into a template is escaped.',
      behaviour: 'may-change',
      edit: changedOptions({ noEscape: [/^true$/, 'false'], autoescape: [/^false$/, 'true'], html: [/^true$/, 'false'] }),
    },
  ],
})
