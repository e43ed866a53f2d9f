// Loads a program from memory: CommonJS as it is, and ES modules as the host has transformed them (`transform.ts`), so that both
// drivers resolve, load and fail alike. Nothing is read from a disk but a project's packages.
import { helpersFor } from './decorate.mjs'
import * as jsxRuntime from './jsx.mjs'

const nodeModule = process.getBuiltinModule('module')
const nodePath = process.getBuiltinModule('path')
const { posix } = nodePath
const { builtinModules, createRequire } = nodeModule
const NativeFunction = Function
const getBuiltin = process.getBuiltinModule.bind(process)
const { create, defineProperty } = Object
const { apply, get: getProperty, has: hasProperty, ownKeys, getOwnPropertyDescriptor } = Reflect
const toText = Function.prototype.toString
const startsWith = String.prototype.startsWith

// They show the inside of this process: a program could read what the guest holds.
const WITHHELD = new Set(['inspector', 'inspector/promises', 'module', 'v8', 'repl', 'trace_events', 'wasi', 'cluster'])
const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts', '.jsx', '.json']
// `Deno` is there to be undefined: a program shall not choose its way by the driver.
const COMMONJS = ['exports', 'require', 'module', '__filename', '__dirname', 'babelHelpers', '$countersign', 'Deno']
const ES_MODULE = ['__vite_ssr_exports__', '__vite_ssr_import_meta__', '__vite_ssr_import__', '__vite_ssr_dynamic_import__', '__vite_ssr_exportAll__']

/** Errors that say "this is not here": unknown, not a failure of the program. */
const absences = new WeakSet()
const isIn = WeakSet.prototype.has
export const isAbsence = (error) => error !== null && typeof error === 'object' && apply(isIn, absences, [error])

function absence(specifier) {
  const error = new Error(`Cannot find module '${specifier}'`)
  error.code = 'MODULE_NOT_FOUND'
  absences.add(error)
  return error
}

