import type { ScanUnknown } from '../../records/scan-report.ts'
import type { Resolve } from '../dependency/registry.ts'
import { withRegistry } from '../dependency/with-registry.ts'
import type { SourceScan } from './scan-source.ts'

/** Places named one by one before the rest is only counted. */
const mostNamed = 5

/** Scans as they are once the registries were asked for the packages that nothing here knows, and what could not be asked. */
export async function askRegistriesFor(scans: readonly SourceScan[], resolve: Resolve | undefined): Promise<{ scans: readonly SourceScan[]; unknown: ScanUnknown[] }> {
  if (resolve === undefined) return { scans, unknown: [] }
  const { findings, unavailable } = await withRegistry(scans.flatMap((scan) => scan.findings), resolve)
  const byPath = Map.groupBy(findings, ({ path }) => path)
  const more = unavailable.length <= mostNamed ? '' : `, and ${unavailable.length - mostNamed} more`
  return {
    scans: scans.map(({ coverage, suppressions }) => ({ coverage, suppressions, findings: byPath.get(coverage.path) ?? [] })),
    unknown: unavailable.length === 0 ? [] : [{ what: 'registry', detail: `${unavailable.slice(0, mostNamed).join('; ')}${more}` }],
  }
}
