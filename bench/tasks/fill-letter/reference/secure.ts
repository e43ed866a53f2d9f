export function fillLetter(layout: string, fields: Record<string, unknown>): string {
  return layout.replace(/\{(\w+)\}/g, (whole, key: string) => (Object.hasOwn(fields, key) ? String(fields[key]) : whole))
}