/** `names`: what the host will ask the main file for, exported or not. */
export function openProgram({ files, root, project }, { names, isMain }) {
  const modules = new Map()
  const byPath = new Map(files.map((file) => [posix.join(root, file.path), file]))
  const main = posix.join(root, files[0].path)
  const packages = project === undefined ? undefined : createRequire(posix.join(project, 'index.js'))
  let accessor = () => undefined

  const resolve = (from, specifier) => {
    const wanted = posix.resolve(posix.dirname(from), specifier)
    // TypeScript's own way of naming `x.ts` is `x.js`.
    for (const base of [wanted, wanted.replace(/\.([mc]?)js$/, '.$1ts'), wanted.replace(/\.js$/, '.tsx'), posix.join(wanted, 'index')]) {
      for (const extension of EXTENSIONS) {
        if (byPath.has(base + extension)) return base + extension
      }
    }
    throw absence(specifier)
  }

  const outside = (specifier) => {
    if (specifier.replace(/^node:/, '') === 'module') return { createRequire: () => requireFrom(main), builtinModules }
    const found = builtin(specifier) ?? (packages === undefined ? undefined : fromProject(specifier))
    if (found !== undefined) return found
    if (specifier === 'react/jsx-runtime') return jsxRuntime
    throw absence(specifier)
  }

  const fromProject = (specifier) => {
    try {
      // countersign-ignore coverage/hidden: a package that the program asks for, inside of the sandbox
      return packages(specifier)
    } catch (error) {
      if (error?.code !== 'MODULE_NOT_FOUND' && error?.code !== 'ERR_MODULE_NOT_FOUND') throw error
      return undefined
    }
  }

  const isInside = (specifier) => /^(\.{0,2}\/|\.{1,2}$)/.test(specifier)

  const requireFrom = (from) => {
    const require = (specifier) => {
      if (typeof specifier !== 'string') throw new TypeError('The "id" argument must be of type string')
      if (!isInside(specifier)) return outside(specifier)
      const record = load(resolve(from, specifier))
      if (record.failure !== undefined) throw record.failure.error
      return record.module.exports
    }
    require.resolve = (specifier) => (isInside(specifier) ? resolve(from, specifier) : specifier)
    require.cache = create(null)
    require.main = isMain ? modules.get(main)?.module : undefined
    return require
  }

  const importFrom = (from) => async (specifier) => {
    const name = `${specifier}`
    if (!isInside(name)) return namespace(outside(name))
    const path = resolve(from, name)
    const known = modules.get(path)
    const record = known ?? load(path)
    // A module that is still loading is part of a circle: its exports are live.
    if (known === undefined) await record.done
    if (record.failure !== undefined) throw record.failure.error
    return record.format === 'module' ? record.module.exports : namespace(record.module.exports)
  }

  /** Starts loading a file. CommonJS throws what it throws; an ES module's `done` rejects. */
  const load = (path) => {
    const known = modules.get(path)
    if (known !== undefined) return known
    const file = byPath.get(path)
    const module = { exports: {}, id: path, filename: path, loaded: false, children: [], paths: [] }
    const record = { module, format: file.format, failure: undefined, done: undefined }
    modules.set(path, record)
    if (file.format === 'data') module.exports = path.endsWith('.json') ? JSON.parse(file.content) : file.content
    else if (file.format === 'module') record.done = evaluateModule(record, path, sourceOf(file, path))
    else evaluateCommonJs(record, path, sourceOf(file, path))
    return record
  }

  const sourceOf = (file, path) => (path === main && names.length > 0 ? `${file.content}\n;${accessorFor(names)}` : file.content)

  const commonValues = (record, path) => {
    const helpers = helpersFor(byPath.get(path).decorators, absence)
    return [record.module.exports, requireFrom(path), record.module, path, posix.dirname(path), helpers, (found) => (accessor = found), undefined]
  }

  const evaluateCommonJs = (record, path, source) => {
    try {
      // countersign-ignore javascript/code-injection: this is the loader of untrusted programs, and runs inside of the sandbox
      const run = new NativeFunction(...COMMONJS, `${source}\n`)
      apply(run, record.module.exports, commonValues(record, path))
      record.module.loaded = true
    } catch (error) {
      modules.delete(path)
      throw error
    }
  }

  const evaluateModule = async (record, path, source) => {
    const { exports } = record.module
    defineProperty(exports, Symbol.toStringTag, { value: 'Module' })
    const meta = { url: `file://${path}`, filename: path, dirname: posix.dirname(path), main: isMain && path === main }
    const importing = importFrom(path)
    try {
      // The inner function lets a module declare a `require` or `__dirname` of its own.
      // countersign-ignore javascript/code-injection: this is the loader of untrusted programs, and runs inside of the sandbox
      const run = new NativeFunction(...COMMONJS, ...ES_MODULE, `'use strict'; return async () => {${source}\n}`)
      const values = [...commonValues(record, path), exports, meta, importing, importing, (from) => exportAll(exports, from)]
      await apply(run, undefined, values)()
      record.module.loaded = true
    } catch (error) {
      record.failure = { error }
      throw error
    }
  }

  return {
    load: async () => {
      await load(main).done
    },
    /** What the main file calls `name`: exported, or declared at its top level. `undefined` when there is no such thing. */
    lookup: (name) => {
      const { exports } = modules.get(main).module
      const isFunction = typeof exports === 'function'
      if (isOwn(exports, name) && !(isFunction && (name === 'name' || name === 'length' || name === 'prototype'))) return { value: exports[name] }
      const value = accessor(name)
      if (value !== undefined) return { value }
      if (isFunction) return { value: exports }
      return isOwn(exports, 'default') ? { value: exports.default } : undefined
    },
  }
}

const isOwn = (object, name) =>
  object !== null && (typeof object === 'object' || typeof object === 'function') && getOwnPropertyDescriptor(object, name) !== undefined

/** Hands over what the main file declares: the text is appended to it and so sees its top level. */
function accessorFor(names) {
  const cases = names.filter(isIdentifier).map((name) => `case ${JSON.stringify(name)}: return typeof ${name} === 'undefined' ? undefined : ${name};`)
  return `$countersign(function ($name) { switch ($name) { ${cases.join(' ')} } });`
}

function isIdentifier(name) {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) || name === '$name') return false
  try {
    return Boolean(new NativeFunction(`'use strict'; let ${name}`))
  } catch {
    return false
  }
}

/** A builtin or CommonJS module as an ES module sees it: its properties by name, the whole as `default`. */
function namespace(exports) {
  const isObject = exports !== null && (typeof exports === 'object' || typeof exports === 'function')
  return create(isObject ? exports : null, { default: { value: exports, enumerable: true } })
}

function exportAll(exports, from) {
  for (const key of ownKeys(from)) {
    if (key === 'default' || typeof key === 'symbol' || hasProperty(exports, key)) continue
    defineProperty(exports, key, { enumerable: true, configurable: true, get: () => getProperty(from, key) })
  }
}

/** A module of the runtime, but for those that would show a program the memory of its guest. */
export function builtin(specifier) {
  const name = specifier.replace(/^node:/, '')
  return WITHHELD.has(name) ? undefined : getBuiltin(`node:${name}`)
}

/** Classes must be constructed; everything else is called. */
export function isClass(value) {
  return typeof value === 'function' && apply(startsWith, apply(toText, value, []), ['class'])
}
