import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Configuration, defaults } from '../index.ts'
import { type Sources, placeOf, readConfiguration, settingPaths, variableName } from './configuration.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-configuration-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(content: unknown, path = join(folder, 'countersign.json')): string {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function read(sources: Partial<Sources> = {}) {
  return readConfiguration({ folder, ...sources })
}

function message(sources: Partial<Sources> = {}): string {
  try {
    read(sources)
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${error.code} ${error.message}` : String(error)
  }
  return 'accepted'
}

test('the defaults are a valid configuration, and all of it', () => {
  expect(Configuration.parse(defaults)).toEqual(defaults)
  expect(read().configuration).toEqual({
    ...defaults,
    store: { folder: join(homedir(), '.local/state/countersign') },
    models: { ...defaults.models, folder: join(homedir(), '.local/share/countersign/models') },
  })
  expect([...read().origins.values()].every((origin) => origin.kind === 'default')).toBe(true)
})

test('a flag outranks the environment, the environment the file, the file the default', () => {
  const path = write({ seed: 2, strategy: 'from-file', sandbox: { limits: { cpuMs: 5 } } })
  const { configuration, origins } = read({
    environment: { COUNTERSIGN_SEED: '3', COUNTERSIGN_STRATEGY: 'from-variable' },
    flags: [{ path: 'seed', value: '4', origin: { kind: 'flag', name: '--seed' } }],
  })
  expect([configuration.seed, configuration.strategy, configuration.sandbox.limits.cpuMs]).toEqual([4, 'from-variable', 5])
  expect(['seed', 'strategy', 'sandbox.limits.cpuMs', 'concurrency'].map((name) => placeOf(origins.get(name)))).toEqual([
    '--seed',
    'COUNTERSIGN_STRATEGY',
    path,
    'default',
  ])
})

test("the user's own file holds in every project, and a project's file outranks it", () => {
  const environment = { XDG_CONFIG_HOME: join(folder, 'config') }
  mkdirSync(join(folder, 'config/countersign'), { recursive: true })
  const own = write({ seed: 2, model: 'openai:mine' }, join(folder, 'config/countersign/countersign.json'))
  write({ seed: 3 })
  const { configuration, origins } = read({ environment })
  expect([configuration.seed, configuration.model, placeOf(origins.get('model'))]).toEqual([3, 'openai:mine', own])
  expect(read({ environment: {} }).configuration.model).toBe('')
  write('{"sede": 1}', own)
  expect(message({ environment })).toContain(`${own}: there is no setting sede`)
})

test('a key in the environment is no setting and no error', () => {
  expect(message({ environment: { COUNTERSIGN_API_KEY: 'sk' } })).toBe('accepted')
})

test('a variable may say true or false, or a number', () => {
  const environment = { COUNTERSIGN_MODELS_ALLOW_AGENT: 'true', COUNTERSIGN_GENERATE_SAMPLES: '3', COUNTERSIGN_GENERATE_TEMPERATURE: '0.5' }
  const { models, generate } = read({ environment }).configuration
  expect([models.allowAgent, generate.samples, generate.temperature]).toEqual([true, 3, 0.5])
  expect(message({ environment: { COUNTERSIGN_MODELS_ALLOW_AGENT: 'yes' } })).toContain('models.allowAgent')
})

test('the nearest file upwards is read, and only that one', () => {
  write({ seed: 7, inputs: { count: 1 } })
  const inner = join(folder, 'a', 'b')
  mkdirSync(inner, { recursive: true })
  expect(read({ folder: inner }).configuration.seed).toBe(7)
  write({ seed: 8 }, join(folder, 'a', 'countersign.json'))
  expect(read({ folder: inner }).configuration).toMatchObject({ seed: 8, inputs: defaults.inputs })
})

test('an unknown name is refused and the nearest known one suggested', () => {
  const path = write({ sandbox: { limits: { cpuMS: 1 } } })
  expect(message()).toBe(`CONFIGURATION_INVALID ${path}: there is no setting sandbox.limits.cpuMS; did you mean sandbox.limits.cpuMs?`)
  write({ cpuMs: 1 })
  expect(message()).toContain('did you mean sandbox.limits.cpuMs?')
  write({ nothingLikeIt: 1 })
  expect(message()).toContain('the settings are strategy, strategies.folder, seed,')
  write('{"__proto__": {"polluted": 1}}')
  expect(message()).toContain('there is no setting __proto__.polluted')
  write({})
  expect(message({ environment: { COUNTERSIGN_SEEED: '1' } })).toContain('did you mean COUNTERSIGN_SEED?')
})

test('a secret in the file is refused', () => {
  write({ model: { apiKey: 'x' } })
  expect(message()).toContain('secrets are read from the environment alone')
})

test('a wrong value is refused with its place and its setting', () => {
  const path = write({ seed: '3' })
  expect(message()).toContain(`${path}: seed: Invalid input: expected number`)
  write({ sandbox: null })
  expect(message()).toContain('there is no setting sandbox')
  write({ concurrency: 0 })
  expect(message()).toContain('concurrency')
  write({})
  expect(message({ environment: { COUNTERSIGN_SEED: 'many' } })).toContain('COUNTERSIGN_SEED: seed:')
})

test('a file that is not JSON, or not an object, is refused by name', () => {
  const path = write('{"seed": 1,}')
  expect(message()).toContain(`${path} is not JSON`)
  write('[1]')
  expect(message()).toContain('must hold one JSON object')
  expect(message({ file: 'absent.json' })).toContain('absent.json cannot be read')
})

test('the store folder starts at the file that names it, and follows XDG_STATE_HOME by default', () => {
  write({ store: { folder: 'kept' } })
  const inner = join(folder, 'inner')
  mkdirSync(inner)
  expect(read({ folder: inner }).configuration.store.folder).toBe(join(folder, 'kept'))
  rmSync(join(folder, 'countersign.json'))
  const { configuration, origins } = read({ environment: { XDG_STATE_HOME: '/state', XDG_DATA_HOME: '/data' } })
  expect([configuration.store.folder, placeOf(origins.get('store.folder'))]).toEqual(['/state/countersign', 'XDG_STATE_HOME'])
  expect(configuration.models.folder).toBe('/data/countersign/models')
})

test('a file outranks XDG_STATE_HOME for the store folder', () => {
  write({ store: { folder: '/kept' } })
  expect(read({ environment: { XDG_STATE_HOME: '/state' } }).configuration.store.folder).toBe('/kept')
})

test('every setting has a variable of its own', () => {
  expect(new Set(settingPaths.map(variableName)).size).toBe(settingPaths.length)
  expect(variableName('sandbox.limits.cpuMs')).toBe('COUNTERSIGN_SANDBOX_LIMITS_CPU_MS')
})
