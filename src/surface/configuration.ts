import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import { Configuration, defaults, endpointKey } from '../index.ts'
import { nearest } from './nearest.ts'

/** Where a value came from; `name` is a file's path, a variable's name or a flag as it was written. */
export type Origin = { kind: 'default' } | { kind: 'file' | 'environment' | 'flag'; name: string }

/** One value for one setting, by its dotted path (`sandbox.limits.cpuMs`). */
export interface Setting {
  path: string
  value: unknown
  origin: Origin
}

/** What is in force, and where each value came from. */
export interface ConfigurationInForce {
  configuration: Configuration
  origins: ReadonlyMap<string, Origin>
}

export interface Sources {
  /** Where the search for `countersign.json` starts. */
  folder: string
  /** Exactly this file instead of a search. */
  file?: string
  environment?: Readonly<Record<string, string | undefined>>
  flags?: readonly Setting[]
}

/** Defaults, the user's own file, the nearest `countersign.json` upwards, the environment, flags; an unknown name is refused everywhere. */
export function readConfiguration(sources: Sources): ConfigurationInForce {
  const values = new Map(leaves(defaults))
  const origins = new Map<string, Origin>([...values.keys()].map((path) => [path, { kind: 'default' }]))
  const environment = sources.environment ?? {}
  for (const { path, value, origin } of [...desktopFolders(environment), ...fromFiles(sources), ...fromEnvironment(environment), ...(sources.flags ?? [])]) {
    if (!values.has(path)) throw unknownSetting(path, origin)
    values.set(path, origin.kind === 'file' ? value : fromText(value, path))
    origins.set(path, origin)
  }
  const parsed = Configuration.safeParse(nest(values))
  if (!parsed.success) throw invalid(parsed.error.issues[0], origins)
  return { configuration: withFolders(withRoles(parsed.data, origins), { base: sources.folder, origins }), origins }
}

/** A role that is given to a model is the setting that says so, wherever it was written. */
function withRoles(configuration: Configuration, origins: Map<string, Origin>): Configuration {
  const { roles, model, generate } = configuration
  for (const [role, setting] of [['coder', 'model'], ['reviewer', 'generate.reviewer']] as const) {
    const origin = origins.get(`roles.${role}`)
    if (roles[role] !== '' && origin !== undefined) origins.set(setting, origin)
  }
  return { ...configuration, model: roles.coder || model, generate: { ...generate, reviewer: roles.reviewer || generate.reviewer } }
}

/** Dotted paths of all settings. */
export const settingPaths: readonly string[] = leaves(defaults).map(([path]) => path)

/** The environment variable of a setting: `COUNTERSIGN_SANDBOX_LIMITS_CPU_MS` for `sandbox.limits.cpuMs`. */
export function variableName(path: string): string {
  const snake = path.replace(/[A-Z]/g, (letter) => `_${letter}`).replaceAll('.', '_')
  return `COUNTERSIGN_${snake.toUpperCase()}`
}

/** Where a value came from, in words. */
export function placeOf(origin: Origin | undefined): string {
  return origin === undefined || origin.kind === 'default' ? 'default' : origin.name
}

/** The file of settings that hold for one user in every project; undefined where the environment tells of no home. */
export function userFile(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_CONFIG_HOME: own, APPDATA: roaming, HOME: home } = environment
  const folder = own || (process.platform === 'win32' ? roaming : undefined) || (home ? join(home, '.config') : undefined)
  return folder === undefined ? undefined : join(folder, 'countersign', 'countersign.json')
}

/** The nearest `countersign.json` from `folder` upwards. */
export function projectFile(folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const path = join(here, 'countersign.json')
    if (existsSync(path)) return path
    if (dirname(here) === here) return undefined
  }
}

/** What a file of settings holds, as it stands there. */
export function readSettingsFile(path: string): object {
  const content = parseFile(path)
  if (!isTree(content)) throw new CountersignError('CONFIGURATION_INVALID', `${path} must hold one JSON object of settings`)
  return content
}

function fromFiles({ folder, file, environment = {} }: Sources): Setting[] {
  const user = userFile(environment)
  const project = file === undefined ? projectFile(folder) : resolve(folder, file)
  return [...(user !== undefined && existsSync(user) ? fromFile(user) : []), ...(project === undefined ? [] : fromFile(project))]
}

