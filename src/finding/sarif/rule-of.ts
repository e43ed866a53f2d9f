import type { SarifComponent, SarifResult, SarifRule, SarifRun } from './shape.ts'

/** The rule that a result names: in the driver, or in an extension (CodeQL keeps its rules there), by index, by id, or by the start of a hierarchical id. */
export function ruleOf({ ruleId, ruleIndex, rule: reference }: SarifResult, run: SarifRun): SarifRule | undefined {
  const component = componentOf(reference?.toolComponent, run)
  const byIndex = component.rules?.[reference?.index ?? ruleIndex ?? -1]
  const id = reference?.id ?? ruleId
  if (byIndex !== undefined && (id === undefined || matches(byIndex, id))) return byIndex
  if (id === undefined) return byIndex
  const rules = [component, run.tool.driver, ...(run.tool.extensions ?? [])].flatMap((each) => each.rules ?? [])
  return rules.find((rule) => rule.id === id) ?? rules.find((rule) => matches(rule, id))
}

function matches(rule: SarifRule, id: string): boolean {
  return rule.id !== undefined && (rule.id === id || id.startsWith(`${rule.id}/`))
}

type Reference = { name?: string | undefined; index?: number | undefined; guid?: string | undefined } | undefined

function componentOf(reference: Reference, { tool: { driver, extensions = [] } }: SarifRun): SarifComponent {
  if (reference === undefined) return driver
  const byIndex = reference.index === undefined ? undefined : extensions[reference.index]
  return byIndex ?? [driver, ...extensions].find(({ name, guid }) => (reference.guid ?? '') === guid || reference.name === name) ?? driver
}

/** What a result says, with the arguments of its message in their places. */
export function messageOf({ message }: SarifResult, rule: SarifRule | undefined): string | undefined {
  const told = message?.text ?? rule?.messageStrings?.[message?.id ?? '']?.text ?? rule?.fullDescription?.text ?? rule?.shortDescription?.text
  return told?.replace(/\{\{|\}\}|\{(\d+)\}/g, (found, place?: string) => (place === undefined ? found[0] ?? '' : (message?.arguments?.[Number(place)] ?? found)))
}
