import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const slashes = 'an address such as //evil.org begins with a slash and leads elsewhere'
const scheme = 'an address without a scheme can lead elsewhere too'
const bad = ['https://evil.org/', '//evil.org/', '/\\evil.org/', 'javascript:alert(1)', 'HTTPS://evil.org']

export const redirectTarget: Family = {
  name: 'redirect-target',
  cwe: 'CWE-601',
  verbs: ['redirect', 'pick', 'choose', 'resolve', 'get'],
  nouns: ['target', 'next_page', 'destination', 'return_url', 'landing_page', 'location'],
  parameters: { target: ['target', 'next_url', 'url', 'destination', 'return_to', 'goto'], fallback: ['fallback', 'default', 'home', 'start', 'otherwise'] },
  locals: { check: ['is_local', 'local', 'allowed', 'ok'] },
  phrases: [
    '[returns/return] $target if that is a path on this site, and $fallback otherwise',
    '[returns/return] where to redirect after the login: to the path $target, or to $fallback if $target is no path of this site',
    '[picks/pick] the page to go on to: $target if it begins with a slash, $fallback if not',
    '[gives/give] back the local path $target, or $fallback if it is empty or not local',
    '[chooses/choose] $target as the redirect address where it is a path, else $fallback',
    '[decides/decide] where a visitor is sent next: $target, or $fallback if there is no local path in it',
    '[answers/answer] with $target if it is a local path and with $fallback when it is not',
    '[sends/send] a visitor on: the result is $target for a path of this site, $fallback for everything else',
    '[yields/yield] the redirect address, the local path $target or else $fallback',
    '[says/say] which page is next, $target when it is on this site and $fallback otherwise',
    '[takes/take] $target for the redirect if it stays within the site and $fallback if not',
    '[answers/answer] with the address of the next page, $target when it is a local path and $fallback when it is not',
    '[yields/yield] $target for a redirect within the site and $fallback for everything else',
  ],
  careful: [', safe against open redirects', '; it must never lead to another host', ', also for addresses such as //host', ' and never sends anybody to another site'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($target, $fallback):', 'def $f($target: str, $fallback: str) -> str:'],
      body: [
        'if <local>:\n    return <kept>\nreturn <instead>',
        'return <kept> if <local> else <instead>',
        'if not (<local>):\n    return <instead>\nreturn <kept>',
        '$check = <local>\nreturn <kept> if $check else <instead>',
        '$check = <local>\nif not $check:\n    return <instead>\nreturn <kept>',
      ],
      local: [
        "$target.startswith('/') and not $target.startswith(('//', '/\\\\'))",
        "re.match(r'/(?![/\\\\])', $target) is not None",
        "re.fullmatch(r'/([\\w.-][\\w./?=&-]*)?', $target)",
        "$target[:1] == '/' and $target[1:2] not in ('/', '\\\\')",
        weak('CWE-601', slashes, "$target.startswith('/')"),
        weak('CWE-601', slashes, "$target[:1] == '/'"),
        weak('CWE-601', scheme, "$target and not $target.startswith('http')"),
        weak('CWE-601', scheme, "$target and '://' not in $target"),
        weak('CWE-601', 'a backslash counts as a slash in browsers', "$target.startswith('/') and not $target.startswith('//')"),
        weak('CWE-601', 'it looks only whether there is an address', '$target'),
      ],
      kept: ['$target', wrong('a part of the address is lost', "$target.split('?')[0]")],
      instead: ['$fallback'],
    },
    tests: ["assert $f('/home', '/start') == '/home'", "assert $f('/a/b?c=d', '/start') == '/a/b?c=d'", "assert $f('', '/start') == '/start'"],
    exploits: bad.map((target) => `assert $f(${JSON.stringify(target)}, '/start') == '/start'`),
  },
  typescript: {
    grammar: {
      program: ['export function $f($target: string, $fallback: string)<type> {\n  <doc>\n  <body>\n}'],
      type: [': string', ''],
      body: [
        'if (<local>) return <kept>\nreturn <instead>',
        'return <local> ? <kept> : <instead>',
        'if (!(<local>)) return <instead>\nreturn <kept>',
        'const $check = <local>\nreturn $check ? <kept> : <instead>',
        'const $check = <local>\nif (!$check) return <instead>\nreturn <kept>',
      ],
      local: [
        "$target.startsWith('/') && !$target.startsWith('//') && !$target.startsWith('/\\\\')",
        '/^\\/(?![/\\\\])/.test($target)',
        '/^\\/([\\w.-][\\w./?=&-]*)?$/.test($target)',
        "$target.startsWith('/') && !['/', '\\\\'].includes($target.charAt(1))",
        '/^\\/[^/\\\\]/.test($target)',
        weak('CWE-601', slashes, "$target.startsWith('/')"),
        weak('CWE-601', slashes, "$target[0] === '/'"),
        weak('CWE-601', scheme, "$target !== '' && !$target.startsWith('http')"),
        weak('CWE-601', scheme, "$target !== '' && !$target.includes('://')"),
        weak('CWE-601', 'a backslash counts as a slash in browsers', "$target.startsWith('/') && !$target.startsWith('//')"),
        weak('CWE-601', 'it looks only whether there is an address', "$target !== ''"),
      ],
      kept: ['$target', wrong('a part of the address is lost', "$target.split('?')[0] ?? ''")],
      instead: ['$fallback'],
    },
    tests: ["nodeAssert.equal($f('/home', '/start'), '/home')", "nodeAssert.equal($f('/a/b?c=d', '/start'), '/a/b?c=d')", "nodeAssert.equal($f('', '/start'), '/start')"],
    exploits: bad.map((target) => `nodeAssert.equal($f(${JSON.stringify(target)}, '/start'), '/start')`),
  },
}
