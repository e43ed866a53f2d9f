// Plain data as it crosses the border (`src/records/value.ts`): the JavaScript side.
//
// Every intrinsic is taken before the program loads and nothing here calls what a program could have replaced: no method of its
// objects, no iterator, no `toJSON` (so the text is built by hand). What is not exactly a type of ours is `opaque`.
const { types } = process.getBuiltinModule('util')

const { apply, getPrototypeOf, getOwnPropertyDescriptor, ownKeys, defineProperty } = Reflect
const { isArray } = Array
const { isProxy, isMap, isSet, isUint8Array, isDate, isRegExp, isNativeError, isBoxedPrimitive, isPromise, isWeakMap, isWeakSet } = types
const { isAnyArrayBuffer, isArgumentsObject, isModuleNamespaceObject } = types
const { isView } = ArrayBuffer
const quote = JSON.stringify
const toNumber = Number
const toBigInt = BigInt
const decodeBase64 = atob
const NativeMap = Map
const NativeSet = Set
const NativeBytes = Uint8Array
const slice = String.prototype.slice
const numberToString = Number.prototype.toString
const bigintToString = BigInt.prototype.toString
const objectPrototype = Object.prototype
const arrayPrototype = Array.prototype
const mapPrototype = Map.prototype
const setPrototype = Set.prototype
const { forEach: mapForEach } = mapPrototype
const { forEach: setForEach, has: setHas, add: setAdd, delete: setDelete } = setPrototype
const byteLength = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), 'byteLength').get

const DEPTH = 100
const NAME_LENGTH = 200
const LARGEST_INTEGER = 10n ** 10_000n
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Thrown by `encode` when the value would not fit under the output limit. */
export const TOO_LARGE = { reason: 'the value would not fit under the output limit' }
/** Thrown by `decode` when the job holds a value that JavaScript has not. */
export const NOT_PLAIN = { reason: 'no such value in JavaScript' }

const opaque = (name) => `{"$":"opaque","v":${quote(name)}}`
const cut = (text) => apply(slice, text, [0, NAME_LENGTH])

/** The JSON text of a value; `TOO_LARGE` when it needs more than about `limit` bytes. */
export function encode(value, limit) {
  let left = limit
  const path = new NativeSet()

  const spend = (size) => {
    left -= size
    if (left < 0) throw TOO_LARGE
  }

  const any = (value) => {
    spend(2)
    switch (typeof value) {
      case 'undefined':
        return '{"$":"undefined"}'
      case 'boolean':
        return value ? 'true' : 'false'
      case 'string':
        return text(value)
      case 'number':
        return number(value)
      case 'bigint':
        return bigint(value)
      case 'object':
        return value === null ? 'null' : object(value)
      default:
        return opaque(typeof value)
    }
  }

  const text = (value) => {
    spend(value.length)
    return quote(value)
  }

  const bigint = (value) => {
    if (value > LARGEST_INTEGER || value < -LARGEST_INTEGER) throw TOO_LARGE
    return `{"$":"int","v":${text(apply(bigintToString, value, []))}}`
  }

  const object = (value) => {
    // A cycle, or nesting that no reader should have to follow, is not plain data.
    if (isProxy(value)) return opaque('Proxy')
    if (path.size >= DEPTH || apply(setHas, path, [value])) return opaque(typeName(value))
    apply(setAdd, path, [value])
    const out = container(value)
    apply(setDelete, path, [value])
    return out
  }

  const container = (value) => {
    const prototype = getPrototypeOf(value)
    if (isArray(value)) return prototype === arrayPrototype ? array(value) : opaque(typeName(value))
    if (isMap(value)) return prototype === mapPrototype ? map(value) : opaque(typeName(value))
    if (isSet(value)) return prototype === setPrototype ? set(value) : opaque(typeName(value))
    if (isUint8Array(value)) return bytes(value)
    if (isMore(value) || (prototype !== objectPrototype && prototype !== null)) return opaque(typeName(value))
    return plain(value)
  }

  const array = (value) => {
    const { length } = value
    spend(2 * length)
    let out = ''
    for (let index = 0; index < length; index++) {
      out += (index === 0 ? '' : ',') + property(getOwnPropertyDescriptor(value, index))
    }
    return `[${out}]`
  }

  const map = (value) => {
    let out = ''
    apply(mapForEach, value, [
      (item, key) => {
        out += `${out === '' ? '' : ','}[${any(key)},${any(item)}]`
      },
    ])
    return `{"$":"map","v":[${out}]}`
  }

  const set = (value) => {
    let out = ''
    apply(setForEach, value, [
      (item) => {
        out += (out === '' ? '' : ',') + any(item)
      },
    ])
    return `{"$":"set","v":[${out}]}`
  }

  const plain = (value) => {
    const keys = ownKeys(value)
    let out = ''
    for (let index = 0; index < keys.length; index++) {
      const descriptor = getOwnPropertyDescriptor(value, keys[index])
      if (!descriptor.enumerable) continue
      if (typeof keys[index] === 'symbol') return opaque('Object')
      out += `${out === '' ? '' : ','}[${text(keys[index])},${property(descriptor)}]`
    }
    return `{"$":"map","v":[${out}]}`
  }

  const property = (descriptor) => {
    if (descriptor === undefined) return '{"$":"undefined"}'
    return descriptor.get === undefined && descriptor.set === undefined ? any(descriptor.value) : opaque('accessor')
  }

  const bytes = (value) => {
    const length = apply(byteLength, value, [])
    spend(length)
    return `{"$":"bytes","v":"${base64(value, length)}"}`
  }

  return any(value)
}

