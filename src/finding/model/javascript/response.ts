import type { CallEvent } from '../../engine/event.ts'
import { mapOf, nothing, textOf, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, type Outcome, sink, type Sink } from '../model.ts'

// A response answers with itself, so that calls can be chained.
const chained: CallModel = { evaluate: ({ receiver }) => receiver ?? { ...nothing, type: 'http.Response' } }

/** The response remembers the type that it was given. */
function typed(receiver: Value | undefined, type: Value | undefined): Outcome {
  const before = receiver?.items?.kind === 'map' ? receiver.items.entries : []
  const response = {
    ...mapOf(new Map([...before, ['content-type', type ?? nothing]])),
    taints: [],
    type: receiver?.type ?? 'http.Response',
  }
  return { result: response, receiver: response }
}

function setHeader({ receiver, positional }: CallEvent): Outcome | Value {
  const name = textOf(positional[0])
  if (name !== undefined && /^content-type$/i.test(name)) return typed(receiver, positional[1])
  const given = positional[0]?.items?.kind === 'map' ? positional[0].items.entries : undefined
  const type = given && [...given].find(([key]) => /^content-type$/i.test(key))?.[1]
  return type === undefined ? (receiver ?? nothing) : typed(receiver, type)
}

function writeHead({ receiver, positional }: CallEvent): Outcome | Value {
  const headers = positional.find(({ items }) => items?.kind === 'map')?.items
  const type = headers?.kind === 'map' ? [...headers.entries].find(([key]) => /^content-type$/i.test(key))?.[1] : undefined
  return type === undefined ? (receiver ?? nothing) : typed(receiver, type)
}

/** What a response is said to be, in lower case. */
export function contentTypeOf(response: Value | undefined): string | undefined {
  return response?.items?.kind === 'map' ? textOf(response.items.entries.get('content-type'))?.toLowerCase() : undefined
}

const html = (variant: string): Sink[] => [{ ...sink('html', 0), variant }]
const owners = ['http.Response', 'http.Context', '*']
const onAll = <T>(name: string, value: T): [string, T][] => owners.map((owner) => [`${owner}.${name}`, value])

export const response = defineModel({
  name: 'response',
  values: { 'http.Response.locals': { type: 'http.Locals' } },
  calls: {
    ...Object.fromEntries(['status', 'code', 'sendStatus', 'cookie', 'clearCookie', 'append', 'vary', 'links', 'attachment', 'flushHeaders', 'removeHeader', 'setCookie'].map((name) => [`http.Response.${name}`, chained])), // prettier-ignore
    'http.Response.type': { evaluate: ({ receiver, positional }) => typed(receiver, positional[0]) },
    'http.Response.contentType': { evaluate: ({ receiver, positional }) => typed(receiver, positional[0]) },
    'http.Response.setHeader': { evaluate: setHeader },
    'http.Response.set': { evaluate: setHeader },
    'http.Response.header': { evaluate: setHeader },
    'http.Response.writeHead': { evaluate: writeHead },
    'http.Response.json': { from: 'none' },
    'http.Response.send': { from: 'none' },
    'http.Response.end': { from: 'none' },
    'http.Response.render': { from: 'none' },
    'http.Context.set': { evaluate: setHeader },
  },
  sinks: {
    Response: html('response'),
    NextResponse: html('response'),
    'next/server.NextResponse': html('response'),
    'http.Response.send': html('send'),
    'http.Response.end': html('end'),
    'http.Response.write': html('end'),
    'http.Context.html': html('html'),
    '*.html': html('html'),
    'http.Response.redirect': [
      { ...sink('redirect', 0), variant: 'first' },
      { ...sink('redirect', 1), variant: 'second' },
    ],
    'http.Context.redirect': [sink('redirect', 0)],
    '*.redirect': [
      { ...sink('redirect', 0), variant: 'first' },
      { ...sink('redirect', 1), variant: 'second' },
    ],
    'http.Response.location': [sink('redirect', 0)],
    'next/navigation.redirect': [sink('redirect', 0)],
    'next/server.NextResponse.redirect': [sink('redirect', 0)],
    'Response.redirect': [sink('redirect', 0)],
    ...Object.fromEntries(
      [...onAll('sendFile', 0), ...onAll('sendfile', 0), ...onAll('download', 0)].map(([name, at]) => [
        name,
        [{ ...sink('path', at), variant: 'send' }],
      ]),
    ),
    ...Object.fromEntries(
      [
        ...onAll('setHeader', 1),
        ...onAll('header', 1),
        ['http.Response.set', 1] as [string, number],
        ['http.Context.set', 1] as [string, number],
      ].map(([name, at]) => [name, [sink('header', at)]]),
    ),
  },
})
