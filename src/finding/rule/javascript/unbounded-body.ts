import type { CallEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const most = 50_000_000

function check({ positional }: CallEvent): Report | undefined {
  const limit = constantOf(optionIn(positional[0], 'limit', 'bodyLimit', 'jsonLimit', 'formLimit'))
  return bytesOf(limit) >= most ? reportAt('habit') : undefined
}

function bytesOf(limit: unknown): number {
  if (typeof limit === 'number') return limit
  const [, amount, unit] = /^(\d+)\s*([kmg]?)b?$/i.exec(String(limit)) ?? []
  const factor = { k: 1e3, m: 1e6, g: 1e9 }[(unit ?? '').toLowerCase()] ?? 1
  return amount === undefined ? 0 : Number(amount) * factor
}

export const unboundedBody = defineRule({
  id: 'javascript/unbounded-body',
  title: 'Requests as large as anybody likes',
  cwe: 400,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A few requests of this size at once fill the memory, and the server answers nobody. Ask for what is needed (100 kB is usual), and stream larger uploads to a file.',
  listeners: [
    onCall(
      [
        'express.json',
        'express.urlencoded',
        'express.text',
        'express.raw',
        'body-parser.json',
        'body-parser.urlencoded',
        'body-parser.text',
        'body-parser.raw',
        'body-parser',
        'koa-body',
        'koa-bodyparser',
        'fastify',
      ],
      check,
    ),
  ],
  fixes: [
    {
      title: 'A body may have 1 MB.',
      behaviour: 'may-change',
      edit: changedOptions({ limit: [/./, `'1mb'`], bodyLimit: [/./, '1048576'], jsonLimit: [/./, `'1mb'`], formLimit: [/./, `'1mb'`] }),
    },
  ],
})
