import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const levels: Levels = { user: 'high', network: 'high', parameter: 'medium', storage: 'medium', unknown: 'habit' }

function check({ value, variant, call }: SinkEvent, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'deserialise')
  if (variant === 'v8') return judge(open, { user: 'medium', network: 'medium' })
  if (variant !== 'yaml') return judge(open, levels)
  // Since version 4 `load` is safe unless it is given the schema that makes functions.
  const schema = call.positional[1]?.items?.kind === 'map' ? call.positional[1].items.entries.get('schema') : undefined
  const named = schema?.target?.kind === 'global' || schema?.target?.kind === 'method' ? schema.target.name : ''
  if (/FULL|UNSAFE/.test(named)) return judge(open, levels)
  return schema === undefined ? judge(open, { user: 'habit' }) : undefined
}

export const unsafeDeserialisation = defineRule({
  id: 'javascript/unsafe-deserialisation',
  title: 'Objects rebuilt from untrusted data',
  cwe: 502,
  owasp: 'A08:2021',
  severity: 'critical',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'The data says which functions are made, and they are run: `_$$ND_FUNC$$_function(){...}()` in a cookie is a program. Use `JSON.parse`, and `yaml.load` with its default or `JSON_SCHEMA`.',
  listeners: [onSink('deserialise', check)],
})
