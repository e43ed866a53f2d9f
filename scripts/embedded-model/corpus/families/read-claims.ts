import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const unsigned = 'the signature is not looked at: anybody can write claims'
const early = 'the comparison ends at the first difference: its time tells the signature'

export const readClaims: Family = {
  name: 'read-claims',
  cwe: 'CWE-347',
  verbs: ['read', 'verify', 'open', 'decode', 'check', 'unpack'],
  nouns: ['claims', 'token', 'signed_token', 'ticket', 'session'],
  parameters: { token: ['token', 'signed', 'ticket', 'received', 'raw'], key: ['key', 'secret', 'signing_key', 'hmac_key', 'secret_key'] },
  locals: { mac: ['mac', 'signature', 'sent', 'given'], wanted: ['wanted', 'expected', 'computed', 'right'], payload: ['payload', 'body', 'encoded', 'claims_part'] },
  phrases: [
    '[returns/return] the claims of $token, which is base64url of JSON, a point, and the hex HMAC-SHA256 of that part under $key; {none} where the signature is wrong',
    '[reads/read] the JSON claims from the signed token $token (payload.signature, HMAC-SHA256 in hex with $key) or [returns/return] {none}',
    '[verifies/verify] the HMAC of $token with $key and [returns/return] the JSON object of its payload, {none} if it does not fit',
    '[decodes/decode] the payload of $token, signed by HMAC-SHA256 with $key, and [gives/give] {none} for a false signature',
    '[takes/take] $token apart at the point, [checks/check] the hex signature with $key and [returns/return] the decoded JSON, or else {none}',
    '[opens/open] a signed $token with $key (hex HMAC-SHA256) and [gives/give] the JSON claims or {none}',
    '[returns/return] the decoded JSON of the first part of $token if its signature under $key is right, else {none}',
    '[checks/check] the HMAC-SHA256 of $token under $key and [decodes/decode] its base64url JSON, {none} if forged',
    '[gives/give] the claims in the token $token signed with $key, {none} for a wrong signature',
    '[reads/read] what the signed $token says if its HMAC fits $key, and {none} otherwise',
    '[opens/open] the token $token that was signed with $key (HMAC-SHA256, hex) and [returns/return] what its base64url JSON says, {none} if forged',
    '[returns/return] the object in the first part of $token if its second part is the right HMAC under $key, and {none} otherwise',
  ],
  careful: ['; a forged token must never pass', ', and [compares/compare] the signature in constant time', ', safe against forged signatures', ' without believing anything unsigned'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <split>\n    $wanted = hmac.new($key.encode(), $payload.encode(), <algorithm>).hexdigest()\n    <check>\n    <give>', '<sig>\n    <doc>\n    <split>\n    $wanted = hmac.new($key.encode(), $payload.encode(), <algorithm>).hexdigest()\n    <whole>'],
      sig: ['def $f($token, $key):', 'def $f($token: str, $key: str):', 'def $f($token: str, $key: str) -> dict | None:'],
      split: ["$payload, _, $mac = $token.partition('.')", "$payload, _, $mac = $token.rpartition('.')"],
      algorithm: ['hashlib.sha256', "'sha256'"],
      check: [
        'if not hmac.compare_digest($mac, $wanted):\n    return None',
        'if not compare_digest($wanted.encode(), $mac.encode()):\n    return None',
        weak('CWE-347', unsigned, ''),
        weak('CWE-347', 'a token without a signature passes', 'if $mac and not hmac.compare_digest($mac, $wanted):\n    return None'),
        weak('CWE-347', 'a part of the signature is enough', 'if not $wanted.startswith($mac):\n    return None'),
        weak('CWE-347', 'only the length of the signature is looked at', 'if len($mac) != len($wanted):\n    return None'),
        weak('CWE-208', early, 'if $mac != hmac.new($key.encode(), $payload.encode(), hashlib.sha256).hexdigest():\n    return None'),
        wrong('what is right is refused', 'if hmac.compare_digest($mac, $wanted):\n    return None'),
      ],
      whole: [
        'if hmac.compare_digest($mac, $wanted):\n    <give>\nreturn None',
        'return <claims> if hmac.compare_digest($mac, $wanted) else None',
        weak('CWE-347', 'any signature will do', 'return <claims> if $mac else None'),
      ],
      give: ['return <claims>', '$text = base64.urlsafe_b64decode($payload)\nreturn json.loads($text)', wrong('it returns the JSON text and not what it says', 'return base64.urlsafe_b64decode($payload).decode()')],
      claims: ['json.loads(base64.urlsafe_b64decode($payload))', 'json.loads(base64.urlsafe_b64decode($payload.encode()))', 'json.loads(base64.urlsafe_b64decode($payload).decode())', wrong('the signature is decoded and not the payload', 'json.loads(base64.urlsafe_b64decode($mac))')],
    },
    tests: [
      "import base64, hashlib, hmac, json\nbody = base64.urlsafe_b64encode(json.dumps({'user': 'ada'}).encode()).decode()\nmac = hmac.new(b'k', body.encode(), hashlib.sha256).hexdigest()\nassert $f(body + '.' + mac, 'k') == {'user': 'ada'}",
    ],
    exploits: [
      "import base64, json\nbody = base64.urlsafe_b64encode(json.dumps({'user': 'root'}).encode()).decode()\nassert $f(body + '.' + '0' * 64, 'k') is None",
      "import base64, json\nbody = base64.urlsafe_b64encode(json.dumps({'user': 'root'}).encode()).decode()\nassert $f(body + '.', 'k') is None",
    ],
  },
  typescript: {
    grammar: {
      program: ["export function $f($token: string, $key: string): unknown {\n  <doc>\n  <split>\n  const $wanted = createHmac('sha256', $key).update($payload).digest('hex')\n  <check>\n  <give>\n}"],
      split: ["const [$payload = '', $mac = ''] = $token.split('.')", "const $payload = $token.slice(0, $token.indexOf('.'))\nconst $mac = $token.slice($token.indexOf('.') + 1)"],
      check: [
        'if ($mac.length !== $wanted.length || !timingSafeEqual(Buffer.from($mac), Buffer.from($wanted))) return null',
        'if ($mac.length !== $wanted.length) return null\nif (!timingSafeEqual(Buffer.from($mac), Buffer.from($wanted))) return null',
        'const $check = $mac.length === $wanted.length && timingSafeEqual(Buffer.from($mac), Buffer.from($wanted))\nif (!$check) return null',
        weak('CWE-347', unsigned, ''),
        weak('CWE-347', 'a token without a signature passes', 'if ($mac && $mac !== $wanted) return null'),
        weak('CWE-347', 'a part of the signature is enough', 'if (!$wanted.startsWith($mac)) return null'),
        weak('CWE-347', 'only the length of the signature is looked at', 'if ($mac.length !== $wanted.length) return null'),
        weak('CWE-208', early, 'if ($mac !== $wanted) return null'),
        weak('CWE-208', early, 'if ($wanted !== $mac) {\n  return null\n}'),
        wrong('what is right is refused', 'if ($mac === $wanted) return null'),
      ],
      give: [
        'return <claims>',
        "const $text = Buffer.from($payload, 'base64url').toString('utf8')\nreturn JSON.parse($text)",
        "const $text = Buffer.from($payload, 'base64url')\nreturn JSON.parse(String($text))",
        wrong('it returns the JSON text and not what it says', "return Buffer.from($payload, 'base64url').toString()"),
        wrong('the signature is decoded and not the payload', "return JSON.parse(Buffer.from($mac, 'base64url').toString())"),
      ],
      claims: ["JSON.parse(Buffer.from($payload, 'base64url').toString())", "JSON.parse(Buffer.from($payload, 'base64url').toString('utf8'))"],
    },
    tests: [
      "const body = Buffer.from(JSON.stringify({ user: 'ada' })).toString('base64url')\nconst mac = nodeCrypto.createHmac('sha256', 'k').update(body).digest('hex')\nnodeAssert.deepEqual($f(body + '.' + mac, 'k'), { user: 'ada' })",
    ],
    exploits: [
      "const body = Buffer.from(JSON.stringify({ user: 'root' })).toString('base64url')\nnodeAssert.equal($f(body + '.' + '0'.repeat(64), 'k'), null)",
      "const body = Buffer.from(JSON.stringify({ user: 'root' })).toString('base64url')\nnodeAssert.equal($f(body + '.', 'k'), null)",
    ],
  },
}
