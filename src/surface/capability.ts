import { type Capability, keepCapability, knownCapabilities, probe } from '../index.ts'

type Model = Parameters<typeof probe>[0]

export interface CapabilityOptions extends Omit<Parameters<typeof probe>[1], 'known' | 'crossModel'> {
  /** The store's folder. */
  folder: string
  /** Ask again, whatever is known. */
  fresh?: boolean | undefined
}

/** What a model can give: as an earlier probe found it where that still holds, else found out now and kept. */
export async function capabilityOf(
  model: Model,
  { folder, fresh, ...call }: CapabilityOptions,
): Promise<{ capability: Capability; known: boolean }> {
  const known = fresh === true ? [] : knownCapabilities(folder)
  const capability = await probe(model, { ...call, known })
  if (known.includes(capability)) return { capability, known: true }
  keepCapability(folder, capability)
  return { capability, known: false }
}
