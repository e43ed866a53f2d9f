import type { CallEvent } from '../../engine/event.ts'
import { nothing, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

const reply: CallModel = { source: 'network', label: 'the reply of another server', returns: 'http.Reply' }
const url: Sink[] = [sink('ssrf', 0)]
const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'] as const
const clients = ['axios', 'got', 'superagent', 'needle', 'request', 'undici', 'http', 'https', 'ky', 'request-promise', 'bent', 'axios.Instance', '$http', 'phin', 'urllib', 'follow-redirects.http', 'follow-redirects.https', 'unirest', 'wreck'] // prettier-ignore
const callable = ['fetch', 'axios', 'got', 'request', 'needle', 'superagent', 'ky', 'request-promise', 'phin', 'undici.fetch', 'got.stream', 'axios.Instance', 'node-fetch', 'cross-fetch', 'isomorphic-fetch', 'make-fetch-happen'] // prettier-ignore

function each<T>(value: T): Record<string, T> {
  return Object.fromEntries([
    ...clients.flatMap((client) => verbs.map((verb): [string, T] => [`${client}.${verb}`, value])),
    ...callable.map((name): [string, T] => [name, value]),
  ])
}

/** `new URL(text, base)`: an absolute text overrides the base. */
function parsed({ positional }: CallEvent): Value {
  const [text = nothing, base] = positional
  const keeps = { ...text, constants: undefined, facts: undefined, target: undefined, type: 'URL' }
  return base === undefined ? { ...keeps, templates: text.templates } : { ...keeps, templates: undefined }
}

export const httpClient = defineModel({
  name: 'http-client',
  ambient: {
    axios: 'axios',
    got: 'got',
    http: 'http',
    https: 'https',
    superagent: 'superagent',
    request: 'request',
    needle: 'needle',
    url: 'url',
    $http: '$http',
    fetch: 'fetch',
  },
  aliases: {
    'request-promise-native': 'request-promise',
    'window.fetch': 'fetch',
    'globalThis.fetch': 'fetch',
    'axios.default': 'axios',
    'url.URL': 'URL',
    'http2.connect': 'http.connect',
    'whatwg-url.URL': 'URL',
    'dns.promises': 'dns',
    'dns/promises': 'dns',
  },
  values: {
    'http.Reply.data': { source: 'network', label: 'the reply of another server' },
    'http.Reply.body': { source: 'network', label: 'the reply of another server' },
    'URL.hostname': { aspect: 'host' },
    'URL.host': { aspect: 'host' },
    'URL.origin': { aspect: 'host' },
    'URL.protocol': { aspect: 'scheme', safe: 'everything' },
    'URL.port': { aspect: 'part' },
    'URL.pathname': { aspect: 'part', safe: ['ssrf', 'redirect'] },
    'URL.search': { aspect: 'part', safe: ['ssrf', 'redirect'] },
    'URL.href': {},
    // The address that a name stands for: a test of it is one of the name.
    'dns.Address.address': {},
  },
  calls: {
    ...each(reply),
    'axios.create': { from: 'none', returns: 'axios.Instance' },
    'got.extend': { from: 'none', returns: 'got' },
    'http.Reply.json': { source: 'network', label: 'the reply of another server' },
    'http.Reply.text': { source: 'network', label: 'the reply of another server' },
    'http.Reply.on': { source: 'network', label: 'the reply of another server' },
    URL: { evaluate: parsed },
    'URL.toString': {
      evaluate: ({ receiver }) => ({ ...(receiver ?? nothing), type: 'str', constants: undefined, facts: undefined, target: undefined }),
    },
    'url.parse': { evaluate: parsed },
    'url.resolve': { from: 'arguments' },
    'dns.lookup': { from: 0, returns: 'dns.Address' },
    'dns.resolve': { from: 0 },
    'dns.resolve4': { from: 0 },
    'dns.resolve6': { from: 0 },
    'url.format': { from: 'arguments' },
    URLSearchParams: { from: 'arguments', returns: 'http.Fields' },
  },
  sinks: {
    ...each(url),
    'puppeteer.Page.goto': url,
    '*.goto': [{ ...sink('ssrf', 0), variant: 'page' }],
    'http.connect': url,
    'net.connect': [{ ...sink('ssrf', 'any'), variant: 'connection' }],
    'net.createConnection': [{ ...sink('ssrf', 'any'), variant: 'connection' }],
    WebSocket: url,
    EventSource: [],
  },
})
