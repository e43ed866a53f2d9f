import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { namedParameters } from '../../fix/python/named-parameters.ts'
import { judge } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  return judge(machine.exposed(value, 'template'), {
    user: 'high',
    console: 'medium',
    network: 'medium',
    parameter: 'medium',
    storage: 'habit',
    unknown: 'low',
  })
}

export const templateInjection = defineRule({
  id: 'python/template-injection',
  title: 'Template text from outside',
  cwe: 1336,
  owasp: 'A03:2021',
  severity: 'critical',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value becomes part of a template that is then run: `{{ cycler.__init__.__globals__.os.popen("id").read() }}` in it runs on the server. Keep the template constant and pass the value as a variable; templates that users write belong in `jinja2.sandbox.SandboxedEnvironment`.',
  listeners: [onSink('template', check)],
  fixes: [
    {
      title: 'Values are given to the template, not written into it.',
      behaviour: 'stricter',
      edit: (site) =>
        namedParameters(site, {
          takes: (call) => call.last === 'render_template_string' && !call.hasSpread,
          mark: (name) => `{{ ${name} }}`,
        }),
    },
  ],
})
