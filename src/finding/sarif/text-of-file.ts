import { join } from 'node:path'
import type { FindingSpan } from '../../records/finding.ts'
import { readSource } from '../workspace/read-source.ts'
import type { SarifLocation } from './shape.ts'

/** The lines of a file that results speak of; none where it is no text. */
export class FileText {
  readonly #lines: readonly string[]
  readonly #starts: readonly number[]

  constructor(root: string, path: string) {
    const source = readSource(join(root, path))
    this.#lines = source.kind === 'text' ? source.content.split('\n') : []
    let start = 0
    this.#starts = this.#lines.map((line) => {
      const own = start
      start += line.length + 1
      return own
    })
  }

  /** The place of a location. A line beyond the file's end is its last one: results may be older than the file. */
  spanOf(location: SarifLocation): FindingSpan {
    const region = location.physicalLocation?.region
    const last = Math.max(1, this.#lines.length)
    const line = Math.min(Math.max(1, region?.startLine ?? this.#lineAt(region?.charOffset ?? 0)), last)
    const endLine = Math.min(Math.max(line, region?.endLine ?? line), last)
    const column = clamp(region?.startColumn ?? 1, this.#width(line))
    const endColumn = clamp(region?.endColumn ?? this.#width(endLine), this.#width(endLine))
    const start = (this.#starts[line - 1] ?? 0) + column - 1
    const end = (this.#starts[endLine - 1] ?? 0) + endColumn - 1
    return start <= end ? { start, end, line, column, endLine, endColumn } : { start, end: start, line, column, endLine: line, endColumn: column }
  }

  /** What stands in the lines, whatever is between the words. */
  lines({ line, endLine }: FindingSpan): string {
    return this.#lines.slice(line - 1, Math.min(endLine, line + 20)).join('').replaceAll(/\s+/g, '')
  }

  #width(line: number): number {
    return (this.#lines[line - 1]?.length ?? 0) + 1
  }

  #lineAt(offset: number): number {
    const after = this.#starts.findIndex((start) => start > offset)
    return after === -1 ? this.#starts.length : after
  }
}

function clamp(column: number, width: number): number {
  return Math.min(Math.max(1, column), width)
}
