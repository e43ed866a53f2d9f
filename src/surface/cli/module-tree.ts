import type { RecordedRun } from '../../index.ts'
import { type Lineage, lineageOf, type Part } from '../lineage.ts'
import type { Colors } from './output.ts'
import { roundLines } from './round-line.ts'
import { oneLine } from './text.ts'

/** From the best program of a run back to the sub-modules, clusters, programs and prompts that it comes from, as a tree. */
export function renderModules(run: RecordedRun, colors: Colors): string {
  const lineage = lineageOf(run)
  const rounds = run.verdict === undefined ? [] : roundLines(run.verdict)
  const clusterings = run.clusterings.map(({ round, embedder, modules, clusters }) => `round ${round}: ${modules.length} sub-modules by ${oneLine(embedder)} in clusters of ${clusters.map(({ members }) => members.length).join(', ')}`)
  const tree = lineage === undefined ? ['the record of this run holds no program that a model wrote'] : [colors.bold(oneLine(lineage.id)), ...branches(lineage, colors)]
  return `${[...tree, '', ...clusterings, ...rounds].join('\n').trimEnd()}\n`
}

function branches({ round, prompt, plan, parts }: Lineage, colors: Colors): string[] {
  const items: string[][] = [
    [`written in round ${round}, asked with ${short(prompt)}`],
    ...(plan.length === 0 ? [] : [[`planned: ${oneLine(plan.join(', '))}`]]),
    ...parts.map((part) => partLines(part, colors)),
  ]
  return items.flatMap((lines, at) => {
    const [corner, rest] = at === items.length - 1 ? ['└─ ', '   '] : ['├─ ', '│  ']
    return lines.map((line, i) => `${colors.dim(i === 0 ? corner : rest)}${line}`)
  })
}

function partLines({ how, name, module, place, known, from }: Part, colors: Colors): string[] {
  const paint = how === 'not used' ? colors.dim : colors.green
  const head = `${paint(how)} ${oneLine(name)} ${colors.dim(short(module))}  ${place}; ${oneLine(known)}`
  return from === undefined ? [head] : [head, `${colors.dim('└─ ')}from ${oneLine(from.id)}`, ...branches(from, colors).map((line) => `   ${line}`)]
}

function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 10)
}
