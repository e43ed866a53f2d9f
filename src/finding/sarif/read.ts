import { digestRecord } from '../../records/canonical-json.ts'
import type { Finding, TraceStep } from '../../records/finding.ts'
import { oneLine } from '../../records/plain.ts'
import type { ScanUnknown, SuppressedFinding } from '../../records/scan-report.ts'
import { toolNamed } from '../tool-name.ts'
import type { ForeignScan } from './foreign.ts'
import { messageTold } from './message.ts'
import { type Place, placeOf, type Workspace } from './place.ts'
import { messageOf, ruleOf } from './rule-of.ts'
import { type SarifLocation, SarifLog, SarifResult, SarifRun } from './shape.ts'
import { FileText } from './text-of-file.ts'
import { weaknessOf } from './weakness.ts'
import { weightOf } from './weight.ts'

/** More results of one file are not read, and said to be unread. */
export const mostRead = 25_000
const mostSteps = 30
/** Texts held at once; tools tell their results file by file. */
const mostKept = 100
const secretWeaknesses = new Set([259, 321, 798])

/** Reads a SARIF 2.1.0 log that any tool wrote; `undefined` when it is none. `name` is what people know it by. */
export async function readSarif(text: string, workspace: Workspace, name: string): Promise<ForeignScan | undefined> {
  const log = SarifLog.safeParse(parsed(text))
  if (!log.success) return undefined
  const reading = new Reading(workspace, name)
  if (log.data.runs.length === 0) reading.addUnknown('it holds no run of a tool')
  for (const run of log.data.runs) await reading.addRun(run)
  return reading.end()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

type Shortcoming = 'outside' | 'absent' | 'none' | 'broken' | 'beyond'
const shortcomings: Record<Shortcoming, string> = {
  outside: 'name places outside of the workspace and were refused',
  absent: 'name files that are not in the workspace',
  none: 'name no place in a file',
  broken: 'have a form that cannot be read',
  beyond: `were not read: there are more than ${mostRead}`,
}

/** One log on its way to findings. */
class Reading {
  readonly #workspace: Workspace
  readonly #name: string
  readonly #findings: Finding[] = []
  readonly #suppressed: SuppressedFinding[] = []
  readonly #unknown: ScanUnknown[] = []
  readonly #notes: string[] = []
  readonly #files = new Map<string, FileText>()
  readonly #ordinals = new Map<string, number>()
  readonly #lacking = new Map<Shortcoming, { count: number; example: string }>()
  #places = new Map<string, Place>()
  #read = 0

  constructor(workspace: Workspace, name: string) {
    this.#workspace = workspace
    this.#name = name
  }

  async addRun(given: unknown): Promise<void> {
    const run = SarifRun.safeParse(given)
    if (!run.success) return this.#lack('broken', 'a run without a tool')
    const called = oneLine(run.data.tool.driver.name).slice(0, 100)
    // Our own results are found again by scanning; believed twice, they would agree with themselves.
    if (called === 'Countersign') return void this.#notes.push(`${this.#name}: results of Countersign itself are not read`)
    this.#places = new Map()
    this.#addFailures(run.data, called)
    if (run.data.results === undefined) this.addUnknown(`${called} gives no results, not even an empty list of them`)
    for (const result of run.data.results ?? []) await this.#addResult(result, run.data, called)
  }

  addUnknown(detail: string): void {
    this.#unknown.push({ what: this.#name, detail })
  }

  end(): ForeignScan {
    const lacking = [...this.#lacking].map(([kind, { count, example }]) => ({
      what: this.#name,
      detail: `${count} results ${shortcomings[kind]}${example === '' ? '' : ` (${example})`}`,
    }))
    return { findings: this.#findings, suppressed: this.#suppressed, unknown: [...this.#unknown, ...lacking], notes: this.#notes }
  }

  #addFailures({ invocations = [] }: SarifRun, called: string): void {
    for (const { executionSuccessful, toolExecutionNotifications = [], toolConfigurationNotifications = [] } of invocations) {
      const errors = [...toolConfigurationNotifications, ...toolExecutionNotifications].filter(({ level }) => level === 'error')
      if (executionSuccessful !== false && errors.length === 0) continue
      const said = oneLine(errors[0]?.message?.text?.slice(0, 1000) ?? '').slice(0, 300)
      this.addUnknown(`${called} did not read everything${errors.length === 0 ? '' : ` (${errors.length} errors: ${said})`}`)
    }
  }

  async #addResult(given: unknown, run: SarifRun, called: string): Promise<void> {
    if (++this.#read > mostRead) return this.#lack('beyond')
    const parsedResult = SarifResult.safeParse(given)
    if (!parsedResult.success) return this.#lack('broken')
    const result = parsedResult.data
    if (result.kind === 'pass' || result.kind === 'notApplicable' || result.kind === 'informational' || result.baselineState === 'absent') return
    const [location] = result.locations ?? []
    const place = this.#placeOf(location, run)
    if (location === undefined || place.kind !== 'inside') return this.#lack(place.kind === 'inside' ? 'none' : place.kind, exampleOf(place))
    const finding = await this.#findingOf(result, { run, called, location, path: place.path })
    const reason = suppressionOf(result, called)
    if (reason === undefined) this.#findings.push(finding)
    else this.#suppressed.push({ finding, reason })
  }

  async #findingOf(result: SarifResult, at: { run: SarifRun; called: string; location: SarifLocation; path: string }): Promise<Finding> {
    const { run, called, location, path } = at
    const tool = toolNamed(called)
    const rule = ruleOf(result, run)
    const id = idOf(result.rule?.id ?? result.ruleId ?? rule?.id ?? 'unnamed-rule')
    const cwe = weaknessOf(result, { rule, run, tool, id })
    const isSecret = cwe !== undefined && secretWeaknesses.has(cwe)
    const span = this.#file(path).spanOf(location)
    const name = `${tool}/${id}`
    return {
      rule: name,
      ...(cwe !== undefined && { cwe }),
      tool: called === '' ? tool : called,
      ...weightOf(result, { rule, tool, cwe }),
      message: await messageTold(messageOf(result, rule) ?? '', result, isSecret),
      path,
      span,
      trace: isSecret ? [] : this.#traceOf(result, run),
      // The line of a secret holds the secret: a digest of it would tell it to whoever tries them all.
      fingerprint: this.#fingerprintOf(path, { rule: name, sink: isSecret ? '' : this.#file(path).lines(span) }),
    }
  }

  #traceOf({ codeFlows }: SarifResult, run: SarifRun): TraceStep[] {
    const locations = (codeFlows?.[0]?.threadFlows?.[0]?.locations ?? []).flatMap((step) => step.location ?? [])
    // The last step is where it ends: the place of the finding itself.
    return locations.slice(0, -1).slice(0, mostSteps).flatMap((location) => {
      const place = this.#placeOf(location, run)
      if (place.kind !== 'inside') return []
      return [{ path: place.path, span: this.#file(place.path).spanOf(location), note: oneLine(location.message?.text?.slice(0, 1000) ?? '').slice(0, 200) || 'from here' }]
    })
  }

  /** Results in one file are many, and each look at the disk is slow. */
  #placeOf(location: SarifLocation | undefined, run: SarifRun): Place {
    const key = JSON.stringify(location?.physicalLocation?.artifactLocation ?? null)
    const place = this.#places.get(key) ?? placeOf(location, run, this.#workspace)
    this.#places.set(key, place)
    return place
  }

  #fingerprintOf(path: string, identity: { rule: string; sink: string }): Finding['fingerprint'] {
    const key = JSON.stringify([path, identity])
    const ordinal = this.#ordinals.get(key) ?? 0
    this.#ordinals.set(key, ordinal + 1)
    return digestRecord({ ...identity, ordinal })
  }

  #file(path: string): FileText {
    const file = this.#files.get(path) ?? new FileText(this.#workspace.root, path)
    if (this.#files.size > mostKept) this.#files.clear()
    this.#files.set(path, file)
    return file
  }

  #lack(kind: Shortcoming, example = ''): void {
    const known = this.#lacking.get(kind)
    this.#lacking.set(kind, { count: (known?.count ?? 0) + 1, example: known?.example ?? example })
  }
}

function exampleOf(place: Place): string {
  return 'uri' in place ? oneLine(place.uri.slice(0, 400)).slice(0, 200) : ''
}

/** As it may stand in a comment that suppresses it. */
function idOf(id: string): string {
  return oneLine(id).replaceAll(/[\s,:]+/g, '-').slice(0, 200) || 'unnamed-rule'
}

// SARIF 2.1.0, 3.27.23: suppressed is what has suppressions and none of them refused or still to be decided.
function suppressionOf({ suppressions = [] }: SarifResult, called: string): string | undefined {
  const accepted = suppressions.filter(({ status = 'accepted' }) => status === 'accepted')
  if (suppressions.length === 0 || accepted.length < suppressions.length) return undefined
  const [said] = accepted.flatMap(({ justification }) => (justification === undefined ? [] : [oneLine(justification.slice(0, 1000)).slice(0, 300)]))
  return said === undefined || said === '' ? `${called} was told to pass it over, without a reason` : said
}
