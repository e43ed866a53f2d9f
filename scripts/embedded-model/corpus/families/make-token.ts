import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const guessable = 'the generator is predictable: who sees some tokens can compute the next ones'

export const makeToken: Family = {
  name: 'make-token',
  cwe: 'CWE-338',
  verbs: ['make', 'create', 'generate', 'new', 'issue', 'build'],
  nouns: ['token', 'session_token', 'access_token', 'secret_token', 'login_token', 'invite_token'],
  parameters: { length: ['length', 'size', 'chars', 'width', 'token_length'] },
  locals: { alphabet: ['alphabet', 'symbols', 'pool', 'choices', 'allowed_chars'], token: ['token', 'made', 'secret', 'fresh'] },
  phrases: [
    '[returns/return] a random token of $length letters and digits',
    '[makes/make] a secret token, $length characters long, of letters and digits',
    '[generates/generate] a login token that has $length letters or digits',
    '[creates/create] an access token with exactly $length alphanumeric characters',
    '[gives/give] a new random token; it has $length letters and digits',
    '[draws/draw] a token of $length random letters and digits',
    '[issues/issue] a new secret token with $length alphanumeric characters',
    '[returns/return] a token that consists of $length random alphanumeric characters',
    '[gives/give] $length random letters and digits joined to a token',
    '[produces/produce] a login token of length $length, letters and digits',
    '[draws/draw] $length random letters and digits and [joins/join] them to a token',
    '[issues/issue] a token that consists of $length random alphanumeric characters',
  ],
  careful: [
    ' that nobody can guess',
    ', drawn from a cryptographically secure generator',
    '; an attacker who has seen others must not be able to compute it',
    ' and [uses/use] no predictable generator',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($length):', 'def $f($length: int) -> str:'],
      body: [
        '$alphabet = <alphabet>\n<drawn>',
        '<short>',
      ],
      alphabet: ['string.ascii_letters + string.digits', "'abcdefghijklmnopqrstuvwxyz0123456789'", 'string.digits + string.ascii_uppercase'],
      drawn: [
        "return ''.join(<draw> for _ in range(<many>))",
        "$token = ''\nfor _ in range(<many>):\n    $token += <draw>\nreturn $token",
        "$token = [<draw> for _ in range(<many>)]\nreturn <joined>",
      ],
      draw: [
        'secrets.choice($alphabet)',
        '$alphabet[secrets.randbelow(len($alphabet))]',
        'random.SystemRandom().choice($alphabet)',
        weak('CWE-338', guessable, 'random.choice($alphabet)'),
        weak('CWE-338', guessable, '$alphabet[random.randrange(len($alphabet))]'),
        weak('CWE-338', guessable, '$alphabet[int(random.random() * len($alphabet))]'),
      ],
      many: ['$length', wrong('it draws one character too few', '$length - 1'), wrong('it draws one character too many', '$length + 1')],
      joined: ["''.join($token)", "str().join($token)", wrong('it puts spaces between the characters', "' '.join($token)"), wrong('it returns a list and not a text', '$token')],
      short: [
        'return secrets.token_hex($length)[:$length]',
        'return os.urandom($length).hex()[:$length]',
        '$token = secrets.token_hex($length)\nreturn $token[:$length]',
        weak('CWE-338', guessable, "return ''.join(random.choices('abcdef0123456789', k=$length))"),
        weak('CWE-338', guessable, "return '%0*x' % ($length, random.getrandbits(4 * $length))"),
        wrong('it is twice as long as asked for', 'return secrets.token_hex($length)'),
        wrong('it returns bytes', 'return secrets.token_bytes($length)'),
      ],
    },
    tests: [
      'assert len($f(16)) == 16',
      'assert $f(40).isalnum()',
      'assert len({$f(24) for _ in range(20)}) == 20',
    ],
    exploits: ['import random\nrandom.seed(7)\nfirst = $f(24)\nrandom.seed(7)\nassert $f(24) != first'],
  },
  typescript: {
    grammar: {
      program: ['export function $f($length: number): string {\n  <doc>\n  <body>\n}'],
      body: ['const $alphabet = <alphabet>\n<drawn>', '<short>'],
      alphabet: ["'abcdefghijklmnopqrstuvwxyz0123456789'", "'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'"],
      drawn: [
        "return Array.from({ length: <many> }, () => <draw>).join('')",
        "let $token = ''\nfor (let $i = 0; $i < <many>; $i += 1) $token += <draw>\nreturn $token",
        "const $token: string[] = []\nfor (let $i = 0; $i < <many>; $i += 1) $token.push(<draw>)\nreturn $token.join('')",
        "let $token = ''\nwhile ($token.length < <many>) {\n  $token += <draw>\n}\nreturn $token",
      ],
      draw: [
        '$alphabet[randomInt($alphabet.length)]',
        '$alphabet.charAt(randomInt($alphabet.length))',
        '$alphabet.charAt(randomInt(0, $alphabet.length))',
        weak('CWE-338', guessable, '$alphabet[Math.floor(Math.random() * $alphabet.length)]'),
        weak('CWE-338', guessable, '$alphabet.charAt(Math.random() * $alphabet.length)'),
        weak('CWE-338', guessable, '$alphabet.charAt(Math.floor(Math.random() * $alphabet.length))'),
      ],
      many: ['$length', wrong('it draws one character too few', '$length - 1'), wrong('it draws one character too many', '$length + 1')],
      short: [
        "return randomBytes($length).toString('hex').slice(0, $length)",
        "const $token = randomBytes($length).toString('hex')\nreturn $token.slice(0, $length)",
        "const $token = [...randomBytes($length)].map(($item) => ($item % 16).toString(16))\nreturn $token.join('')",
        weak('CWE-338', guessable, "let $token = ''\nwhile ($token.length < $length) $token += Math.random().toString(36).slice(2)\nreturn $token.slice(0, $length)"),
        wrong('it is twice as long as asked for', "return randomBytes($length).toString('hex')"),
        wrong('it does not keep to letters and digits', "return randomBytes($length).toString('latin1')"),
      ],
    },
    tests: [
      'nodeAssert.equal($f(16).length, 16)',
      'nodeAssert.match($f(40), /^[A-Za-z0-9]+$/)',
      'nodeAssert.equal(new Set(Array.from({ length: 20 }, () => $f(24))).size, 20)',
    ],
    exploits: [
      'const real = Math.random\nlet drawn = 0\nMath.random = () => {\n  drawn += 1\n  return real()\n}\ntry {\n  $f(24)\n} finally {\n  Math.random = real\n}\nnodeAssert.equal(drawn, 0)',
    ],
  },
}
