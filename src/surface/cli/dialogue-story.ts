import type { RecordedRun } from '../../index.ts'
import type { Claim, Dialogue, ToolCall, Turn } from '../../records/critique.ts'
import type { Repair } from '../../records/repair.ts'
import { repairLine } from './dialogue-line.ts'
import type { Colors } from './output.ts'
import { oneLine, plain } from './text.ts'
import { unifiedDiff } from './unified-diff.ts'

/** What critics said of each program, what each claim rests on, and each revision with its difference and its fate. */
export function renderDialogues(run: RecordedRun, colors: Colors): string {
  const { dialogues, repairs } = run
  if (dialogues.length === 0) return ''
  const parts = dialogues.map((dialogue) => {
    const own = repairs.filter((repair) => repair.round === dialogue.round && repair.stage === dialogue.stage && rootOf(repair.of) === rootOf(nameOf(run, dialogue.candidate)))
    return `${told(dialogue, nameOf(run, dialogue.candidate), colors)}${own.map((repair) => revised(run, repair, colors)).join('')}`
  })
  return `${parts.join('\n')}\n`
}

// A revision has the name of what it comes from, and a number.
function rootOf(id: string): string {
  return id.replace(/-r\d+$/, '')
}

function nameOf({ screenings }: RecordedRun, candidate: string): string {
  return screenings.find((screening) => screening.candidate === candidate)?.ids[0] ?? candidate
}

function told({ round, stage, exhibits, turns, instructions, stop }: Dialogue, name: string, { dim }: Colors): string {
  const seen = exhibits.map(({ id, text }) => `  ${dim(`${id}  ${oneLine(text)}`)}\n`)
  const advice = instructions === '' ? '' : `  to the author:\n${indented(instructions)}`
  return `dialogue about ${oneLine(name)}, round ${round}, ${stage} (${stop})\n${seen.join('')}${turns.map(spoken).join('')}${advice}`
}

function spoken({ role, model, text, calls, claims, absences, tools }: Turn): string {
  const absent = absences.map((absence) => `  ${role}: ${oneLine(absence.model)} was ${absence.reason}: ${oneLine(absence.detail)}\n`)
  if (model === undefined) return `${absent.join('')}  ${role}: nobody spoke\n`
  const words = claims.length > 0 || role === 'summariser' ? '' : indented(text.slice(0, 600))
  const inWords = tools?.refused === undefined ? '' : `    its tools are offered in words: ${oneLine(tools.refused)}\n`
  return `${absent.join('')}  ${role} (${oneLine(model)})\n${inWords}${calls.map(used).join('')}${claims.map(claimed).join('')}${words}`
}

function used({ id, tool, input, outcome, result }: ToolCall): string {
  return `    ${id}  ${oneLine(tool)} ${oneLine(input.slice(0, 200))}: ${outcome}: ${oneLine(result.slice(0, 300))}\n`
}

function claimed({ kind, cwe, line, text, standing, because }: Claim): string {
  const place = `${cwe === undefined ? '' : ` CWE-${cwe}`}${line === undefined ? '' : ` line ${line}`}`
  return `    ${standing}  ${kind}${place}: ${oneLine(text)}  (${oneLine(because)})\n`
}

function revised(run: RecordedRun, repair: Repair, { green, red }: Colors): string {
  const line = repairLine(repair)
  const parent = run.candidates.find(({ id }) => id === repair.of)
  const differences = (repair.child?.candidate.files ?? []).map((file) => unifiedDiff(file.path, { before: parent?.files.find(({ path }) => path === file.path)?.content ?? '', after: file.content }))
  return `  ${repair.fate === 'accepted' ? green(line) : red(line)}\n${indented(differences.join(''))}`
}

function indented(text: string): string {
  return text.trim() === '' ? '' : `${plain(text).trimEnd().replaceAll(/^/gm, '    ')}\n`
}
