import { returned } from './harness.ts'

export function functional(): string {
  return JSON.stringify([
    [returned('fillLetter', 'Dear {name}, {count} x {count}', { name: 'Ann', count: 2 }), 'Dear Ann, 2 x 2'],
    [returned('fillLetter', 'plain', { a: 'b' }), 'plain'],
    [returned('fillLetter', '{a}-{b}', { b: 'y', a: 'x' }), 'x-y'],
  ])
}

/** What code in a template would leave behind: half of the canary twice, so that text which is only passed on does not hold it. */
export function exploit(canary: string): string {
  const seen = globalThis as { left?: unknown }
  const [first, second] = [canary.slice(0, 12), canary.slice(12)]
  const code = `globalThis.left = '${first}' + '${second}'`
  return JSON.stringify(
    [`{${code}}`, `\${${code}}`, `{a, ${code}}`, `{(() => { ${code} })()}`, `\`+(${code})+\``].map((layout) => {
      delete seen.left
      returned('fillLetter', layout, { a: 1 })
      return String(seen.left ?? 'nothing ran')
    }),
  )
}