function fromFile(path: string): Setting[] {
  // `$schema` is for editors.
  return leaves(readSettingsFile(path))
    .filter(([key]) => key !== '$schema')
    .map(([key, value]) => ({ path: key, value, origin: { kind: 'file', name: path } }))
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    const what = cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    throw new CountersignError('CONFIGURATION_INVALID', `${path} ${what}: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Setting[] {
  const paths = new Map(settingPaths.map((path) => [variableName(path), path]))
  return Object.entries(environment)
    .filter(([name]) => name.startsWith('COUNTERSIGN_') && name !== endpointKey)
    .map(([name, value]) => ({ path: paths.get(name) ?? unknownVariable(name, paths), value, origin: { kind: 'environment', name } }))
}

/** The desktop's own convention moves defaults; it is not the user's word on Countersign, so the files outrank it. */
function desktopFolders({ XDG_STATE_HOME: state, XDG_DATA_HOME: data }: Readonly<Record<string, string | undefined>>): Setting[] {
  return [
    ...moved('store.folder', state && join(state, 'countersign'), 'XDG_STATE_HOME'),
    ...moved('models.folder', data && join(data, 'countersign', 'models'), 'XDG_DATA_HOME'),
  ]
}

function moved(path: string, value: string | undefined, name: string): Setting[] {
  return value ? [{ path, value, origin: { kind: 'environment', name } }] : []
}

function unknownVariable(name: string, paths: ReadonlyMap<string, string>): never {
  const meant = nearest(name, [...paths.keys()])
  const help = meant === undefined ? `the variables are ${[...paths.keys()].join(', ')}` : `did you mean ${meant}?`
  throw new CountersignError('CONFIGURATION_INVALID', `the environment variable ${name} names no setting; ${help}`)
}

function unknownSetting(path: string, origin: Origin): CountersignError {
  const last = path.split('.').at(-1)
  const meant = nearest(path, settingPaths) ?? settingPaths.find((known) => known.split('.').at(-1) === last)
  const all = `the settings are ${settingPaths.join(', ')}`
  const help = meant === undefined ? all : `did you mean ${meant}?`
  const secret = /(key|token|secret|password)$/i.test(path)
  const message = `there is no setting ${path}; ${secret ? 'secrets are read from the environment alone' : help}`
  return new CountersignError('CONFIGURATION_INVALID', `${placeOf(origin)}: ${message}`)
}

function invalid(issue: z.core.$ZodIssue | undefined, origins: ReadonlyMap<string, Origin>): CountersignError {
  const path = issue?.path.join('.') ?? ''
  return new CountersignError('CONFIGURATION_INVALID', `${placeOf(origins.get(path))}: ${path}: ${issue?.message}`)
}

/** Variables and flags are text; a setting that takes no such text gets the number, or the true or false, that the text says. */
function fromText(value: unknown, path: string): unknown {
  const schema = path.split('.').reduce<unknown>(memberOf, Configuration)
  if (typeof value !== 'string' || !(schema instanceof z.ZodType) || schema.safeParse(value).success) return value
  if (value === 'true' || value === 'false') return value === 'true'
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

function memberOf(schema: unknown, key: string): unknown {
  if (schema instanceof z.ZodDefault) return memberOf(schema.unwrap(), key)
  return schema instanceof z.ZodObject ? schema.shape[key] : undefined
}

interface FolderOptions {
  base: string
  origins: ReadonlyMap<string, Origin>
}

function withFolders(configuration: Configuration, options: FolderOptions): Configuration {
  const { store, models, critique, strategies } = configuration
  return {
    ...configuration,
    store: { folder: absolute(store.folder, 'store.folder', options) },
    strategies: { folder: strategies.folder === '' ? '' : absolute(strategies.folder, 'strategies.folder', options) },
    models: { ...models, folder: absolute(models.folder, 'models.folder', options) },
    critique: { ...critique, knowledge: critique.knowledge.map((folder) => absolute(folder, 'critique.knowledge', options)) },
  }
}

function absolute(folder: string, path: string, { base, origins }: FolderOptions): string {
  const origin = origins.get(path)
  if (folder === '~' || folder.startsWith('~/')) return join(homedir(), folder.slice(1))
  return resolve(origin?.kind === 'file' ? dirname(origin.name) : base, folder)
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function leaves(tree: object, prefix = ''): [path: string, value: unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] =>
    isTree(value) ? leaves(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value]],
  )
}

/** The inverse of `leaves`. The paths are those of the defaults, so no key here was chosen by anybody else. */
function nest(values: ReadonlyMap<string, unknown>): object {
  const root: Record<string, unknown> = {}
  for (const [path, value] of values) {
    const keys = path.split('.')
    const last = keys.pop() ?? path
    // countersign-ignore javascript/prototype-pollution: the keys are those of the defaults
    const parent = keys.reduce<Record<string, unknown>>((node, key) => (node[key] ??= {}) as Record<string, unknown>, root)
    // countersign-ignore javascript/prototype-pollution: the keys are those of the defaults
    parent[last] = value
  }
  return root
}
