import type { Progress } from '../../index.ts'
import type { Execution } from '../../records/execution.ts'
import type { CandidateScan } from '../../records/finding.ts'
import type { Screening } from '../../records/screening.ts'
import { labelOf, outcomeOf, rejectionOf, weaknessesOf } from './fate.ts'
import { type Cell, LiveTable } from './live-table.ts'
import type { Output } from './output.ts'

/** Candidates and how they fare: a table redrawn in place, or a line for each event where nothing can be redrawn. */
export class CandidateTable {
  readonly #output: Output
  readonly #live: LiveTable | undefined
  readonly #screenings: Screening[] = []
  readonly #scans = new Map<string, CandidateScan>()
  readonly #executions = new Map<string, Execution>()

  constructor(output: Output) {
    this.#output = output
    if (output.screen === undefined) return
    this.#live = new LiveTable(output.screen)
    process.stderr.on('resize', this.#redraw)
  }

  update(progress: Progress): void {
    if (progress.kind === 'screened') this.#screenings.push(progress.screening)
    if (progress.kind === 'scanned') this.#scans.set(progress.scan.candidate, progress.scan)
    if (progress.kind === 'executed') this.#executions.set(progress.execution.candidate, progress.execution)
    this.#redraw()
    if (this.#live === undefined) this.#say(progress)
  }

  /** Takes the table off the screen; what it showed is in the verdict's own table. */
  close(): void {
    process.stderr.off('resize', this.#redraw)
    this.#live?.clear()
  }

  #say(progress: Progress): void {
    if (progress.kind === 'screened' && rejectionOf(progress.screening) !== undefined) this.#output.say(`${labelOf(progress.screening)}: ${rejectionOf(progress.screening)}`)
    if (progress.kind === 'scanned' && progress.scan.findings.length > 0) this.#output.say(`${this.#labelOf(progress.scan)}: ${weaknessesOf(progress.scan)}`)
    if (progress.kind === 'executed') this.#output.say(`${this.#labelOf(progress.execution)}: ${outcomeOf(progress.execution)}`)
  }

  #labelOf({ candidate }: { candidate: string }): string {
    const screening = this.#screenings.find((screening) => screening.candidate === candidate)
    return screening === undefined ? candidate : labelOf(screening)
  }

  readonly #redraw = (): void => {
    const done = this.#executions.size
    const toRun = this.#screenings.filter((screening) => rejectionOf(screening) === undefined).length
    this.#live?.show([[{ text: `${this.#scans.size} of ${toRun} read for weaknesses, ${done} run` }], ...this.#screenings.map((screening) => this.#row(screening))])
  }

  #row(screening: Screening): Cell[] {
    const { green, red, yellow, dim } = this.#output.colors
    const rejected = rejectionOf(screening)
    const execution = this.#executions.get(screening.candidate)
    if (rejected !== undefined) return [{ text: labelOf(screening) }, { text: '' }, { text: rejected, paint: red }]
    const weaknesses = { text: weaknessesOf(this.#scans.get(screening.candidate)), paint: yellow }
    if (execution === undefined) return [{ text: labelOf(screening) }, weaknesses, { text: 'waiting', paint: dim }]
    const passed = execution.tests.every((outcome) => outcome === 'passed')
    return [{ text: labelOf(screening) }, weaknesses, { text: outcomeOf(execution), paint: execution.outcome !== 'completed' ? red : passed ? green : yellow }]
  }
}
