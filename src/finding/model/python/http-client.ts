import { nothing, type Value } from '../../engine/value.ts'
import { resolved } from '../../engine/taint.ts'
import type { CallEvent } from '../../engine/event.ts'
import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const
const reply: CallModel = { source: 'network', label: 'the reply of another server', returns: 'http.Reply' }
const url: Sink[] = [sink('ssrf', 0, 'url')]
const request: Sink[] = [sink('ssrf', 1, 'url')]

const clients = ['requests', 'requests.Session', 'httpx', 'httpx.Client', 'aiohttp.ClientSession', 'urllib3.PoolManager']

function each<T>(of: (client: string, verb: string) => T, ending: T): Record<string, T> {
  const named = clients.flatMap((client) => verbs.map((verb): [string, T] => [`${client}.${verb}`, of(client, verb)]))
  return Object.fromEntries([...named, ...clients.map((client): [string, T] => [`${client}.request`, ending])])
}

const parsed = ({ positional }: CallEvent): Value => ({
  ...(positional[0] ?? nothing),
  constants: undefined,
  templates: undefined,
  facts: undefined,
  type: 'urllib.ParseResult',
})

export const httpClient = defineModel({
  name: 'http-client',
  ambient: {
    requests: 'requests',
    urllib: 'urllib',
    urllib2: 'urllib2',
    httpx: 'httpx',
    urlparse: 'urllib.parse.urlparse',
    urllib3: 'urllib3',
    ipaddress: 'ipaddress',
    socket: 'socket',
  },
  aliases: {
    'ipaddress.IPv4Address': 'ipaddress.ip_address',
    'ipaddress.IPv6Address': 'ipaddress.ip_address',
    'urllib2.urlopen': 'urllib.request.urlopen',
    'urllib.urlopen': 'urllib.request.urlopen',
    'urllib2.Request': 'urllib.request.Request',
    'urllib.urlretrieve': 'urllib.request.urlretrieve',
    'six.moves.urllib': 'urllib',
    'urllib.quote': 'urllib.parse.quote',
    'urllib.quote_plus': 'urllib.parse.quote_plus',
    'urllib.urlencode': 'urllib.parse.urlencode',
    'urllib.unquote': 'urllib.parse.unquote',
    'urllib.unquote_plus': 'urllib.parse.unquote',
    'urllib.parse.unquote_plus': 'urllib.parse.unquote',
    'urlparse.urlparse': 'urllib.parse.urlparse',
    'urlparse.urljoin': 'urllib.parse.urljoin',
    'urllib.parse.urlsplit': 'urllib.parse.urlparse',
    'requests.session': 'requests.Session',
    'requests.sessions.Session': 'requests.Session',
    'httpx.AsyncClient': 'httpx.Client',
  },
  values: {
    'http.Reply.text': { source: 'network', label: 'the reply of another server' },
    'http.Reply.content': { source: 'network', label: 'the reply of another server' },
    ...Object.fromEntries(
      ['is_private', 'is_loopback', 'is_link_local', 'is_reserved', 'is_multicast', 'is_unspecified'].map((name) => [
        `ipaddress.Address.${name}`,
        { type: 'bool', refutes: resolved },
      ]),
    ),
    'urllib.ParseResult.hostname': { aspect: 'host' },
    'urllib.ParseResult.netloc': { aspect: 'host' },
    'urllib.ParseResult.scheme': { aspect: 'scheme', safe: 'everything' },
    'urllib.ParseResult.path': { aspect: 'part' },
    'urllib.ParseResult.port': { type: 'int', aspect: 'part' },
  },
  calls: {
    ...each(() => reply, reply),
    'requests.request': reply,
    'requests.Session': { returns: 'requests.Session' },
    'httpx.Client': { returns: 'httpx.Client' },
    'aiohttp.ClientSession': { returns: 'aiohttp.ClientSession' },
    'urllib3.PoolManager': { returns: 'urllib3.PoolManager' },
    'http.Reply.json': { source: 'network', label: 'the reply of another server' },
    'http.Reply.read': { source: 'network', label: 'the reply of another server' },
    'urllib.request.urlopen': reply,
    'urllib.request.build_opener': { returns: 'urllib.request.OpenerDirector' },
    'urllib.request.OpenerDirector.open': reply,
    'urllib.request.Request': { from: 0, returns: 'urllib.request.Request' },
    'urllib.parse.urlparse': { evaluate: parsed },
    'urllib.parse.urljoin': { from: 'arguments' },
    'urllib.parse.quote': { from: 'arguments', safe: ['html', 'header', 'redirect', 'log', 'command', 'ldap', 'xpath', 'sql'] },
    'urllib.parse.quote_plus': {
      from: 'arguments',
      safe: ['html', 'header', 'path', 'redirect', 'log', 'command', 'ldap', 'xpath', 'sql'],
    },
    'urllib.parse.urlencode': { from: 'arguments', safe: ['html', 'header', 'redirect', 'path', 'ssrf', 'log'] },
    'urllib.parse.unquote': { from: 'arguments' },
    'urllib.parse.parse_qs': { from: 0 },
    'socket.gethostbyname': { from: 0, aspect: 'host' },
    'socket.getaddrinfo': { from: 0, aspect: 'host' },
    'ipaddress.ip_address': { from: 0, returns: 'ipaddress.Address', aspect: 'host' },
    'ipaddress.ip_network': { from: 'none', returns: 'ipaddress.Network' },
  },
  sinks: {
    ...each(() => url, request),
    'requests.request': request,
    'httpx.request': request,
    'httpx.stream': request,
    'urllib.request.urlopen': [sink('ssrf', 0, 'url')],
    'urllib.request.urlretrieve': [sink('ssrf', 0, 'url')],
    'urllib.request.OpenerDirector.open': [sink('ssrf', 0)],
    'http.client.HTTPConnection': [{ ...sink('ssrf', 0, 'host'), variant: 'connection' }],
    'http.client.HTTPSConnection': [{ ...sink('ssrf', 0, 'host'), variant: 'connection' }],
    'aiohttp.request': request,
    'pycurl.Curl.setopt': [sink('ssrf', 1)],
    'wget.download': url,
    'socket.create_connection': [{ ...sink('ssrf', 0, 'address'), variant: 'connection' }],
  },
})
