import type { Ecosystem } from './ecosystem.ts'

/** The package URL (purl) of a package, by which registries and reports know it. */
export function purlOf(ecosystem: Ecosystem, name: string): string {
  return `pkg:${ecosystem}/${name.replace(/^@/, '%40')}`
}

export function readPurl(text: string): { ecosystem: Ecosystem; name: string } | undefined {
  const [, ecosystem, name] = /^pkg:(pypi|npm)\/(.+)$/.exec(text) ?? []
  return name === undefined ? undefined : { ecosystem: ecosystem === 'pypi' ? 'pypi' : 'npm', name: name.replace(/^%40/, '@') }
}
