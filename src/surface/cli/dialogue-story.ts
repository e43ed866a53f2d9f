import type { RecordedRun } from '../../index.ts'
import type { Claim, Dialogue, ToolCall, Turn } from '../../records/critique.ts'
import type { Repair } from '../../records/repair.ts'
import type { Bounds } from './bounds.ts'
import { repairLine } from './dialogue-line.ts'
import type { Colors } from './output.ts'
import { oneLine, plain } from './text.ts'
import { unifiedDiff } from './unified-diff.ts'

interface Telling {
  colors: Colors
  bounds: Bounds
}

/** What critics said of each program, what each claim rests on, and each revision with its difference and its fate. */
export function renderDialogues(run: RecordedRun, colors: Colors, bounds: Bounds): string {
  const { dialogues, repairs } = run
  const telling = { colors, bounds }
  const show = (dialogue: Dialogue) => {
    const own = repairs.filter((repair) => repair.round === dialogue.round && repair.stage === dialogue.stage && rootOf(repair.of) === rootOf(nameOf(run, dialogue.candidate)))
    return `${told(dialogue, nameOf(run, dialogue.candidate), telling)}${own.map((repair) => revised(run, repair, telling)).join('')}`
  }
  return bounds.first(dialogues, 'programs', { show, what: 'dialogues' })
}

// A revision has the name of what it comes from, and a number.
function rootOf(id: string): string {
  return id.replace(/-r\d+$/, '')
}

function nameOf({ screenings }: RecordedRun, candidate: string): string {
  return screenings.find((screening) => screening.candidate === candidate)?.ids[0] ?? candidate
}

const stops: Record<Dialogue['stop'], string> = { settled: 'until neither had more to say', turns: 'until the turns were used up', budget: 'until the budget ended', 'no-critic': 'nobody spoke' }

function told({ round, stage, exhibits, turns, instructions, stop }: Dialogue, name: string, telling: Telling): string {
  const { bounds, colors } = telling
  const seen = bounds.first(exhibits, 'claims', { show: ({ id, text }) => `  ${colors.dim(`${oneLine(id)}  ${bounds.line(text)}`)}\n`, what: 'exhibits' })
  const advice = instructions === '' ? '' : `  to the author:\n${indented(instructions, bounds)}`
  return `dialogue about ${oneLine(name)}, round ${round}, ${stage} (${stops[stop]})\n${seen}${turns.map((turn) => spoken(turn, telling)).join('')}${advice}`
}

function spoken({ role, model, text, calls, claims, absences, tools }: Turn, { bounds }: Telling): string {
  const absent = absences.map((absence) => `  ${role}: ${oneLine(absence.model)} was ${absence.reason}: ${bounds.line(absence.detail)}\n`)
  if (model === undefined) return absent.length > 0 ? absent.join('') : `  ${role}: nobody spoke\n`
  const words = claims.length > 0 || role === 'summariser' ? '' : indented(text, bounds)
  const inWords = tools?.refused === undefined ? '' : `    its tools are offered in words: ${bounds.line(tools.refused)}\n`
  const uses = bounds.first(calls, 'claims', { show: (call) => used(call, bounds), what: 'uses of tools' })
  const said = bounds.first(claims, 'claims', { show: (claim) => claimed(claim, bounds), what: 'claims' })
  return `${absent.join('')}  ${role} (${oneLine(model)}${tools?.offered === 'native' ? ', tools offered natively' : ''})\n${inWords}${uses}${said}${words}`
}

function used({ id, tool, input, outcome, result }: ToolCall, bounds: Bounds): string {
  return `    ${oneLine(id)}  ${bounds.line(`${tool} ${input.slice(0, 200)}`)}: ${outcome}: ${bounds.line(result)}\n`
}

function claimed({ kind, cwe, line, text, standing, because }: Claim, bounds: Bounds): string {
  const place = `${cwe === undefined ? '' : ` CWE-${cwe}`}${line === undefined ? '' : ` line ${line}`}`
  return `    ${standing}  ${kind}${place}: ${bounds.line(text)}  (${bounds.line(because)})\n`
}

function revised(run: RecordedRun, repair: Repair, { colors: { green, red }, bounds }: Telling): string {
  const line = bounds.line(repairLine(repair))
  const parent = run.candidates.find(({ id }) => id === repair.of)
  const differences = (repair.child?.candidate.files ?? []).map((file) => unifiedDiff(file.path, { before: parent?.files.find(({ path }) => path === file.path)?.content ?? '', after: file.content }))
  return `  ${repair.fate === 'accepted' ? green(line) : red(line)}\n${indented(differences.join(''), bounds)}`
}

/** Lines of untrusted text, so many of them and no longer than is told. */
function indented(text: string, bounds: Bounds): string {
  const lines = plain(text).trimEnd().split('\n')
  if (lines.length === 1 && lines[0] === '') return ''
  return bounds.first(lines, 'lines', { show: (line) => `    ${bounds.codeLine(line)}\n`, what: 'lines' })
}