/** Objects that hold more than their properties say, whatever prototype a program has given them. */
function isMore(value) {
  return (
    isDate(value) || isRegExp(value) || isNativeError(value) || isBoxedPrimitive(value) || isPromise(value) || isWeakMap(value) ||
    isWeakSet(value) || isAnyArrayBuffer(value) || isView(value) || isArgumentsObject(value) || isModuleNamespaceObject(value)
  )
}

function number(value) {
  if (value !== value) return '{"$":"float","v":"NaN"}'
  if (value === Infinity) return '{"$":"float","v":"Infinity"}'
  if (value === -Infinity) return '{"$":"float","v":"-Infinity"}'
  if (value === 0 && 1 / value < 0) return '{"$":"float","v":"-0"}'
  return apply(numberToString, value, [])
}

/** The name of an object's type, read without running the program's code. */
function typeName(object) {
  const prototype = getPrototypeOf(object)
  if (prototype === null) return 'Object'
  if (isProxy(prototype)) return 'Proxy'
  const constructor = getOwnPropertyDescriptor(prototype, 'constructor')?.value
  if (typeof constructor !== 'function' || isProxy(constructor)) return 'Object'
  const name = getOwnPropertyDescriptor(constructor, 'name')?.value
  return typeof name === 'string' ? cut(name) : 'Object'
}

function base64(bytes, length) {
  let out = ''
  for (let i = 0; i < length; i += 3) {
    const bits = (bytes[i] << 16) | ((i + 1 < length ? bytes[i + 1] : 0) << 8) | (i + 2 < length ? bytes[i + 2] : 0)
    out += DIGITS[bits >> 18] + DIGITS[(bits >> 12) & 63]
    out += (i + 1 < length ? DIGITS[(bits >> 6) & 63] : '=') + (i + 2 < length ? DIGITS[bits & 63] : '=')
  }
  return out
}

/** The JSON text of what an error says of itself. A getter of the program may run here: all it can do is describe itself falsely. */
export function describe(error) {
  let type = typeof error
  let message = ''
  try {
    if (type === 'function' || (type === 'object' && error !== null)) {
      type = isProxy(error) ? 'Proxy' : typeName(error)
      const { name, message: said } = error
      if (typeof name === 'string' && name !== '' && name !== 'Error') type = name
      if (typeof said === 'string') message = said
    } else {
      message = `${error}`
    }
  } catch {
    // An error that cannot be described is still an error.
  }
  return `{"type":${quote(cut(type))},"message":${quote(cut(message))}}`
}

/** A fresh JavaScript value. A map whose keys are all strings is a plain object. */
export function decode(value) {
  if (value === null || typeof value !== 'object') return value
  if (isArray(value)) return value.map(decode)
  switch (value.$) {
    case 'undefined':
      return undefined
    case 'int':
      return toBigInt(value.v)
    case 'float':
      return { inf: Infinity, '-inf': -Infinity, nan: NaN }[value.v] ?? toNumber(value.v)
    case 'bytes':
      return NativeBytes.from(decodeBase64(value.v), (character) => character.charCodeAt(0))
    case 'tuple':
      return value.v.map(decode)
    case 'set':
      return new NativeSet(value.v.map(decode))
    case 'map':
      return decodeMap(value.v)
    default:
      throw NOT_PLAIN
  }
}

function decodeMap(entries) {
  if (!entries.every((entry) => typeof entry[0] === 'string')) {
    return new NativeMap(entries.map((entry) => [decode(entry[0]), decode(entry[1])]))
  }
  const object = {}
  for (const entry of entries) {
    // Not an assignment: `__proto__` is a key like any other.
    defineProperty(object, entry[0], { value: decode(entry[1]), writable: true, enumerable: true, configurable: true })
  }
  return object
}
