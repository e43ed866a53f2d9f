import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const guessable = 'the generator is predictable: a code can be computed from earlier ones'
const unpadded = 'a number with leading zeros becomes too short'

export const resetCode: Family = {
  name: 'reset-code',
  cwe: 'CWE-338',
  verbs: ['reset', 'make', 'generate', 'create', 'draw', 'new'],
  nouns: ['token', 'code', 'reset_code', 'pin_code', 'one_time_code', 'login_code'],
  parameters: { digits: ['digits', 'length', 'places', 'width', 'size'] },
  locals: { code: ['code', 'token', 'otp', 'pin'] },
  phrases: [
    '[returns/return] a random code of $digits decimal digits as text, for the reset of a password',
    '[makes/make] a one-time code that has exactly $digits digits, zeros in front included',
    '[generates/generate] a numeric code, $digits digits long, that is sent to a user',
    '[draws/draw] a reset code: a text of $digits random digits',
    '[creates/create] a code of $digits digits with which a password can be reset',
    '[produces/produce] a reset code with $digits random digits',
    '[gives/give] a code that is made of $digits decimal digits',
    '[returns/return] a verification code of $digits random digits as text',
    '[draws/draw] $digits random digits for a login code',
    '[invents/invent] a one-time code that counts $digits digits, sent by mail',
    '[gives/give] a random text that is made of $digits digits, for a login by mail',
    '[produces/produce] a verification code that counts $digits digits',
  ],
  careful: [' that cannot be guessed', ', from a cryptographically secure source', '; nobody may be able to foresee it', ' out of secure randomness alone'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($digits):', 'def $f($digits: int) -> str:'],
      body: [
        "$code = <number>\n<padded>",
        "return ''.join(<digit> for _ in range(<many>))",
        "$code = ''\nfor _ in range(<many>):\n    $code += <digit>\nreturn $code",
      ],
      number: [
        'secrets.randbelow(10 ** $digits)',
        'random.SystemRandom().randrange(10 ** $digits)',
        weak('CWE-338', guessable, 'random.randrange(10 ** $digits)'),
        weak('CWE-338', guessable, 'random.randint(0, 10 ** $digits - 1)'),
        weak('CWE-338', guessable, 'int(random.random() * 10 ** $digits)'),
      ],
      padded: [
        "return str($code).zfill($digits)",
        "return f'{$code:0{$digits}d}'",
        "return str($code).rjust($digits, '0')",
        wrong(unpadded, 'return str($code)'),
        wrong('it returns a number and no text', 'return $code'),
        wrong('it fills up with spaces', 'return str($code).rjust($digits)'),
      ],
      digit: [
        'str(secrets.randbelow(10))',
        "secrets.choice('0123456789')",
        'secrets.choice(string.digits)',
        weak('CWE-338', guessable, 'str(random.randint(0, 9))'),
        weak('CWE-338', guessable, "random.choice('0123456789')"),
        weak('CWE-338', guessable, 'random.choice(string.digits)'),
        wrong('it makes ten of one digit', 'str(secrets.randbelow(11))'),
      ],
      many: ['$digits', wrong('one digit is missing', '$digits - 1'), wrong('it has one digit too many', '$digits + 1')],
    },
    tests: [
      "assert len($f(6)) == 6 and $f(6).isdigit()",
      'assert {len($f(3)) for _ in range(300)} == {3}',
      'assert len({$f(12) for _ in range(20)}) == 20',
      'assert all($f(2).isdigit() for _ in range(100))',
    ],
    exploits: ['import random\nrandom.seed(5)\nfirst = $f(12)\nrandom.seed(5)\nassert $f(12) != first'],
  },
  typescript: {
    grammar: {
      program: ['export function $f($digits: number): string {\n  <doc>\n  <body>\n}'],
      body: [
        'const $code = <number>\n<padded>',
        "return Array.from({ length: <many> }, () => <digit>).join('')",
        "let $code = ''\nwhile ($code.length < <many>) $code += <digit>\nreturn $code",
        "const $code: string[] = []\nfor (let $i = 0; $i < <many>; $i += 1) $code.push(<digit>)\nreturn $code.join('')",
        "let $code = ''\nfor (let $i = 0; $i < <many>; $i += 1) {\n  $code += <digit>\n}\nreturn $code",
      ],
      number: ['randomInt(10 ** $digits)', 'randomInt(0, 10 ** $digits)', weak('CWE-338', guessable, 'Math.floor(Math.random() * 10 ** $digits)'), weak('CWE-338', guessable, 'Math.trunc(Math.random() * 10 ** $digits)')],
      padded: [
        "return String($code).padStart($digits, '0')",
        "return $code.toString().padStart($digits, '0')",
        "return `${$code}`.padStart($digits, '0')",
        wrong(unpadded, 'return String($code)'),
        wrong('it fills up with spaces', 'return String($code).padStart($digits)'),
      ],
      digit: ['String(randomInt(10))', 'randomInt(10).toString()', weak('CWE-338', guessable, 'Math.floor(Math.random() * 10).toString()'), weak('CWE-338', guessable, 'String(Math.floor(Math.random() * 10))'), weak('CWE-338', guessable, 'String(Math.trunc(Math.random() * 10))'), "'0123456789'.charAt(randomInt(10))", wrong('it makes ten of one digit', 'String(randomInt(11))')],
      many: ['$digits', wrong('one digit is missing', '$digits - 1'), wrong('it has one digit too many', '$digits + 1')],
    },
    tests: [
      'nodeAssert.match($f(6), /^[0-9]{6}$/)',
      'for (let time = 0; time < 300; time += 1) nodeAssert.match($f(3), /^[0-9]{3}$/)',
      'nodeAssert.equal(new Set(Array.from({ length: 20 }, () => $f(12))).size, 20)',
    ],
    exploits: [
      'const real = Math.random\nlet drawn = 0\nMath.random = () => {\n  drawn += 1\n  return real()\n}\ntry {\n  $f(6)\n} finally {\n  Math.random = real\n}\nnodeAssert.equal(drawn, 0)',
    ],
  },
}
