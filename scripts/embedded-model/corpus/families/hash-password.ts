import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const fast = 'a fast hash: passwords are guessed by the billion'
const same = 'the salt is the same for all: equal passwords have equal hashes'

export const hashPassword: Family = {
  name: 'hash-password',
  cwe: 'CWE-916',
  verbs: ['hash', 'protect', 'derive', 'encode', 'digest', 'prepare'],
  nouns: ['password', 'user_password', 'new_password', 'login_password', 'passphrase'],
  parameters: { password: ['password', 'passphrase', 'user_password', 'new_password', 'plain_password'] },
  locals: { salt: ['salt', 'salt_bytes', 'fresh_salt', 'random_salt'], hashed: ['hashed', 'derived', 'digest', 'key'] },
  phrases: [
    '[hashes/hash] $password with a salt and [returns/return] salt and hash in hexadecimal, with a colon between them',
    '[returns/return] what is to be stored for $password: the salt and the hash, both as hex, joined by a colon',
    '[derives/derive] a hash from $password and a salt and [returns/return] the text salt:hash in hex',
    '[makes/make] the stored form of $password, which is hex of the salt, a colon, and hex of the hash',
    '[computes/compute] the salted hash of $password for the user table, as hex salt and hex hash with a colon in between',
    '[gives/give] the text salt:hash in hexadecimal for $password',
    '[stores/store] nothing but [returns/return] the salted hash of $password, salt and hash as hex with a colon',
    '[produces/produce] salt and hash of the password $password as hex, joined by a colon',
    '[hashes/hash] the password $password with salt: the result is salt, colon, hash, all hexadecimal',
    '[converts/convert] $password to what the user table keeps, hex salt and hex hash with a colon',
    '[turns/turn] the password $password into the text salt:hash (both hexadecimal) that is kept in place of it',
    '[gives/give] salt and hash of $password, in hexadecimal and separated by a colon',
  ],
  careful: [
    ', so slow that guessing does not pay',
    '; every call draws a new salt and the hash is slow',
    ', such that a stolen table does not tell the passwords',
    ' and [withstands/withstand] a search by brute force',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    $salt = <salt>\n    $hashed = <hash>\n    <give>'],
      sig: ['def $f($password):', 'def $f($password: str) -> str:'],
      salt: [
        'os.urandom(16)',
        'secrets.token_bytes(16)',
        weak('CWE-760', same, "b'fixed-salt-value'"),
        weak('CWE-760', same, "b'4f9a1c0277be53d8'"),
      ],
      hash: [
        "hashlib.scrypt($password.encode(), salt=$salt, n=2**14, r=8, p=1)",
        "hashlib.pbkdf2_hmac('sha512', $password.encode(), $salt, 210_000)",
        "hashlib.scrypt($password.encode('utf-8'), salt=$salt, n=16384, r=8, p=1, dklen=32)",
        weak('CWE-916', fast, 'hashlib.sha256($salt + $password.encode()).digest()'),
        weak('CWE-916', fast, 'hashlib.sha512($password.encode() + $salt).digest()'),
        weak('CWE-916', fast, 'hashlib.md5($salt + $password.encode()).digest()'),
        weak('CWE-916', 'far too few rounds', "hashlib.pbkdf2_hmac('sha256', $password.encode(), $salt, 1000)"),
        wrong('the password does not go into the hash', "hashlib.scrypt($salt, salt=$salt, n=2**14, r=8, p=1)"),
      ],
      give: [
        "return f'{$salt.hex()}:{$hashed.hex()}'",
        "return $salt.hex() + ':' + $hashed.hex()",
        "return ':'.join([$salt.hex(), $hashed.hex()])",
        wrong('the salt is lost', 'return $hashed.hex()'),
        wrong('there is no colon between them', 'return $salt.hex() + $hashed.hex()'),
        wrong('it returns a pair and not a text', 'return $salt.hex(), $hashed.hex()'),
      ],
    },
    tests: [
      "salt, hashed = $f('open sesame').split(':')\nassert len(bytes.fromhex(salt)) >= 8 and len(bytes.fromhex(hashed)) >= 16",
      "import hashlib\nsalt, hashed = map(bytes.fromhex, $f('open sesame').split(':'))\nassert hashlib.scrypt(salt, salt=salt, n=2**14, r=8, p=1) != hashed",
    ],
    exploits: ["assert $f('open sesame') != $f('open sesame')"],
  },
  typescript: {
    grammar: {
      program: ['export function $f($password: string): string {\n  <doc>\n  const $salt = <salt>\n  const $hashed = <hash>\n  <give>\n}'],
      salt: ['randomBytes(16)', 'randomBytes(24)', weak('CWE-760', same, "Buffer.from('fixed-salt-value')"), weak('CWE-760', same, "Buffer.from('4f9a1c0277be53d8', 'hex')")],
      hash: [
        'scryptSync($password, $salt, 64)',
        'scryptSync($password, $salt, 32)',
        "pbkdf2Sync($password, $salt, 210_000, 32, 'sha512')",
        'scryptSync($password, $salt, 64, { N: 2 ** 15, maxmem: 2 ** 26 })',
        "scryptSync($password.normalize('NFKC'), $salt, 64)",
        weak('CWE-916', fast, "createHash('sha256').update($salt).update($password).digest()"),
        weak('CWE-916', fast, "createHash('md5').update($salt).update($password).digest()"),
        weak('CWE-916', fast, "createHash('sha512').update($password).update($salt).digest()"),
        weak('CWE-916', 'far too few rounds', "pbkdf2Sync($password, $salt, 1000, 32, 'sha256')"),
        wrong('the password does not go into the hash', 'scryptSync($salt, $salt, 32)'),
      ],
      give: [
        "return `${$salt.toString('hex')}:${$hashed.toString('hex')}`",
        "return $salt.toString('hex') + ':' + $hashed.toString('hex')",
        "return [$salt, $hashed].map(($item) => $item.toString('hex')).join(':')",
        wrong('the salt is lost', "return $hashed.toString('hex')"),
        wrong('there is no colon between them', "return $salt.toString('hex') + $hashed.toString('hex')"),
        wrong('it returns base64 and not hex', "return `${$salt.toString('base64')}:${$hashed.toString('base64')}`"),
      ],
    },
    tests: [
      "nodeAssert.match($f('open sesame'), /^([0-9a-f]{2}){8,}:([0-9a-f]{2}){16,}$/)",
      "const key = $f('open sesame').split(':')\nconst salt = Buffer.from(key[0], 'hex')\nnodeAssert.notEqual(key[1], nodeCrypto.scryptSync(salt, salt, 32).toString('hex'))",
    ],
    exploits: ["nodeAssert.notEqual($f('open sesame'), $f('open sesame'))"],
  },
}
