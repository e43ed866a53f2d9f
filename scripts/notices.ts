// The licences of what is bundled: whoever gets a copy of it must get its notice too.
import { readdirSync, readFileSync } from 'node:fs'

const permissive = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'])

/** The notices of the packages that these modules are from. A package without a licence, or with one that is not permissive, is an error. */
export function noticesOf(modules: readonly string[]): string {
  const folders = new Set(modules.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? id))
  return `${['Countersign holds copies of these packages.', ...[...folders].map(noticeOf).sort()].join('\n\n')}\n`
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { name: string; version: string; license?: string }
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file)).sort()
  if (!permissive.has(license ?? '')) throw new Error(`${name} cannot be bundled: its licence is ${license ?? 'not given'}`)
  if (files.length === 0) throw new Error(`${name} cannot be bundled: its licence is not in the package`)
  return [`## ${name} ${version} (${license})`, ...files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim())].join('\n\n')
}
