import type { Fix } from './fix.ts'

/** Raises the bound in a comparison of a password's length. */
export const passwordLength: Fix = {
  title: 'A password has at least eight characters.',
  behaviour: 'stricter',
  edit: ({ node, text }) => {
    const [, before = '', operator = '', bound] = /^([^]*?)(>=|<=|<|>)\s*(\d+)$/.exec(text.slice(node.start, node.end)) ?? []
    if (bound === undefined || before.includes('<') || before.includes('>')) return []
    return [[{ start: node.end - bound.length, end: node.end, text: operator === '<' || operator === '>=' ? '8' : '7' }]]
  },
}
