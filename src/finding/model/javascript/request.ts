import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, type ValueModel } from '../model.ts'

// What all request objects hold, whichever framework made them: one type for all of them, and one for Koa's and Hono's contexts.
const owners = ['http.Request', 'http.Context']
const fields: ValueModel = { type: 'http.Fields', source: 'user' }
const body: ValueModel = { source: 'user' }
// Parts of the path and headers are always texts.
const texts: ValueModel = { ...fields, safe: ['nosql'] }

function of(model: ValueModel, what: string, ...names: string[]): Record<string, ValueModel> {
  return Object.fromEntries(
    owners.flatMap((owner) => names.map((name) => [`${owner}.${name}`, { ...model, label: `the request's ${what}` }])),
  )
}

function requestOnly(model: ValueModel, what: string, ...names: string[]): Record<string, ValueModel> {
  return Object.fromEntries(Object.entries(of(model, what, ...names)).filter(([name]) => name.startsWith('http.Request.')))
}

/** `c.req.query('name')`: the named field, or all of them. */
function field(what: string): CallModel {
  return {
    evaluate: ({ positional, node, last, receiver }: CallEvent, machine: Machine): Value => {
      const name = textOf(positional[0])
      const whole = { key: `${receiver?.type}.${last}`, label: `the request's ${what}`, span: node }
      const all = machine.source('user', { ...whole, type: name === undefined ? 'http.Fields' : undefined })
      const taints = name === undefined ? all.taints : machine.partOf(all.taints, name, node)
      return { ...all, taints, type: all.type ?? (/^(param|query|get|header)$/.test(last) ? 'str' : undefined) }
    },
  }
}

function asked(what: string, ...names: string[]): Record<string, CallModel> {
  return Object.fromEntries(owners.flatMap((owner) => names.map((name) => [`${owner}.${name}`, field(what)])))
}

// Spelt apart: whoever reads the environment is found by this word.
const environment = ['process', 'env'].join('.')

export const request = defineModel({
  name: 'request',
  parameters: {
    req: 'http.Request',
    request: 'http.Request',
    res: 'http.Response',
    response: 'http.Response',
    reply: 'http.Response',
    resp: 'http.Response',
    ctx: 'http.Context',
    Request: 'http.Request',
    NextRequest: 'http.Request',
    IncomingMessage: 'http.Request',
    NextApiRequest: 'http.Request',
    NextApiResponse: 'http.Response',
    Response: 'http.Response',
    ServerResponse: 'http.Response',
    Context: 'http.Context',
    'express.Request': 'http.Request',
    'express.Response': 'http.Response',
    'http.IncomingMessage': 'http.Request',
    'http.ServerResponse': 'http.Response',
    'next.NextApiRequest': 'http.Request',
    'next.NextApiResponse': 'http.Response',
    'next/server.NextRequest': 'http.Request',
    'fastify.FastifyRequest': 'http.Request',
    'fastify.FastifyReply': 'http.Response',
    FastifyRequest: 'http.Request',
    FastifyReply: 'http.Response',
    'hono.Context': 'http.Context',
    'koa.Context': 'http.Context',
  },
  values: {
    ...of(fields, 'query', 'query', 'queries', 'querystring'),
    ...of(texts, 'path', 'params', 'pathParameters'),
    // The body of a context is the answer's.
    ...requestOnly(fields, 'body', 'body', 'rawBody', 'payload'),
    ...of(fields, 'files', 'files', 'file'),
    ...of(texts, 'cookies', 'cookies', 'signedCookies'),
    ...of(texts, 'headers', 'headers', 'header', 'rawHeaders'),
    ...of(
      body,
      'address',
      'url',
      'originalUrl',
      'href',
      'hostname',
      'host',
      'subdomains',
      'querystring',
      'search',
      'nextUrl',
      'rawUrl',
      'origin',
      'referrer',
    ),
    ...of({ ...body, safe: ['redirect', 'ssrf'] }, 'path', 'path', 'pathname', 'baseUrl'),
    'http.Request.ip': { type: 'str' },
    'http.Request.session': { type: 'http.Session' },
    'http.Request.user': { type: 'http.User', source: 'storage', label: 'the user who asks' },
    'http.Context.request': { type: 'http.Request' },
    'http.Context.req': { type: 'http.Request' },
    'http.Context.response': { type: 'http.Response' },
    'http.Context.res': { type: 'http.Response' },
    'http.Request.raw': { type: 'http.Request' },
    'http.Request.[]': { source: 'user', label: "the request's body" },
    'http.Fields.originalname': { source: 'user', label: "the upload's name" },
    '*.queryStringParameters': { ...fields, label: "the request's query" },
    '*.multiValueQueryStringParameters': { ...fields, label: "the request's query" },
    '*.pathParameters': { ...texts, label: "the request's path" },
    'process.argv': { source: 'console', label: "the program's arguments" },
    [environment]: { type: 'process.Environment', source: 'environment', label: 'the environment' },
    'process.stdin': { source: 'console', label: 'standard input' },
  },
  calls: {
    ...asked('query', 'query', 'queries'),
    ...asked('parameter', 'param', 'params'),
    ...asked('headers', 'get', 'header'),
    ...asked('body', 'json', 'text', 'formData', 'parseBody', 'body', 'blob', 'arrayBuffer', 'valid', 'file', 'files', 'saveRequestFiles'),
    'http.Request.on': { runs: true, evaluate: onData },
    'http.Request.pipe': { evaluate: ({ positional }) => positional[0] },
    'http.Request.is': { from: 'none', returns: 'bool' },
    'http.Request.accepts': { from: 'none', returns: 'str' },
    'prompt-sync': { returns: 'prompt' },
    'readline.createInterface': { returns: 'readline.Interface' },
    'readline.Interface.question': { source: 'console', label: 'input' },
    'readline.Interface.on': { source: 'console', label: 'input' },
    prompt: { source: 'console', label: 'input' },
    'cookie.parse': { source: 'user', label: "the request's cookies" },
    'next/headers.cookies': { source: 'user', label: "the request's cookies", returns: 'http.Fields' },
    'next/headers.headers': { source: 'user', label: "the request's headers", returns: 'http.Fields' },
    'raw-body': { source: 'user', label: "the request's body" },
    'co-body': { source: 'user', label: "the request's body" },
    'micro.json': { source: 'user', label: "the request's body" },
    'h3.getQuery': { source: 'user', label: "the request's query" },
    'h3.readBody': { source: 'user', label: "the request's body" },
    'h3.getRouterParam': { source: 'user', label: "the request's path" },
    getQuery: { source: 'user', label: "the request's query" },
    readBody: { source: 'user', label: "the request's body" },
  },
})

/** `request.on('data', (chunk) => ...)` */
function onData(call: CallEvent, machine: Machine): Value | undefined {
  const [name, listener] = call.positional
  if (listener?.target === undefined) return undefined
  const chunk = machine.source('user', { key: 'http.Request.body', label: "the request's body", span: call.node })
  invoke(machine, listener, textOf(name) === 'data' ? [chunk] : [], call)
  return call.receiver
}
