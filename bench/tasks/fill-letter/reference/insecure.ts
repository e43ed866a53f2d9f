export function fillLetter(layout: string, fields: Record<string, unknown>): string {
  return layout.replace(/\{(.*?)\}/g, (_, key: string) => String(new Function(...Object.keys(fields), `return ${key}`)(...Object.values(fields))))
}
