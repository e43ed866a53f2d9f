// The transform itself, in a process of its own (see `transform.ts`). It parses hostile text and runs none of it.
import { extname } from 'node:path'
import { compileFunction, Script } from 'node:vm'
import { moduleRunnerTransformSync, transformSync } from 'oxc-transform'
import type { TransformOptions } from 'oxc-transform'
import type { ChangedFile } from '../records/candidate.ts'
import type { Language } from '../records/language.ts'
import { nestedTooDeeply } from './transform.ts'
import type { GuestFile, WorkerMessage } from './transform.ts'

interface Request {
  language: Language
  files: ChangedFile[]
  appended?: string
}

const MESSAGE_LENGTH = 200
const TYPESCRIPT = new Set(['.ts', '.mts', '.cts', '.tsx'])
const JAVASCRIPT = new Set(['.js', '.mjs', '.cjs', '.jsx'])
const COMMONJS_NAMES = ['exports', 'require', 'module', '__filename', '__dirname']
const STANDARD_DECORATORS = /\b\w*DecoratorContext\b|\bcontext\.(?:addInitializer|kind|metadata|access)\b/

process.on('message', (request) => process.send?.(answer(request as Request)))
process.on('disconnect', () => process.exit())
// Control-C at a terminal reaches the whole group; the parent decides when this ends.
process.on('SIGINT', () => {})
process.send?.({ kind: 'ready' } satisfies WorkerMessage)

function answer({ language, files, appended }: Request): WorkerMessage {
  try {
    return { kind: 'program', files: files.map((file, index) => transformFile(file, language, index === 0 ? { appended } : undefined)) }
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'raised', error: { type: 'SyntaxError', message: error.message.slice(0, MESSAGE_LENGTH) } }
    // V8 says so of its own stack, and lives on; other parsers take the process with them.
    if (error instanceof RangeError) return nestedTooDeeply
    return { kind: 'broken', message: String(error) }
  }
}

function transformFile({ path, content }: ChangedFile, language: Language, main?: { appended: string | undefined }): GuestFile {
  const extension = extname(path)
  const isTypeScript = TYPESCRIPT.has(extension) || (main !== undefined && language === 'typescript')
  if (!isTypeScript && !JAVASCRIPT.has(extension) && main === undefined) return { path, content, format: 'data' }
  const source = content.replace(/^\uFEFF/, '').replace(/^#!/, '//')
  const compile = (code: string) => (isTypeScript ? fromTypeScript(path, code) : fromJavaScript(path, code))
  if (main?.appended === undefined) return compile(source)
  // The program must be whole without the test (an open string or block would swallow it) and must not return before it.
  if (compile(source).format === 'commonjs') compileScript(source)
  return compile(`${source}\n;${withAssert(main.appended)}`)
}

/** A test that brings no `assert` of its own means that of the runtime, whatever the program calls so. */
function withAssert(test: string): string {
  const isFree = /\bassert\b/.test(test) && !/^\s*import\b|\b(?:const|let|var|function)\b[^;=\n]*\bassert\b/m.test(test)
  return isFree ? `{ const assert = process.getBuiltinModule('node:assert');\n${test}\n}` : test
}

function fromJavaScript(path: string, source: string): GuestFile {
  // Dynamic imports are the guest's to resolve, and only the rewritten form asks it.
  const isPlain = !/\bimport\s*\(/.test(source) && isCommonJs(source)
  return isPlain ? { path, content: source, format: 'commonjs' } : toModule(path, source, transpile(path, source, 'jsx'))
}

function fromTypeScript(path: string, source: string): GuestFile {
  const [first, second] = extname(path) === '.tsx' ? (['tsx', 'ts'] as const) : (['ts', 'tsx'] as const)
  try {
    return toModule(path, source, transpile(path, source, first))
  } catch (error) {
    // A main file has one name whatever it holds: JSX shows itself by its syntax only.
    try {
      return toModule(path, source, transpile(path, source, second))
    } catch {
      throw error
    }
  }
}

function transpile(path: string, source: string, lang: 'jsx' | 'ts' | 'tsx'): string {
  const isClassic = /@jsx(?:Frag)?\s+\S/.test(source)
  const options: TransformOptions = {
    lang,
    sourceType: 'module',
    jsx: { runtime: isClassic ? 'classic' : 'automatic' },
    decorator: { legacy: true },
    helpers: { mode: 'External' as NonNullable<NonNullable<TransformOptions['helpers']>['mode']> },
  }
  return read(transformSync(path, source, options))
}

function toModule(path: string, source: string, transpiled: string): GuestFile {
  const content = read(moduleRunnerTransformSync(path.replace(/\.\w+$/, '.js'), transpiled))
  const isStandard = transpiled.includes('babelHelpers.decorate') && STANDARD_DECORATORS.test(source)
  return { path, content, format: 'module', ...(isStandard && { decorators: 'standard' }) }
}

function read({ code, errors }: { code: string; errors: { severity: string; message: string }[] }): string {
  const error = errors.find(({ severity }) => severity === 'Error')
  if (error !== undefined) throw new SyntaxError(error.message)
  return code
}

function isCommonJs(source: string): boolean {
  try {
    compileFunction(source, COMMONJS_NAMES)
    return true
  } catch (error) {
    if (error instanceof RangeError) throw error
    return false
  }
}

function compileScript(source: string): void {
  // countersign-ignore javascript/code-injection: a script is compiled here, and never run
  void new Script(source)
}
