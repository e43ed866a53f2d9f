import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const anywhere = 'the name of an allowed host may stand anywhere in the address'
const ending = 'other hosts end like that as well'
const beginning = 'other hosts begin like that as well'
const bad = ['https://evil.net/?x=api.good.org', 'https://evilapi.good.org.evil.net/', 'https://api.good.org.evil.net/', 'https://evilapi.good.org/', 'https://api.good.org@evil.net/', 'https://evil.net/api.good.org']

export const allowedUrl: Family = {
  name: 'allowed-url',
  cwe: 'CWE-20',
  verbs: ['check', 'is', 'allow', 'may_fetch', 'accept'],
  nouns: ['allowed_url', 'url', 'known_host', 'safe_address', 'remote', 'webhook'],
  parameters: { url: ['url', 'address', 'link', 'target_url', 'webhook_url', 'endpoint'], hosts: ['hosts', 'allowed', 'allowed_hosts', 'known_hosts', 'whitelist'] },
  locals: { part: ['parts', 'parsed', 'pieces', 'split'], item: ['host', 'name', 'entry', 'item'] },
  phrases: [
    '[checks whether/check whether] the host of the https address $url is one of the list $hosts',
    '[returns/return] {true} if $url uses https and its host is in $hosts, else {false}',
    '[tells whether/tell whether] $url may be fetched: only with https and only from one of the hosts in $hosts',
    '[allows/allow] an address $url if it begins with https and names a host of $hosts',
    '[decides if/decide if] the server may call $url, which must be https and have its host in the list $hosts',
    '[accepts/accept] $url only for https and for a host that $hosts holds, and [returns/return] a truth value',
    '[says/say] if $url is https and names one of the hosts $hosts',
    '[is/be] true for an https $url on a host in the list $hosts',
    '[checks/check] that $url is an https link to a host of the allowed $hosts',
    '[verifies/verify] $url: its scheme must be https and its host name among $hosts',
    '[tests/test] whether an https address $url points to one of the known $hosts',
    '[finds/find] out if the host name in the https address $url belongs to $hosts',
    '[says/say] whether $url is an https address of one of $hosts',
  ],
  careful: [', safe against server-side request forgery', ', and [compares/compare] the parsed host exactly', '; an address that only contains an allowed name is refused', ' so that no other host can slip through'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>', '<sig>\n    <doc>\n    <loose>'],
      sig: ['def $f($url, $hosts):', 'def $f($url: str, $hosts: list[str]) -> bool:'],
      body: [
        '$part = <parse>\nreturn $part.scheme <is> \'https\' and <known>',
        "$part = <parse>\nif $part.scheme != 'https':\n    return <refused>\nreturn <known>",
        '$part = <parse>\nreturn all([$part.scheme <is> \'https\', <known>])',
        "$part = <parse>\nif <known> and $part.scheme <is> 'https':\n    return True\nreturn False",
      ],
      parse: ['urlparse($url)', 'urlsplit($url)'],
      is: ['==', wrong('it accepts every scheme but https', '!=')],
      refused: ['False', wrong('without https it must be refused', 'True')],
      known: [
        '$part.hostname in $hosts',
        'any($item == $part.hostname for $item in $hosts)',
        '$part.hostname in set($hosts)',
        weak('CWE-20', ending, '$part.netloc.endswith(tuple($hosts))'),
        weak('CWE-20', beginning, '$part.netloc.startswith(tuple($hosts))'),
        weak('CWE-20', anywhere, 'any($item in $part.netloc for $item in $hosts)'),
        weak('CWE-20', anywhere, 'any($item in $url for $item in $hosts)'),
        wrong('it accepts the hosts that are not in the list', '$part.hostname not in $hosts'),
        wrong('it looks for the whole address in the list', '$url in $hosts'),
      ],
      loose: [
        weak('CWE-20', anywhere, "return $url.startswith('https://') and any($item in $url for $item in $hosts)"),
        weak('CWE-20', beginning, "return any($url.startswith('https://' + $item) for $item in $hosts)"),
        weak('CWE-20', beginning, "return any(re.match('https://' + $item, $url) for $item in $hosts)"),
        weak('CWE-20', anywhere, "for $item in $hosts:\n    if $item in $url and $url.startswith('https:'):\n        return True\nreturn False"),
        weak('CWE-20', ending, "return $url.startswith('https://') and $url.split('/')[2].endswith(tuple($hosts))"),
        "return $url.startswith('https://') and urlsplit($url).hostname in $hosts",
        "for $item in $hosts:\n    if $url.startswith('https://' + $item + '/'):\n        return True\nreturn False",
      ],
    },
    tests: ["assert $f('https://api.good.org/v1', ['api.good.org', 'b.net'])", "assert $f('https://b.net/', ['api.good.org', 'b.net'])", "assert not $f('http://b.net/', ['b.net'])", "assert not $f('https://other.com/', ['b.net'])"],
    exploits: bad.map((url) => `assert not $f(${JSON.stringify(url)}, ['api.good.org'])`),
  },
  typescript: {
    grammar: {
      program: ['export function $f($url: string, <list>): boolean {\n  <doc>\n  <body>\n}', 'export function $f($url: string, <list>): boolean {\n  <doc>\n  <loose>\n}'],
      body: [
        "const $part = new URL($url)\nreturn $part.protocol <is> 'https:' && <known>",
        "const { protocol, hostname } = new URL($url)\nreturn protocol <is> 'https:' && <bare>",
        "const $part = new URL($url)\nif ($part.protocol !== 'https:') return <refused>\nreturn <known>",
        "if (!$url.startsWith('https://')) return <refused>\nconst { hostname } = new URL($url)\nreturn <bare>",
      ],
      list: ['$hosts: string[]', '$hosts: readonly string[]'],
      is: ['===', wrong('it accepts every scheme but https', '!==')],
      refused: ['false', wrong('without https it must be refused', 'true')],
      known: [
        '$hosts.includes($part.hostname)',
        '$hosts.some(($item) => $part.hostname === $item)',
        '$hosts.find(($item) => $item === $part.hostname) !== undefined',
        '$hosts.some(($item) => $item === $part.hostname)',
        'new Set($hosts).has($part.hostname)',
        weak('CWE-20', ending, '$hosts.some(($item) => $part.hostname.endsWith($item))'),
        weak('CWE-20', anywhere, '$hosts.some(($item) => $part.href.includes($item))'),
        weak('CWE-20', anywhere, '$hosts.some(($item) => $url.includes($item))'),
        weak('CWE-20', beginning, '$hosts.some(($item) => $part.hostname.startsWith($item))'),
        wrong('it accepts the hosts that are not in the list', '!$hosts.includes($part.hostname)'),
      ],
      bare: [
        '$hosts.some(($item) => $item === hostname)',
        'new Set($hosts).has(hostname)',
        '$hosts.findIndex(($item) => $item === hostname) >= 0',
        weak('CWE-20', ending, '$hosts.some(($item) => hostname.endsWith($item))'),
        weak('CWE-20', anywhere, '$hosts.some(($item) => hostname.includes($item))'),
        wrong('it looks for the whole address in the list', '$hosts.includes($url)'),
      ],
      loose: [
        weak('CWE-20', anywhere, "return $url.startsWith('https://') && $hosts.some(($item) => $url.includes($item))"),
        weak('CWE-20', beginning, "return $hosts.some(($item) => $url.startsWith('https://' + $item))"),
        weak('CWE-20', anywhere, "return $url.startsWith('https:') && $hosts.some(($item) => $url.indexOf($item) >= 0)"),
        "return $url.startsWith('https://') && $hosts.some(($item) => new URL($url).hostname === $item)",
        "return $hosts.some(($item) => $url.startsWith(`https://${$item}/`))",
      ],
    },
    tests: ["nodeAssert.equal($f('https://api.good.org/v1', ['api.good.org', 'b.net']), true)", "nodeAssert.equal($f('https://b.net/', ['api.good.org', 'b.net']), true)", "nodeAssert.equal($f('http://b.net/', ['b.net']), false)", "nodeAssert.equal($f('https://other.com/', ['b.net']), false)"],
    exploits: bad.map((url) => `nodeAssert.equal($f(${JSON.stringify(url)}, ['api.good.org']), false)`),
  },
}
