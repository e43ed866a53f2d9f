import type { SetEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

const dangerous: Partial<Record<string, boolean>> = {
  nodeIntegration: true,
  nodeIntegrationInWorker: true,
  contextIsolation: false,
  webSecurity: false,
  allowRunningInsecureContent: true,
  enableRemoteModule: true,
}

/** `{ webPreferences: { nodeIntegration: true } }` */
function check({ value, expression }: SetEvent): Report | undefined {
  const options = value.items?.kind === 'map' ? [...value.items.entries] : []
  const [name] = options.find(([key, option]) => dangerous[key] !== undefined && constantOf(option) === dangerous[key]) ?? []
  if (name === undefined) return undefined
  const written =
    expression.kind === 'collection' ? expression.items.find(({ key }) => key?.kind === 'literal' && key.value === name) : undefined
  const span = written?.key === undefined ? expression : { start: written.key.start, end: written.value.end }
  return { ...reportAt('medium'), span }
}

export const electronIsolation = defineRule({
  id: 'javascript/electron-isolation',
  title: 'Page with the rights of the program',
  cwe: 693,
  owasp: 'A05:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A script in the page reaches Node or other origins: one injected line runs programs on the machine. Keep `nodeIntegration: false`, `contextIsolation: true` and `webSecurity: true`, and offer single functions through `contextBridge`.',
  listeners: [onSet((name) => name === 'webPreferences', check)],
  fixes: [
    {
      title: 'The page is kept apart from Node and from other sites.',
      behaviour: 'may-change',
      edit: changedOptions({
        nodeIntegration: [/^true$/, 'false'],
        nodeIntegrationInWorker: [/^true$/, 'false'],
        contextIsolation: [/^false$/, 'true'],
        webSecurity: [/^false$/, 'true'],
        sandbox: [/^false$/, 'true'],
      }),
    },
  ],
})
