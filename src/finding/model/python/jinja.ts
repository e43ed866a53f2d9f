import { nothing } from '../../engine/value.ts'
import { defineModel, sink } from '../model.ts'

/** Jinja2, Mako and the other template engines whose templates are programs. */
export const jinja = defineModel({
  name: 'jinja',
  ambient: { jinja2: 'jinja2', Template: 'jinja2.Template', Environment: 'jinja2.Environment' },
  aliases: {
    'jinja2.environment.Template': 'jinja2.Template',
    'jinja2.environment.Environment': 'jinja2.Environment',
    'jinja2.sandbox.ImmutableSandboxedEnvironment': 'jinja2.sandbox.SandboxedEnvironment',
  },
  calls: {
    'jinja2.Environment': { returns: 'jinja2.Environment' },
    'jinja2.sandbox.SandboxedEnvironment': { returns: 'jinja2.sandbox.SandboxedEnvironment' },
    'jinja2.Environment.from_string': { returns: 'jinja2.Template' },
    'jinja2.Environment.get_template': { returns: 'jinja2.Template' },
    'jinja2.Template': { returns: 'jinja2.Template' },
    'jinja2.Template.render': { evaluate: () => nothing },
    'jinja2.sandbox.SandboxedEnvironment.from_string': { returns: 'jinja2.Template' },
    'mako.template.Template': { returns: 'jinja2.Template' },
  },
  sinks: {
    'jinja2.Template': [sink('template', 0, 'source')],
    'jinja2.Environment.from_string': [sink('template', 0, 'source')],
    'mako.template.Template': [sink('template', 0, 'text')],
    'tornado.template.Template': [sink('template', 0)],
    'bottle.template': [sink('template', 0)],
    'bottle.SimpleTemplate': [sink('template', 0)],
    'chevron.render': [sink('template', 0)],
  },
})
