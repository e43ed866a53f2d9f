export function fillLetter(layout: string, fields: Record<string, unknown>): string {
  return Object.entries(fields).reduce((text, [key, value]) => text.replace(`{${key}}`, String(value)), layout)
}
