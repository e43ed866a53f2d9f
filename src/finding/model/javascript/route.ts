import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import type { FunctionNode } from '../../ir/statement.ts'
import { nothing, textOf, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel } from '../model.ts'
import { lookUp } from './collection.ts'

const request: Value = { ...nothing, type: 'http.Request' }
const response: Value = { ...nothing, type: 'http.Response' }
const context: Value = { ...nothing, type: 'http.Context' }

/** Who hands a handler what: Express and Node a request and a response, Koa and Hono one context. */
type Shape = 'pair' | 'context' | 'guess'

const verbs = [
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'all',
  'use',
  'options',
  'head',
  'any',
  'param',
  'on',
  'before',
  'after',
] as const

export function handlersIn(values: readonly Value[]): Value[] {
  return values.flatMap((value): Value[] => {
    if (value.target?.kind === 'function') return [value]
    if (value.items?.kind === 'list') return handlersIn(value.items.values)
    const { entries } = value.items?.kind === 'map' ? value.items : { entries: new Map<string, Value>() }
    const own = ['handler', 'preHandler', 'onRequest'].flatMap((name) => entries.get(name) ?? [])
    return own.filter(({ target }) => target?.kind === 'function')
  })
}

function argumentsFor({ parameters }: FunctionNode, shape: Shape): (Value | undefined)[] {
  const names = parameters.map(({ target }) => (target.kind === 'name' ? target.name : ''))
  const [first = ''] = names
  if (shape === 'context' || (shape === 'guess' && /^(ctx|context|c)$/.test(first))) return [context]
  const isErrorHandler = names.length >= 4 || /^(err|error)$/.test(first)
  return isErrorHandler ? [undefined, request, response] : [request, response]
}

function serve(call: CallEvent, machine: Machine, shape: Shape): void {
  for (const handler of handlersIn(call.positional)) {
    if (handler.target?.kind === 'function') invoke(machine, handler, argumentsFor(handler.target.function, shape), call)
  }
}

const route = (shape: Shape): CallModel => ({
  runs: true,
  evaluate: (call, machine) => {
    serve(call, machine, shape)
    return call.receiver ?? nothing
  },
})

const isPath = (value: Value | undefined) => value?.type === 'RegExp' || /^([/*]|$)/.test(textOf(value) ?? 'x')

/** `anything.get('/path', handler)`: a router by another name, or undefined where it is none. */
export function asRoute(call: CallEvent, machine: Machine): Value | undefined {
  const handlers = handlersIn(call.positional)
  if (handlers.length === 0 || !(isPath(call.positional[0]) || (call.last === 'use' && handlers.length > 0))) return undefined
  serve(call, machine, 'guess')
  return call.receiver ?? nothing
}

function routesOf(owner: string, shape: Shape): Record<string, CallModel> {
  return Object.fromEntries([...verbs, 'route', 'addHook'].map((verb) => [`${owner}.${verb}`, route(shape)]))
}

const app: CallModel = { from: 'none', returns: 'express.App' }

export const router = defineModel({
  name: 'route',
  ambient: { app: 'express.app', router: 'express.app', express: 'express', fastify: 'fastify.app' },
  aliases: {
    'koa-router': '@koa/router',
    'express-promise-router': 'express.Router',
    'fastify.fastify': 'fastify',
    'hono.Hono': 'Hono',
    polka: 'express',
    restify: 'restify',
  },
  parameters: { app: 'express.App', router: 'express.App', fastify: 'fastify.App', server: 'http.Server' },
  values: {
    'express.app': { type: 'express.App' },
    'fastify.app': { type: 'fastify.App' },
  },
  calls: {
    express: app,
    'express.Router': app,
    'express.App.route': app,
    'restify.createServer': app,
    'json-server.create': app,
    fastify: { from: 'none', returns: 'fastify.App' },
    'fastify.Fastify': { from: 'none', returns: 'fastify.App' },
    koa: { from: 'none', returns: 'koa.App' },
    '@koa/router': { from: 'none', returns: 'koa.App' },
    Hono: { from: 'none', returns: 'hono.App' },
    'elysia.Elysia': { from: 'none', returns: 'hono.App' },
    'itty-router.Router': app,
    ...routesOf('express.App', 'pair'),
    ...routesOf('fastify.App', 'pair'),
    ...routesOf('koa.App', 'context'),
    ...routesOf('hono.App', 'context'),
    'http.createServer': { runs: true, evaluate: (call, machine) => (serve(call, machine, 'pair'), { ...nothing, type: 'http.Server' }) },
    'https.createServer': { runs: true, evaluate: (call, machine) => (serve(call, machine, 'pair'), { ...nothing, type: 'http.Server' }) },
    'Bun.serve': { from: 'none' },
    'http.Server.listen': { from: 'none' },
    'express.App.listen': { from: 'none' },
    'express.App.set': { from: 'none' },
    'express.static': { from: 'none' },
    'express.json': { from: 'none' },
    'express.urlencoded': { from: 'none' },
    '*.get': { runs: true, evaluate: (call, machine) => asRoute(call, machine) ?? lookUp(call, machine) },
    ...Object.fromEntries(
      ['post', 'put', 'patch', 'delete', 'all', 'use', 'head', 'options'].map((verb) => [
        `*.${verb}`,
        { runs: true, evaluate: asRoute } satisfies CallModel,
      ]),
    ),
  },
})
