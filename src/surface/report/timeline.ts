import type { Illegible, RecordedRun } from '../../index.ts'
import { digestRecord } from '../../records/digest.ts'
import { confinementLine } from '../cli/confinement-line.ts'
import { dialogueLine, repairLine } from '../cli/dialogue-line.ts'
import { familiarityLine } from '../cli/familiarity-line.ts'
import { lookLine } from '../cli/look-line.ts'
import { endLine } from '../cli/round-line.ts'
import { endingOf } from '../cli/runs.ts'
import { clipped, type Html, html } from './html.ts'
import { counted, seconds } from './names.ts'
import { bar, first } from './parts.ts'

/** Something that happened in a run, from what came before it to its last record. */
export interface Moment {
  what: string
  detail: string
  afterMs?: number
  tookMs?: number
}

/** Records that are part of one step of the pipeline; what models were asked and answered lies within the steps. */
const steps: Partial<Record<string, string>> = {
  familiarity: 'familiarity',
  revision: 'drawing',
  drawing: 'drawing',
  look: 'look',
  writing: 'writing',
  confinement: 'confinement',
  candidate: 'examined',
  screening: 'examined',
  scan: 'examined',
  execution: 'examined',
  clustering: 'modules',
  representative: 'modules',
  distinction: 'distinction',
  capability: 'likelihood',
  likelihood: 'likelihood',
  dialogue: 'dialogue',
  repair: 'repair',
  round: 'round',
  'rounds-end': 'rounds-end',
  verdict: 'verdict',
}
const alone = new Set(['dialogue', 'repair', 'round', 'look'])

/** What happened, in its order. Of a run of an older version times are absent. */
export function momentsOf(run: RecordedRun, illegible: readonly Illegible[] = []): Moment[] {
  const gone = new Set(illegible.map(({ digest }) => digest))
  const attacked = attackedScans(run)
  const seen = new Map<string, number>()
  const groups: { step: string; kinds: Map<string, number[]>; afterMs?: number }[] = []
  for (const { kind, digest, afterMs } of run.steps) {
    const step = kind === 'scan' && attacked.has(digest) ? 'attacked' : steps[kind]
    if (step === undefined || gone.has(digest)) continue
    const nth = seen.get(kind) ?? 0
    seen.set(kind, nth + 1)
    let last = groups.at(-1)
    // A drawing is written again with what was seen between its batches.
    if (kind === 'drawing' && nth > 0 && last?.step !== step) continue
    if (last?.step !== step || alone.has(step)) groups.push((last = { step, kinds: new Map() }))
    last.kinds.set(kind, [...(last.kinds.get(kind) ?? []), nth])
    if (afterMs !== undefined) last.afterMs = afterMs
  }
  let before = 0
  const moments: Moment[] = []
  for (const { step, kinds, afterMs } of groups) {
    const times = afterMs === undefined ? {} : { afterMs, tookMs: Math.max(0, afterMs - before) }
    before = afterMs ?? before
    moments.push({ ...told(run, step, kinds), ...times })
  }
  return [...moments, ended(run, before)]
}

/** Scans that an attack added to: they are written down when it came through. */
function attackedScans({ scans }: RecordedRun): Set<string> {
  return new Set(scans.filter(({ findings }) => findings.some(({ rule }) => rule.startsWith('observed/'))).map((scan) => digestRecord(scan)))
}

function ended(run: RecordedRun, before: number): Moment {
  const detail = run.ending?.failure ?? ''
  if (run.ended === undefined) return { what: 'No end is recorded', detail: 'it is still going on, or its process was killed' }
  const afterMs = Date.parse(run.ended) - Date.parse(run.started)
  // Where no record has a time, how long all of it took is no step's time.
  if (run.steps.every((step) => step.afterMs === undefined)) return { what: `The run is ${endingOf(run)}`, detail: detail === '' ? `it took ${seconds(afterMs)}` : detail }
  return { what: `The run is ${endingOf(run)}`, detail, afterMs, tookMs: Math.max(0, afterMs - before) }
}

