/** The arguments of a tool's use with each text in them replaced. What is not JSON is one text. */
export function mapArguments(json: string, change: (text: string) => string): string {
  try {
    // The reviver of JSON.parse sees every value, and gives up on hostile nesting.
    return JSON.stringify(JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? change(value) : value)))
  } catch {
    return change(json)
  }
}

/** The texts in the arguments of a tool's use. */
export function textsInArguments(json: string): string[] {
  const texts: string[] = []
  mapArguments(json, (text) => {
    texts.push(text)
    return text
  })
  return texts
}

/** Arguments as JSON that holds an object, which is what endpoints want to see of their own models' words; `{}` for whatever is not. */
export function objectArguments(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
