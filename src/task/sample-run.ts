import type { Test } from '../records/test.ts'

const label = /^[ \t]*(?:#+[ \t]*)?(?:sample|example)?[ \t]*(input|output|stdin|stdout)(?:[ \t]*#?\d+)?[ \t]*:?[ \t]*(.*)$/i
const heading = /^[ \t]*(?:#+[ \t]*)?(?:(?:sample|example|explanation|notes?|constraints?|hints?|input format|output format)\b[^\n]*|.*:)[ \t]*$/i

interface Block {
  kind: 'input' | 'output'
  lines: string[]
}

/** Sample runs of a whole program: `Sample Input` with what it reads on standard input, `Sample Output` with what it writes. */
export function readSampleRuns(prose: string): Test[] {
  const blocks = readBlocks(prose)
  return blocks.flatMap((block, i): Test[] => {
    const output = blocks[i + 1]
    if (block.kind !== 'input' || output?.kind !== 'output') return []
    const [stdin, stdout] = [textOf(block), textOf(output)]
    return stdout === '' ? [] : [{ kind: 'stdio', source: 'public', text: `${stdin}\n->\n${stdout}`, stdin: stdin === '' ? '' : `${stdin}\n`, stdout: `${stdout}\n` }]
  })
}

function readBlocks(prose: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  for (const line of prose.split('\n')) {
    const found = label.exec(line)
    if (found !== null) {
      open = { kind: /^(?:in|stdin)/i.test(found[1]!) ? 'input' : 'output', lines: found[2] === '' ? [] : [found[2]!] }
      blocks.push(open)
    } else if (heading.test(line)) {
      open = undefined
    } else {
      open?.lines.push(line)
    }
  }
  return blocks
}

// A blank line ends a block that has begun: behind the sample the text goes on.
function textOf(block: Block): string {
  const lines = block.lines.join('\n').replace(/^\s*\n/, '').split('\n')
  const end = lines.findIndex((line, i) => i > 0 && line.trim() === '')
  const kept = (end === -1 ? lines : lines.slice(0, end)).map((line) => line.trimEnd())
  const indent = Math.min(...kept.filter((line) => line !== '').map((line) => /^\s*/.exec(line)![0].length))
  return kept.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n').trimEnd()
}
