import { z } from 'zod'

// SARIF 2.1.0 as tools write it: what we do not use is not looked at, and a field of a wrong type is as good as absent.
const text = z.string().optional().catch(undefined)
const index = z.int().min(0).optional().catch(undefined)
const properties = z.record(z.string(), z.unknown()).optional().catch(undefined)

function lenient<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.object(shape).optional().catch(undefined)
}

function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).optional().catch(undefined)
}

const message = lenient({ text, id: text, arguments: list(z.string()) })
const artifactLocation = lenient({ uri: text, uriBaseId: text, index })
const region = lenient({ startLine: index, startColumn: index, endLine: index, endColumn: index, charOffset: index, charLength: index, snippet: lenient({ text }) })
const physicalLocation = lenient({ artifactLocation, region })
const location = z.object({ physicalLocation, message })
const component = lenient({ name: text, index, guid: text })
const reference = z.object({ id: text, index, toolComponent: component })

export const SarifRule = z.object({
  id: text,
  guid: text,
  name: text,
  shortDescription: message,
  fullDescription: message,
  messageStrings: z.record(z.string(), z.object({ text })).optional().catch(undefined),
  defaultConfiguration: lenient({ level: text }),
  relationships: list(z.object({ target: reference })),
  properties,
})
export type SarifRule = z.infer<typeof SarifRule>

const toolComponent = z.object({ name: z.string().catch(''), guid: text, rules: list(SarifRule), taxa: list(z.object({ id: text })) })
export type SarifComponent = z.infer<typeof toolComponent>

export const SarifResult = z.object({
  ruleId: text,
  ruleIndex: index,
  rule: reference.optional().catch(undefined),
  kind: text,
  level: text,
  message,
  locations: list(location),
  codeFlows: list(z.object({ threadFlows: list(z.object({ locations: list(z.object({ location: location.optional().catch(undefined) })) })) })),
  taxa: list(reference),
  suppressions: list(z.object({ status: text, justification: text })),
  baselineState: text,
  properties,
})
export type SarifResult = z.infer<typeof SarifResult>
export type SarifLocation = z.infer<typeof location>

const notifications = list(z.object({ level: text, message }))

export const SarifRun = z.object({
  tool: z.object({ driver: toolComponent, extensions: list(toolComponent) }),
  results: z.array(z.unknown()).optional().catch(undefined),
  artifacts: list(z.object({ location: artifactLocation })),
  originalUriBaseIds: z.record(z.string(), z.object({ uri: text, uriBaseId: text })).optional().catch(undefined),
  taxonomies: list(toolComponent),
  invocations: list(z.object({ executionSuccessful: z.boolean().optional().catch(undefined), toolExecutionNotifications: notifications, toolConfigurationNotifications: notifications })),
})
export type SarifRun = z.infer<typeof SarifRun>

export const SarifLog = z.object({ version: z.literal('2.1.0'), runs: z.array(z.unknown()) })
