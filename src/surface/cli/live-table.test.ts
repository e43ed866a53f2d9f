import { expect, test } from 'vitest'
import { type Cell, LiveTable } from './live-table.ts'

/** A terminal of which only this is true: lines wrap at its width, and the cursor moves as the table's few codes tell it. */
class Terminal {
  columns = 20
  rows = 10
  #lines: string[] = ['']
  #row = 0
  #column = 0

  size() {
    return { columns: this.columns, rows: this.rows }
  }

  draw(text: string): void {
    // oxlint-disable-next-line no-control-regex -- a terminal reads them
    for (const [, up, code, character] of text.matchAll(/\u001b\[(\d+)A|\u001b\[([KJ])|([\s\S])/g)) {
      if (up !== undefined) this.#row -= Number(up)
      else if (code === 'K') this.#lines[this.#row] = this.#line.slice(0, this.#column)
      else if (code === 'J') this.#lines = [...this.#lines.slice(0, this.#row), this.#line.slice(0, this.#column)]
      else this.#put(character ?? '')
    }
  }

  /** Makes it narrower; what is on it wraps. */
  narrow(columns: number): void {
    this.columns = columns
    this.#lines = this.#lines.flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [''])
    this.#row = this.#lines.length - 1
  }

  text(): string[] {
    return this.#lines.map((line) => line.trimEnd())
  }

  get #line(): string {
    return this.#lines[this.#row] ?? ''
  }

  #put(character: string): void {
    if (character === '\n') this.#lines[++this.#row] ??= ''
    if (character === '\n' || character === '\r') this.#column = 0
    else this.#lines[this.#row] = this.#line.slice(0, this.#column).padEnd(this.#column) + character + this.#line.slice(++this.#column)
  }
}

function aTable(): { terminal: Terminal; show: (...lines: string[][]) => void; table: LiveTable } {
  const terminal = new Terminal()
  const table = new LiveTable({ size: () => terminal.size(), draw: (text) => terminal.draw(text) })
  terminal.draw('before\n')
  const show = (...lines: string[][]) => {
    table.show(lines.map((line) => line.map((text): Cell => ({ text }))))
    table.flush()
  }
  return { terminal, show, table }
}

test('rows are redrawn in place, aligned, and cut at the width of the terminal', () => {
  const { terminal, show } = aTable()
  show(['a', 'running'], ['long name', 'waiting'], ['gone soon'])
  show(['a', 'passed'], ['long name', 'raised ValueError'])
  expect(terminal.text()).toEqual(['before', 'a          passed', 'long name  raised …', ''])
})

test('a terminal that became narrower keeps nothing of the frame before', () => {
  const { terminal, show } = aTable()
  show(['a', 'a long outcome'], ['b', 'another long one'])
  terminal.narrow(8)
  show(['a', 'a long outcome'], ['b', 'another long one'])
  expect(terminal.text()).toEqual(['before', 'a  a l…', 'b  ano…', ''])
})

test('more rows than the terminal has are counted', () => {
  const { terminal, show } = aTable()
  show(...Array.from({ length: 30 }, (_, index) => [`row ${index}`]))
  expect(terminal.text()).toHaveLength(1 + 9 + 1)
  expect(terminal.text().at(-2)).toBe('… and 22 more')
})

test('a cleared table leaves nothing behind', () => {
  const { terminal, show, table } = aTable()
  show(['a'], ['b'])
  table.clear()
  expect(terminal.text()).toEqual(['before', ''])
})

test('colours are put around text that is already cut', () => {
  const { terminal, table } = aTable()
  table.show([[{ text: 'x'.repeat(40), paint: (text) => `<${text.length}>` }]])
  table.flush()
  expect(terminal.text()[1]).toBe('<19>')
})
