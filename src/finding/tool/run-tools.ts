import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { CountersignError } from '../../errors.ts'
import { oneLine } from '../../records/plain.ts'
import { type ForeignScan, together } from '../sarif/foreign.ts'
import { readSarif } from '../sarif/read.ts'
import { type Confinement, openConfinement } from './confine.ts'
import { type Tool, tools } from './tools.ts'

export interface ToolRequest {
  readonly names: readonly string[]
  /** Where programs are looked for, as the environment has it. */
  readonly searchPath: string
}

/** Arguments of one start; a list of files is longer than a command line may be. */
const filesAtOnce = 1000

/** Runs tools that are installed on the files of a workspace, confined. What is not installed or could not be run is unknown, and not nothing found. */
export async function runTools({ names, searchPath }: ToolRequest, { root, files }: { root: string; files: readonly string[] }): Promise<ForeignScan> {
  const wanted = [...new Set(names)].map(toolCalled)
  const confinement = await openConfinement(root)
  const scans: ForeignScan[] = []
  for (const tool of wanted) {
    const ran = await runTool(tool, { root, files, confinement, program: programCalled(tool.name, searchPath) })
    scans.push(typeof ran === 'string' ? { findings: [], suppressed: [], unknown: [{ what: tool.name, detail: ran }], notes: [] } : ran)
  }
  return together(scans)
}

function toolCalled(name: string): Tool {
  const tool = tools.find((each) => each.name === name)
  if (tool === undefined) throw new CountersignError('INPUT_INVALID', `${name} is no tool that can be run here; it can be ${tools.map((each) => each.name).join(', ')}, and any other's results can be given with --sarif`)
  return tool
}

interface Circumstances {
  readonly root: string
  readonly files: readonly string[]
  readonly confinement: Confinement | { unavailable: string }
  readonly program: string | undefined
}

/** What a tool found, or why that is not known. */
async function runTool(tool: Tool, { root, files, confinement, program }: Circumstances): Promise<ForeignScan | string> {
  if (program === undefined) return 'it is not installed'
  if ('unavailable' in confinement) return confinement.unavailable
  const prepared = tool.prepare(root)
  if ('missing' in prepared) return prepared.missing
  const read = files.filter((path) => tool.reads(path))
  const scans: ForeignScan[] = []
  for (let from = 0; from < read.length; from += filesAtOnce) {
    // A name that begins with a dash is no option.
    const told = await confinement.run(program, [...prepared.given, ...read.slice(from, from + filesAtOnce).map((path) => `./${path}`)])
    if (told.kind === 'failed') return told.reason
    const scan = await readSarif(told.stdout, { root, folder: root }, tool.name)
    if (scan === undefined) return `it wrote no SARIF; ${tool.help}${told.stderr.trim() === '' ? '' : ` (${oneLine(told.stderr.slice(-300))})`}`
    scans.push(scan)
  }
  return together(scans)
}

function programCalled(name: string, searchPath: string): string | undefined {
  return searchPath
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, name))
    .find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
