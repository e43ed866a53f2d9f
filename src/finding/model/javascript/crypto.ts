import type { CallEvent } from '../../engine/event.ts'
import { constantOf, derived, marksOf, nothing, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel } from '../model.ts'

const predictable: CallModel = { source: 'predictable', label: 'the predictable generator `Math.random`' }
const random: CallModel = { from: 'none', returns: 'random-bytes' }
const randomText: CallModel = { from: 'none', returns: 'random-text' }
/** A number that keeps the mark of what it was drawn with. */
const rounded: CallModel = { evaluate: ({ positional }) => ({ ...nothing, type: 'int', taints: marksOf(positional) }) }
const drawn: CallModel = { evaluate: ({ positional }) => ({ ...nothing, taints: marksOf(positional), type: 'random' }) }

/** A hash that is fed and asked: it remembers what it was fed with. */
function fed({ receiver, positional }: CallEvent) {
  const changed: Value = { ...(receiver ?? nothing), taints: derived([receiver, positional[0]]).taints }
  return { result: changed, receiver: changed }
}

const digest: CallModel = { from: 'receiver', returns: 'digest', safe: 'everything' }
const zeroed = ({ positional }: CallEvent): Value => ({
  ...nothing,
  type: positional.length > 0 && constantOf(positional[0]) !== undefined ? 'Buffer.zero' : 'Buffer',
})

export const crypto = defineModel({
  name: 'crypto',
  ambient: {
    crypto: 'crypto',
    Math: 'Math',
    CryptoJS: 'crypto-js',
    bcrypt: 'bcrypt',
    jwt: 'jsonwebtoken',
    uuid: 'uuid',
    uuidv4: 'uuid.v4',
    nanoid: 'nanoid',
  },
  aliases: {
    'window.crypto': 'crypto',
    'globalThis.crypto': 'crypto',
    'crypto.webcrypto': 'crypto',
    bcryptjs: 'bcrypt',
    '@node-rs/bcrypt': 'bcrypt',
    'jsonwebtoken.default': 'jsonwebtoken',
    'crypto-js/md5': 'crypto-js.MD5',
    'crypto-js/sha1': 'crypto-js.SHA1',
    'crypto-js/sha256': 'crypto-js.SHA256',
    'crypto-js/aes': 'crypto-js.AES',
    'lodash.random': 'Math.random',
  },
  calls: {
    'Math.random': predictable,
    'Math.floor': rounded,
    'Math.round': rounded,
    'Math.ceil': rounded,
    'Math.trunc': rounded,
    'Math.abs': rounded,
    'Math.max': rounded,
    'Math.min': rounded,
    'lodash.sample': drawn,
    'crypto.randomBytes': random,
    'crypto.pseudoRandomBytes': { source: 'predictable', label: 'the predictable generator `pseudoRandomBytes`' },
    'crypto.randomFillSync': random,
    'crypto.getRandomValues': random,
    'crypto.randomInt': { from: 'none', returns: 'int' },
    'crypto.randomUUID': randomText,
    'uuid.v4': randomText,
    'uuid.v1': randomText,
    nanoid: randomText,
    'nanoid.nanoid': randomText,
    'crypto.createHash': { from: 'none', returns: 'crypto.Hash' },
    'crypto.createHmac': { from: 'none', returns: 'crypto.Hmac' },
    'crypto.createSign': { from: 'none', returns: 'crypto.Hmac' },
    'crypto.Hash.update': { evaluate: fed },
    'crypto.Hmac.update': { evaluate: fed },
    'crypto.Hash.digest': digest,
    'crypto.Hmac.digest': digest,
    'crypto.pbkdf2Sync': { from: 'none', returns: 'digest' },
    'crypto.scryptSync': { from: 'none', returns: 'digest' },
    'crypto.timingSafeEqual': { from: 'none', returns: 'bool' },
    'bcrypt.hash': { from: 'none', returns: 'digest' },
    'bcrypt.hashSync': { from: 'none', returns: 'digest' },
    'bcrypt.compare': { from: 'none', returns: 'bool' },
    'bcrypt.compareSync': { from: 'none', returns: 'bool' },
    'argon2.hash': { from: 'none', returns: 'digest' },
    'crypto-js.MD5': digest,
    'crypto-js.SHA1': digest,
    'crypto-js.SHA256': digest,
    'jsonwebtoken.sign': { from: 'none', returns: 'str' },
    'jsonwebtoken.verify': { from: 'none', returns: 'jwt.Claims' },
    'jsonwebtoken.decode': { from: 0 },
    'Buffer.alloc': { evaluate: zeroed },
    'Buffer.concat': { evaluate: ({ positional }) => ({ ...derived(positional), type: 'Buffer' }) },
  },
})
