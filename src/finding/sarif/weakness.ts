import { z } from 'zod'
import { knownWeaknesses } from './known-weakness.ts'
import type { SarifResult, SarifRule, SarifRun } from './shape.ts'

const Texts = z.union([z.string().transform((text) => [text]), z.array(z.unknown()).transform((items) => items.filter((item) => typeof item === 'string'))]).catch([])

/** The CWE of a result: from its taxa, its rule's relations, properties or tags, and last from what is known of the tool's rules. */
export function weaknessOf(result: SarifResult, { rule, run, tool, id }: { rule: SarifRule | undefined; run: SarifRun; tool: string; id: string }): number | undefined {
  const taxa = [...(result.taxa ?? []), ...(rule?.relationships ?? []).map(({ target }) => target)]
  const named = taxa.flatMap((taxon) => (isCwe(taxon.toolComponent, run) ? [`CWE-${(taxon.id ?? idAt(taxon.index, run) ?? '').replace(/^CWE-/i, '')}`] : []))
  const texts = [...named, ...[result.properties, rule?.properties].flatMap(textsOf)]
  for (const text of texts) {
    // CWE-1 to CWE-9999: a page, a tag (`external/cwe/cwe-089`), or a name with a title behind it.
    const number = Number(/(?:^|\/)cwe[-:\s]?0*([1-9]\d{0,3})(?!\d)/i.exec(text)?.[1] ?? 0)
    if (number > 0) return number
  }
  return knownWeaknesses(tool, id, tagsOf(rule))
}

/** Tags of a rule. */
export function tagsOf(rule: SarifRule | undefined): readonly string[] {
  return Texts.parse(rule?.properties?.['tags'])
}

function textsOf(properties: Record<string, unknown> | undefined): readonly string[] {
  return properties === undefined ? [] : ['cwe', 'CWE', 'cwes', 'tags'].flatMap((name) => Texts.parse(properties[name]))
}

type Component = { name?: string | undefined; guid?: string | undefined } | undefined

function isCwe(component: Component, run: SarifRun): boolean {
  if (/cwe/i.test(component?.name ?? '')) return true
  const named = [...(run.taxonomies ?? []), ...(run.tool.extensions ?? [])].find(({ guid }) => guid !== undefined && guid === component?.guid)
  return /cwe/i.test(named?.name ?? '')
}

function idAt(index: number | undefined, { taxonomies = [] }: SarifRun): string | undefined {
  return taxonomies.find(({ name }) => /cwe/i.test(name))?.taxa?.[index ?? -1]?.id
}
