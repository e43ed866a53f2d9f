import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const anywhere = 'example.org may stand anywhere in the address'
const ending = 'hosts such as evilexample.org end like that as well'
const beginning = 'hosts such as example.org.evil.net begin like that as well'
const bad = ['https://evilexample.org/', 'https://evil.net/?u=example.org', 'https://example.org.evil.net/', 'https://example.org@evil.net/', 'https://evil.net/example.org']

export const ownHost: Family = {
  name: 'own-host',
  cwe: 'CWE-20',
  verbs: ['is', 'check', 'accept', 'verify', 'trust'],
  nouns: ['own_host', 'our_address', 'own_url', 'example_url', 'home_site', 'first_party'],
  parameters: { url: ['url', 'address', 'link', 'target_url', 'origin_url', 'referrer'] },
  locals: { item: ['host', 'name', 'server', 'domain'], part: ['parts', 'parsed', 'pieces', 'split'] },
  phrases: [
    '[checks whether/check whether] the host of the address $url is example.org or one of its subdomains',
    '[returns/return] {true} if $url leads to example.org or to a subdomain of it, else {false}',
    '[tells whether/tell whether] $url belongs to example.org: its host is example.org or ends with .example.org',
    '[decides if/decide if] the address $url is one of our own, that is on example.org or below that domain',
    '[accepts/accept] only addresses $url on example.org and its subdomains, and [returns/return] a truth value',
    '[verifies/verify] that the host in $url is example.org itself or a host of that domain',
    '[says/say] whether $url is on example.org or a subdomain of it',
    '[finds/find] out if the host of $url is within the domain example.org',
    '[is/be] true if the host named in $url is example.org or something below it',
    '[tests/test] if the address $url stays on our domain example.org',
    '[checks/check] that $url leads to example.org or one of its subdomains',
    '[finds/find] out if $url stays within the domain example.org',
    '[says/say] whether the host named in $url is example.org or something.example.org',
  ],
  careful: [', and no look-alike host passes', '; the parsed host is compared, not the text', ', safe against hosts that only contain the name', ' without being fooled by similar addresses'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($url):', 'def $f($url: str) -> bool:'],
      body: [
        "$item = <host> or ''\nreturn <own>",
        "$item = <host> or ''\nif <own>:\n    return <yes>\nreturn False",
        '$item = <host>\nif $item is None:\n    return <no>\nreturn <own>',
        "$part = urlparse($url)\n$item = $part.hostname or ''\nreturn <own>",
        'return <short>',
      ],
      host: ['urlparse($url).hostname', 'urlsplit($url).hostname'],
      own: [
        "$item == 'example.org' or $item.endswith('.example.org')",
        "('.' + $item).endswith('.example.org')",
        "f'.{$item}'.endswith('.example.org')",
        "$item.split('.')[-2:] == ['example', 'org']",
        weak('CWE-20', ending, "$item.endswith('example.org')"),
        weak('CWE-20', anywhere, "'example.org' in $item"),
        weak('CWE-20', ending, "$item.lower().endswith('example.org')"),
        weak('CWE-20', ending, "$item == 'example.org' or $item.endswith('example.org')"),
        weak('CWE-20', anywhere, "'example.org' in $url"),
        wrong('subdomains are left out', "$item == 'example.org'"),
        wrong('the domain itself is left out', "$item.endswith('.example.org')"),
      ],
      yes: ['True', wrong('it returns the opposite', 'False')],
      no: ['False', wrong('no host is not our host', 'True')],
      short: [
        "re.fullmatch(r'(.+\\.)?example\\.org', urlparse($url).hostname or '') is not None",
        "re.match(r'https?://([\\w-]+\\.)*example\\.org(?=[/:?#]|$)', $url) is not None",
        weak('CWE-20', anywhere, "'example.org' in $url"),
        weak('CWE-20', ending, "urlparse($url).netloc.endswith('example.org')"),
        weak('CWE-20', anywhere, "'example.org' in urlparse($url).netloc"),
        weak('CWE-20', beginning, "re.match(r'https?://(.+\\.)?example\\.org', $url) is not None"),
        weak('CWE-20', ending, "$url.split('//')[-1].split('/')[0].endswith('example.org')"),
      ],
    },
    tests: ["assert not $f('no address')", "assert $f('https://example.org/a')", "assert $f('https://www.example.org/a?b=c')", "assert not $f('https://other.net/')", "assert not $f('http://example.com/')"],
    exploits: bad.map((url) => `try:\n    got = $f(${JSON.stringify(url)})\nexcept Exception:\n    got = False\nassert not got`),
  },
  typescript: {
    grammar: {
      program: ['export function $f($url: string)<type> {\n  <doc>\n  <body>\n}'],
      type: [': boolean', ''],
      body: [
        'const { hostname } = new URL($url)\nreturn <own>',
        'const { hostname } = new URL($url)\nif (<own>) return <yes>\nreturn false',
        'if (!URL.canParse($url)) return <no>\nconst { hostname } = new URL($url)\nreturn <own>',
        'try {\n  const { hostname } = new URL($url)\n  return <own>\n} catch {\n  return <no>\n}',
        'return <short>',
      ],
      own: [
        "hostname === 'example.org' || hostname.endsWith('.example.org')",
        "('.' + hostname).endsWith('.example.org')",
        '`.${hostname}`.endsWith(\'.example.org\')',
        '/^(.+\\.)?example\\.org$/.test(hostname)',
        weak('CWE-20', ending, "hostname.endsWith('example.org')"),
        weak('CWE-20', anywhere, "hostname.includes('example.org')"),
        weak('CWE-20', anywhere, "$url.includes('example.org')"),
        weak('CWE-20', anywhere, "hostname.indexOf('example.org') !== -1"),
        wrong('subdomains are left out', "hostname === 'example.org'"),
        wrong('the domain itself is left out', "hostname.endsWith('.example.org')"),
      ],
      yes: ['true', wrong('it returns the opposite', 'false')],
      no: ['false'],
      short: [
        '/^(.+\\.)?example\\.org$/.test(new URL($url).hostname)',
        "('.' + new URL($url).hostname).endsWith('.example.org')",
        weak('CWE-20', anywhere, "$url.includes('example.org')"),
        weak('CWE-20', ending, "new URL($url).hostname.endsWith('example.org')"),
        weak('CWE-20', beginning, '/^https?:\\/\\/(.+\\.)?example.org/.test($url)'),
        weak('CWE-20', anywhere, '$url.match(/example.org/) !== null'),
      ],
    },
    tests: ["nodeAssert.equal($f('https://example.org/a'), true)", "nodeAssert.equal($f('https://www.example.org/a?b=c'), true)", "nodeAssert.equal($f('https://other.net/'), false)", "nodeAssert.equal($f('http://example.com/'), false)"],
    exploits: bad.map((url) => `nodeAssert.equal($f(${JSON.stringify(url)}), false)`),
  },
}
