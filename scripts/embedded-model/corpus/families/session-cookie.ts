import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const readable = 'scripts of the page can read the cookie: HttpOnly is missing'
const clear = 'the cookie also goes over connections without TLS: Secure is missing'

export const sessionCookie: Family = {
  name: 'session-cookie',
  cwe: 'CWE-614',
  verbs: ['set', 'send', 'add', 'store', 'attach', 'write'],
  nouns: ['session', 'session_cookie', 'login_cookie', 'session_id', 'sign_in'],
  parameters: { response: ['response', 'resp', 'reply', 'res', 'answer'], session: ['session_id', 'sid', 'session', 'session_token', 'login_id'] },
  locals: { options: ['options', 'flags', 'settings', 'attributes'] },
  phrases: [
    '[sets/set] the cookie named session to $session on $response and [returns/return] $response',
    '[stores/store] $session in the cookie session of the HTTP response $response',
    '[sends/send] the session id $session along with $response as the cookie session',
    '[puts/put] $session into a cookie of $response that is named session',
    '[adds/add] a cookie session with the value $session to $response',
    '[lets/let] $response set a cookie session with the value $session',
    '[attaches/attach] the session id $session to $response as a cookie named session',
    '[gives/give] $response the session cookie whose value is $session',
    '[writes/write] $session to the session cookie of $response',
    '[makes/make] the browser keep the session $session by a cookie on the HTTP $response',
    '[attaches/attach] to $response the session cookie, whose name is session and whose value is $session',
    '[lets/let] the browser keep $session by a cookie session on $response',
  ],
  careful: [
    ', only for HTTPS and out of reach of scripts',
    '; neither scripts nor connections without TLS may see it',
    ', with HttpOnly, Secure and SameSite',
    ' as a session deserves it: Secure and HttpOnly',
  ],
  python: {
    grammar: {
      program: [
        "<sig>\n    <doc>\n    $response.set_cookie(<name>, <value>, <guarded>, <same>)\n    <end>",
        "<sig>\n    <doc>\n    $response.set_cookie(\n        <name>,\n        <value>,\n        <guarded>,\n        <same>,\n    )\n    <end>",
        "<sig>\n    <doc>\n    $response.set_cookie(key=<name>, value=<value>, <guarded>, <same>)\n    <end>",
      ],
      sig: ['def $f($response, $session):', 'def $f($response, $session: str):'],
      name: ["'session'"],
      value: ['$session', wrong('the value is not the one that was given', "'session'"), wrong('the value is empty', "''")],
      guarded: [
        'httponly=True, secure=True',
        'secure=True, httponly=True',
        weak('CWE-614', clear, 'httponly=True, secure=False'),
        weak('CWE-1004', readable, 'secure=True, httponly=False'),
        weak('CWE-614', clear, 'httponly=True'),
        weak('CWE-1004', readable, 'secure=True'),
        weak('CWE-614', 'neither Secure nor HttpOnly is set', 'httponly=False, secure=False'),
        weak('CWE-614', 'neither Secure nor HttpOnly is set', "path='/'"),
      ],
      same: ["samesite='Lax'", "samesite='Strict'", "samesite='Lax', max_age=3600"],
      end: ['return $response', '$out = $response\nreturn $out'],
    },
    tests: [
      "class Response:\n    def set_cookie(self, key, value='', **flags):\n        self.made = (key, value, flags)\nresponse = Response()\nassert $f(response, 'a1b2') is response and response.made[:2] == ('session', 'a1b2')",
    ],
    exploits: [
      "class Response:\n    def set_cookie(self, key, value='', **flags):\n        self.flags = flags\nresponse = Response()\n$f(response, 'a1b2')\nassert response.flags.get('httponly') is True",
      "class Response:\n    def set_cookie(self, key, value='', **flags):\n        self.flags = flags\nresponse = Response()\n$f(response, 'a1b2')\nassert response.flags.get('secure') is True",
    ],
  },
  typescript: {
    grammar: {
      program: [
        'export function $f($response: <kind>, $session: string) {\n  <doc>\n  $response.cookie(<name>, <value>, { <guarded>, <same> })\n  <end>\n}',
        'export function $f($response: <kind>, $session: string) {\n  <doc>\n  $response.cookie(<name>, <value>, {\n    <guarded>,\n    <same>,\n  })\n  <end>\n}',
        'export function $f($response: <kind>, $session: string) {\n  <doc>\n  const $options = { <guarded>, <same> } as const\n  $response.cookie(<name>, <value>, $options)\n  <end>\n}',
      ],
      kind: ['Response', 'express.Response'],
      name: ["'session'"],
      value: ['$session', wrong('the value is not the one that was given', "'session'"), wrong('the value is empty', "''")],
      guarded: [
        'httpOnly: true, secure: true',
        'secure: true, httpOnly: true',
        weak('CWE-614', clear, 'httpOnly: true, secure: false'),
        weak('CWE-1004', readable, 'secure: true, httpOnly: false'),
        weak('CWE-614', clear, 'httpOnly: true'),
        weak('CWE-1004', readable, 'secure: true'),
        weak('CWE-614', 'neither Secure nor HttpOnly is set', 'httpOnly: false, secure: false'),
        weak('CWE-614', 'neither Secure nor HttpOnly is set', "path: '/'"),
      ],
      same: ["sameSite: 'lax'", "sameSite: 'strict'", "sameSite: 'lax', maxAge: 3_600_000"],
      end: ['return $response', 'const $out = $response\nreturn $out'],
    },
    tests: [
      "let made\nconst response = { cookie: (...given) => (made = given) }\nnodeAssert.equal($f(response, 'a1b2'), response)",
      "let made\nconst response = { cookie: (...given) => (made = given) }\n$f(response, 'a1b2')\nnodeAssert.deepEqual(made.slice(0, 2), ['session', 'a1b2'])",
    ],
    exploits: [
      "let flags\n$f({ cookie: (name, value, given) => (flags = given) }, 'a1b2')\nnodeAssert.equal(flags?.httpOnly, true)",
      "let flags\n$f({ cookie: (name, value, given) => (flags = given) }, 'a1b2')\nnodeAssert.equal(flags?.secure, true)",
    ],
  },
}
