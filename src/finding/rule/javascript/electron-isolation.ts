import { changedOptions } from '../../fix/javascript/option.ts'
import type { SetEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

const dangerous: Record<string, boolean> = {
  nodeIntegration: true,
  nodeIntegrationInWorker: true,
  contextIsolation: false,
  webSecurity: false,
  allowRunningInsecureContent: true,
  enableRemoteModule: true,
}

function check({ name, value, how }: SetEvent): Report | undefined {
  return how === 'key' && constantOf(value) === dangerous[name] ? reportAt('medium') : undefined
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
  listeners: [onSet((name) => Object.hasOwn(dangerous, name), check)],
  fixes: [
    {
      title: 'The page is kept apart from Node and from other sites.',
      behaviour: 'may-change',
      edit: changedOptions({ nodeIntegration: [/^true$/, 'false'], nodeIntegrationInWorker: [/^true$/, 'false'], contextIsolation: [/^false$/, 'true'], webSecurity: [/^false$/, 'true'], sandbox: [/^false$/, 'true'] }),
    },
  ],
})
