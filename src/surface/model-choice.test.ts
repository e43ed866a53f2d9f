import { expect, test } from 'vitest'
import { defaults } from '../index.ts'
import { type Origin, userFile } from './configuration.ts'
import { trustedModel } from './model-choice.ts'

const project: Origin = { kind: 'file', name: '/project/countersign.json' }
const own: Origin = { kind: 'file', name: userFile(process.env) ?? '' }
const flag: Origin = { kind: 'flag', name: '--model' }

function trusted(model: string, { from, leave }: { from: Origin; leave?: Origin }) {
  const configuration = { ...defaults, model, models: { ...defaults.models, allowAgent: leave !== undefined } }
  return trustedModel({ configuration, origins: new Map([['model', from], ...(leave === undefined ? [] : ([['models.allowAgent', leave]] as const))]) })
}

test("a project's file may not say which program is started, nor give one leave", () => {
  for (const from of [flag, own, { kind: 'environment', name: 'COUNTERSIGN_MODEL' } as const]) {
    expect(trusted('command:claude -p', { from })).toEqual({ driver: 'command', command: ['claude', '-p'] })
    expect(trusted('command:mine', { from, leave: flag })).toMatchObject({ allowAgent: true })
    expect(() => trusted('command:mine', { from, leave: project })).toThrow('a project may not say which program is started')
  }
  expect(() => trusted('command:./claude', { from: project })).toThrow('/project/countersign.json belongs to the project')
})

test("an address from a project's file gets no key of the user", () => {
  expect(trusted('https://elsewhere/v1#m', { from: flag })).toMatchObject({ keyVariable: 'COUNTERSIGN_API_KEY' })
  expect(trusted('https://elsewhere/v1#m', { from: project })).toEqual({ driver: 'openai-compatible', url: 'https://elsewhere/v1', model: 'm' })
  expect(trusted('openai:m', { from: project })).toMatchObject({ keyVariable: 'OPENAI_API_KEY' })
})
