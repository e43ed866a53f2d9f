import { type Ecosystem, normalised } from './ecosystem.ts'
import { packageOf } from './import-table.ts'
import { knownPackages } from './known.ts'
import { lookalikeOf } from './lookalike.ts'
import type { Packages } from './manifest.ts'
import { standardLibrary } from './standard-library.ts'

/** What is known of a module that a program names; `package` is what would be installed for it. */
export type Origin =
  | { readonly kind: 'standard' | 'own' }
  | { readonly kind: 'declared' | 'known'; readonly package: string }
  | { readonly kind: 'unknown'; readonly package: string }
  | { readonly kind: 'lookalike'; readonly package: string; readonly of: string }

/** Tells what a package is that a manifest asks for: there it is the package's own name that is written. */
export function originOfPackage(ecosystem: Ecosystem, name: string, { own, locked }: Packages): Origin {
  const spelled = normalised(ecosystem, name)
  if (own[ecosystem].has(spelled)) return { kind: 'own' }
  if (locked[ecosystem].has(spelled)) return { kind: 'declared', package: spelled }
  return strangerOf(ecosystem, spelled)
}

/** Tells where a module comes from, as far as it can be told without asking anybody. */
export function originOf(ecosystem: Ecosystem, module: string, packages: Packages): Origin {
  const named = ecosystem === 'npm' ? nodePackage(module) : pythonPackage(module)
  if (named.kind !== 'package') return named
  const { spellings } = named
  const [name = module] = spellings
  if (spellings.some((spelling) => packages.own[ecosystem].has(spelling))) return { kind: 'own' }
  const declared = spellings.find((spelling) => packages.declared[ecosystem].has(spelling))
  if (declared !== undefined) return { kind: 'declared', package: declared }
  const { names } = knownPackages(ecosystem)
  const known = spellings.find((spelling) => names.has(spelling))
  return known === undefined ? strangerOf(ecosystem, name) : { kind: 'known', package: known }
}

function strangerOf(ecosystem: Ecosystem, name: string): Origin {
  if (knownPackages(ecosystem).names.has(name)) return { kind: 'known', package: name }
  const of = lookalikeOf(ecosystem, name)
  return of === undefined ? { kind: 'unknown', package: name } : { kind: 'lookalike', package: name, of }
}

type Named = { readonly kind: 'standard' | 'own' } | { readonly kind: 'package'; readonly spellings: readonly string[] }

function nodePackage(module: string): Named {
  if (/^(?:node|bun|deno|data|file|virtual|cloudflare):/.test(module) || standardLibrary.npm.has(module)) return { kind: 'standard' }
  // `#internal`, `@/alias` and `~/alias` are a project's own names for its files.
  if (/^(?:[#~/]|@\/|\$)/.test(module)) return { kind: 'own' }
  const [, name] = /^(?:npm:)?((?:@[^/@]+\/)?[^/@]+)/.exec(module) ?? []
  return name === undefined || name.includes(':') ? { kind: 'own' } : { kind: 'package', spellings: [normalised('npm', name)] }
}

function pythonPackage(module: string): Named {
  const [top = module] = module.split('.')
  if (standardLibrary.pypi.has(top)) return { kind: 'standard' }
  // No package is named like this; a part of one is.
  if (top.startsWith('_')) return { kind: 'own' }
  const name = normalised('pypi', top)
  const brought = packageOf.get(name)
  return { kind: 'package', spellings: [...(brought === undefined ? [] : [brought]), name, `python-${name}`, `py${name}`, `${name}-python`, `${name}-py`] }
}
