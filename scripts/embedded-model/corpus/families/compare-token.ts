import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const leaks = 'the comparison ends at the first difference: its time tells how much of the token is right'

export const compareToken: Family = {
  name: 'compare-token',
  cwe: 'CWE-208',
  verbs: ['compare', 'check', 'verify', 'match', 'accept', 'confirm'],
  nouns: ['token', 'secret_token', 'api_token', 'access_token', 'signature'],
  parameters: { given: ['given', 'received', 'candidate', 'supplied', 'sent'], expected: ['api_key', 'access_token', 'auth_token', 'session_token', 'reset_token', 'csrf_token'] },
  locals: { left: ['left', 'first', 'a', 'one'], right: ['right', 'second', 'b', 'two'] },
  phrases: [
    '[checks/check] whether the token $given is the secret token $expected',
    '[tells/tell] whether $given and the secret $expected are the same token',
    '[returns/return] {true} only if the token $given equals $expected',
    '[compares/compare] the token $given with $expected and [returns/return] whether they match',
    '[decides/decide] if the token $given, which came with a request, is $expected',
    '[verifies/verify] a token: {true} where $given is the same as $expected',
    '[answers/answer] whether a caller who sends $given knows the token $expected',
  ],
  careful: [
    ' in constant time',
    '; the time it takes must not tell anything of the token',
    ', safe against timing attacks',
    ' without leaking by its duration how much is right',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <length>\n    <body>'],
      sig: ['def $f($given, $expected):', 'def $f($given: str, $expected: str) -> bool:'],
      length: ['', 'if not $given:\n    return False', 'if len($given) != len($expected):\n    return False', weak('CWE-208', leaks, 'if $given == $expected:\n    return True'), weak('CWE-208', leaks, 'if $expected == $given:\n    return True')],
      body: ['return <equal>', 'if <equal>:\n    return True\nreturn False', '$check = <equal>\nreturn $check', 'if not <equal>:\n    return False\nreturn True', wrong('it says the opposite', 'return not <equal>')],
      equal: [
        'hmac.compare_digest($given.encode(), $expected.encode())',
        'secrets.compare_digest($given.encode(), $expected.encode())',
        'compare_digest($given.encode(), $expected.encode())',
        'hmac.compare_digest(hashlib.sha256($given.encode()).digest(), hashlib.sha256($expected.encode()).digest())',
        weak('CWE-208', leaks, '$given == $expected'),
        weak('CWE-208', leaks, '$expected == $given'),
        weak('CWE-208', leaks, '($given == $expected)'),
        weak('CWE-208', leaks, 'not $given != $expected'),
        weak('CWE-208', leaks, 'hashlib.sha256($given.encode()).digest() == hashlib.sha256($expected.encode()).digest()'),
        wrong('small and capital letters are the same to it', 'hmac.compare_digest($given.lower().encode(), $expected.lower().encode())'),
        weak('CWE-208', leaks, 'len($given) == len($expected) and $given == $expected'),
        weak('CWE-208', leaks, 'bool($given == $expected)'),
        wrong('it compares the lengths alone', 'len($given) == len($expected)'),
      ],
    },
    tests: [
      "assert $f('k3y-9f2c', 'k3y-9f2c') is True",
      "assert $f('k3y-9f2d', 'k3y-9f2c') is False",
      "assert $f('k3y', 'k3y-9f2c') is False",
      "assert $f('K3Y-9F2C', 'k3y-9f2c') is False",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($given: string, $expected: string): boolean {\n  <doc>\n  <guard>\n  <body>\n}'],
      guard: ['', 'if ($given.length === 0) return false', "if ($given === '') {\n  return false\n}", weak('CWE-208', leaks, 'if ($given === $expected) return true'), weak('CWE-208', leaks, 'if ($expected === $given) {\n  return true\n}')],
      body: [
        'const $left = <bytes_left>\nconst $right = <bytes_right>\n<ends>',
        "const $left = createHash('sha256').update($given).digest()\nconst $right = createHash('sha256').update($expected).digest()\n<digests>",
        'return <same>',
        'if (<same>) return true\nreturn false',
        'const $check = <same>\nreturn $check',
        'const $check: boolean = <same>\nreturn $check',
        'if (<same>) {\n  return true\n}\nreturn false',
        'if (!(<same>)) {\n  return false\n}\nreturn true',
      ],
      bytes_left: ['Buffer.from($given)', "Buffer.from($given, 'utf8')", 'new TextEncoder().encode($given)'],
      bytes_right: ['Buffer.from($expected)', "Buffer.from($expected, 'utf8')", 'new TextEncoder().encode($expected)'],
      ends: [
        'return $left.length === $right.length && timingSafeEqual($left, $right)',
        'if ($left.length !== $right.length) return false\nreturn timingSafeEqual($left, $right)',
        wrong('it throws where the lengths differ', 'return timingSafeEqual($left, $right)'),
        wrong('it compares the lengths alone', 'return $left.length === $right.length'),
      ],
      digests: [
        'return timingSafeEqual($left, $right)',
        'const $check = timingSafeEqual($left, $right)\nreturn $check',
        wrong('two objects are never the same', 'return $left === $right'),
        wrong('it says the opposite', 'return !timingSafeEqual($left, $right)'),
      ],
      same: [
        "timingSafeEqual(createHash('sha256').update($given).digest(), createHash('sha256').update($expected).digest())",
        "timingSafeEqual(createHash('sha512').update($given).digest(), createHash('sha512').update($expected).digest())",
        weak('CWE-208', leaks, '$given === $expected'),
        weak('CWE-208', leaks, '$expected === $given'),
        weak('CWE-208', leaks, '$given == $expected'),
        weak('CWE-208', leaks, '$given.length === $expected.length && $given === $expected'),
        wrong('the beginning of the token is enough', '$expected.startsWith($given)'),
        wrong('small and capital letters are the same to it', '$given.toLowerCase() === $expected.toLowerCase()'),
      ],
    },
    tests: [
      "nodeAssert.equal($f('k3y-9f2c', 'k3y-9f2c'), true)",
      "nodeAssert.equal($f('k3y-9f2d', 'k3y-9f2c'), false)",
      "nodeAssert.equal($f('k3y', 'k3y-9f2c'), false)",
      "nodeAssert.equal($f('K3Y-9F2C', 'k3y-9f2c'), false)",
    ],
  },
}