function told(run: RecordedRun, step: string, kinds: ReadonlyMap<string, readonly number[]>): { what: string; detail: string } {
  const count = (kind: string) => kinds.get(kind)?.length ?? 0
  const nth = (kind: string) => kinds.get(kind)?.[0] ?? 0
  switch (step) {
    case 'familiarity':
      return { what: 'The model was asked whether it knows such tasks', detail: run.familiarity === undefined ? '' : familiarityLine(run.familiarity) }
    case 'drawing':
      return { what: 'Programs were written', detail: [run.drawing?.model, count('revision') === 0 ? undefined : counted(count('revision'), 'program')].filter((part) => part !== undefined).join(': ') }
    case 'look': {
      const look = run.looks[nth('look')]
      return { what: look?.kind === 'settled' ? 'What was seen is settled' : 'What was seen does not settle it', detail: look === undefined ? '' : lookLine(look) }
    }
    case 'attacked':
      return { what: 'An attack came through', detail: `${counted(count('scan'), 'program is', 'programs are')} below the security floor for it` }
    case 'writing':
      return { what: 'Tests were written', detail: run.writing === undefined ? '' : `${counted(run.writing.tests, 'assertion')} that can be read` }
    case 'confinement':
      return { what: 'The sandbox proved its confinement', detail: run.confinement === undefined ? '' : confinementLine(run.confinement) }
    case 'examined':
      return { what: count('candidate') === 0 ? 'Programs were read and run again' : 'Programs were read and run', detail: [...(count('candidate') === 0 ? [] : [`${count('candidate')} new`]), `${count('scan')} read for weaknesses`, `${count('execution')} run`].join(', ') }
    case 'modules':
      return { what: 'Sub-modules were chosen', detail: `${counted(count('representative'), 'representative')} for the next round` }
    case 'distinction':
      return { what: 'Ways of behaving were told apart', detail: counted(count('distinction'), 'call') }
    case 'likelihood':
      return { what: 'Models were asked how likely the best are', detail: counted(count('likelihood'), 'candidate') }
    case 'dialogue': {
      const dialogue = run.dialogues[nth('dialogue')]
      return { what: 'Critics spoke', detail: dialogue === undefined ? '' : dialogueLine(dialogue, run.screenings.find(({ candidate }) => candidate === dialogue.candidate)?.ids[0] ?? dialogue.candidate) }
    }
    case 'repair': {
      const repair = run.repairs[nth('repair')]
      return { what: repair?.fate === 'accepted' ? 'A revision was accepted' : 'A revision was refused', detail: repair === undefined ? '' : repairLine(repair) }
    }
    case 'round': {
      const round = run.rounds[nth('round')]
      return { what: `Round ${round?.number ?? '?'} ended`, detail: round?.kind !== 'codechain' ? counted(round?.candidates.length ?? 0, 'program') : `${counted(round.candidates.length, 'program')}; ${round.gained ? 'the best one is among them' : 'none is better than before'}` }
    }
    case 'rounds-end':
      return { what: 'No further round', detail: run.roundsEnd === undefined ? '' : endLine(run.roundsEnd) }
    default:
      return { what: run.verdict?.choice.kind === 'chosen' ? 'One was chosen' : 'None was chosen', detail: run.verdict === undefined ? '' : run.verdict.choice.kind === 'chosen' ? run.verdict.choice.id : run.verdict.choice.detail }
  }
}

const most = 80

export function timeline(run: RecordedRun, illegible: readonly Illegible[]): Html {
  const moments = momentsOf(run, illegible)
  const end = Math.max(1, ...moments.map(({ afterMs = 0 }) => afterMs))
  const show = ({ what, detail, afterMs, tookMs }: Moment) => {
    const text = html`<b>${what}</b>${detail === '' ? undefined : html` <span class="soft">${clipped(detail, 300)}</span>`}`
    if (afterMs === undefined || tookMs === undefined) return html`<li><span class="untimed">${text}</span></li>`
    return html`<li><time datetime="PT${(afterMs / 1000).toFixed(1)}S">${seconds(afterMs)}</time><span>${text}</span>${bar((afterMs - tookMs) / end, afterMs / end)}<span class="took"><span class="hidden">took </span>${seconds(tookMs)}</span></li>`
  }
  const { shown, left } = first(moments, most, { show, what: 'steps' })
  return html`<ol class="timeline">${shown}</ol>${left}`
}
