import type { Example, Family } from './family.ts'
import { type CorpusLanguage, fillNames, type Names } from './names.ts'

/** A check as one line or block of code that throws where it does not hold. */
export interface Check {
  kind: 'test' | 'exploit'
  code: string
}

/** What the checks of a TypeScript program may use; they have names of their own so that no program's imports are in the way. */
const nodeModules = { nodeAssert: 'node:assert/strict', nodeFs: 'node:fs', nodePath: 'node:path', nodeOs: 'node:os', nodeCrypto: 'node:crypto' }

/** All checks of a family for a program with these names. */
export function checksOf(family: Family, language: CorpusLanguage, names: Names): Check[] {
  const { tests, exploits = [] } = family[language]
  const examples = (family.examples ?? []).map((example) => exampleTest(example, language))
  return [
    ...[...examples, ...tests].map((code): Check => ({ kind: 'test', code: fillNames(code, names) })),
    ...exploits.map((code): Check => ({ kind: 'exploit', code: fillNames(code, names) })),
  ]
}

/** A check that stands alone: with what it needs to be run behind a program. */
export function standalone({ code }: Check, language: CorpusLanguage): string {
  return language === 'python' ? code : `${preludeOf(code)}${code}`
}

/** All checks in one piece of code; it prints one line for each that does not hold: `mark` and its position. */
export function tellingCode(checks: readonly Check[], language: CorpusLanguage, mark: string): string {
  const all = checks.map(({ code }) => code).join('\n')
  const blocks = checks.map(({ code }, index) =>
    language === 'python'
      ? `try:\n    def check_${index}():\n${indented(code, '        ')}\n    check_${index}()\nexcept BaseException:\n    print('\\n${mark} ${index}')`
      : `try {\n  await (async () => {\n${code}\n  })()\n} catch {\n  console.log('\\n${mark} ${index}')\n}`,
  )
  return `${language === 'python' ? '' : preludeOf(all)}${blocks.join('\n')}\n`
}

/** `assert f([1, 2]) == 3`, or the same in TypeScript. */
export function exampleTest({ arguments: values, result }: Example, language: CorpusLanguage): string {
  const call = `$f(${values.map((value) => literal(value, language)).join(', ')})`
  const expected = literal(result, language)
  if (language === 'typescript') return `nodeAssert.deepEqual(${call}, ${expected})`
  return result === null || typeof result === 'boolean' ? `assert ${call} is ${expected}` : `assert ${call} == ${expected}`
}

export function literal(value: unknown, language: CorpusLanguage): string {
  if (language === 'typescript') return typescriptLiteral(value)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, language)).join(', ')}]`
  if (typeof value === 'object') return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${literal(item, language)}`).join(', ')}}`
  return JSON.stringify(value)
}

function typescriptLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(typescriptLiteral).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0 ? '{}' : `{ ${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${typescriptLiteral(item)}`).join(', ')} }`
  }
  return typeof value === 'string' ? `'${JSON.stringify(value).slice(1, -1).replaceAll(String.raw`\"`, '"').replaceAll("'", String.raw`\'`)}'` : JSON.stringify(value)
}

function preludeOf(code: string): string {
  const used = Object.entries(nodeModules).filter(([name]) => new RegExp(String.raw`\b${name}\b`).test(code))
  return used.map(([name, from]) => `import * as ${name} from '${from}'\n`).join('')
}

function indented(code: string, by: string): string {
  return code
    .split('\n')
    .map((line) => (line === '' ? '' : by + line))
    .join('\n')
}
