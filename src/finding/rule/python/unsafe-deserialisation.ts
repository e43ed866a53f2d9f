import type { Edit } from '../../../records/finding.ts'
import type { SinkEvent } from '../../engine/event.ts'
import { argumentOf, type CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf } from '../../engine/value.ts'
import { type Call, onCall as fixCall } from '../../fix/python/call.ts'
import { judge, type Levels, reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const bytes: Levels = {
  user: 'high',
  console: 'medium',
  network: 'high',
  parameter: 'medium',
  storage: 'habit',
  environment: 'medium',
  unknown: 'habit',
}
const files: Levels = { user: 'high', network: 'high', parameter: 'habit', storage: 'low', console: 'low', unknown: 'low' }

function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (!isOpen(call, variant)) return undefined
  const open = machine.exposed(value, 'deserialise')
  if (variant === 'torch' || variant === 'file')
    return value.taints.length === 0 ? reportAt('habit') : judge(open, { ...files, parameter: 'medium' })
  if (variant === 'shelve') return judge(open, files) ?? reportAt('low')
  // A file that the program itself opened: only as trustworthy as whoever can write there.
  if (value.type === 'io.File' || (value.taints.length === 0 && value.constants === undefined)) return reportAt('habit')
  if (variant === 'yaml-full' || isFullLoader(call)) return reportAt('habit', open[0])
  return judge(open, variant === 'yaml' ? { ...bytes, unknown: 'medium' } : variant === 'numpy' ? files : bytes)
}

/** `FullLoader` was closed step by step, and is not meant for what others wrote. */
function isFullLoader(call: CallEvent): boolean {
  const loader = argumentOf(call, 1, 'Loader')
  return loader?.target?.kind === 'global' && loader.target.name.endsWith('FullLoader')
}

/** Whether the call really builds arbitrary objects. */
function isOpen(call: CallEvent, variant: string | undefined): boolean {
  if (variant === 'torch') return constantOf(argumentOf(call, -1, 'weights_only')) !== true
  if (variant === 'numpy') return constantOf(argumentOf(call, -1, 'allow_pickle')) === true
  if (variant !== 'yaml') return true
  const loader = argumentOf(call, 1, 'Loader')
  const written = call.node.arguments.find(({ keyword }, i) => keyword === 'Loader' || (keyword === undefined && i === 1))?.value
  if (written?.kind === 'name' && /(Safe|Base|Round)/.test(written.name)) return false
  const { target } = loader ?? {}
  const names = target?.kind === 'class' ? target.class.foreign.join() : target?.kind === 'global' ? target.name : ''
  return loader === undefined || !/(Safe|Base|Round)/.test(names)
}

function plainData(call: Call): Edit[] {
  const [, which, all = ''] = /^yaml\.(unsafe_|full_)?load(_all)?$/.exec(call.name) ?? [undefined, 'none']
  if (which !== 'none') {
    const loader = which === undefined ? call.argument(1, 'Loader') : undefined
    // A loader of the project's own builds what the safe one does not know.
    if (
      (loader !== undefined && !/^(?:yaml\.)?C?(?:Full|Unsafe)?Loader$/.test(call.textOf(loader))) ||
      /add_(?:multi_)?constructor/.test(call.site.text)
    )
      return []
    return [...call.renamed('yaml', `safe_load${all}`), ...(loader === undefined ? [] : call.without(loader))]
  }
  if (call.name === 'torch.load') return call.with('weights_only', 'True')
  return call.keyword('allow_pickle')?.value.type === 'true' ? call.with('allow_pickle', 'False') : []
}

export const unsafeDeserialisation = defineRule({
  id: 'python/unsafe-deserialisation',
  title: 'Objects rebuilt from untrusted bytes',
  cwe: 502,
  owasp: 'A08:2021',
  severity: 'critical',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'These bytes say which functions to call while they are read: whoever can write them runs code here. Use JSON (or `yaml.safe_load`, `torch.load(..., weights_only=True)`, `numpy.load` without `allow_pickle`), or check a signature over the bytes before reading them.',
  listeners: [onSink('deserialise', check)],
  fixes: [
    {
      title: 'Only plain data is built (`yaml.safe_load`, `weights_only`, no pickles in arrays).',
      behaviour: 'stricter',
      edit: fixCall(plainData),
    },
  ],
})
