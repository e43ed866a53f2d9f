import { LiveTable } from './live-table.ts'
import type { Output } from './output.ts'

const linesApartMs = 10_000

/** How far a long piece of work has come, how fast it goes and how long it will still take: one line redrawn, or a line now and then. */
export class ProgressLine {
  readonly #output: Output
  readonly #live: LiveTable | undefined
  #doing = ''
  #began = 0
  #said = 0

  constructor(output: Output) {
    this.#output = output
    if (output.screen !== undefined) this.#live = new LiveTable(output.screen)
  }

  update({ doing, done, total }: { doing: string; done: number; total: number }): void {
    const now = performance.now()
    if (doing !== this.#doing) this.#restart(doing, now)
    const seconds = Math.max(0.001, (now - this.#began) / 1000)
    const rate = done / seconds
    const line = `${doing}: ${done} of ${total}, ${rate.toFixed(1)} a second, ${duration((total - done) / rate)} left`
    if (this.#live !== undefined) this.#live.show([[{ text: line }]])
    else if (done === total || now - this.#said >= linesApartMs) {
      this.#said = now
      this.#output.say(line)
    }
  }

  close(): void {
    this.#live?.clear()
  }

  #restart(doing: string, now: number): void {
    this.#doing = doing
    this.#began = now
    this.#said = now
  }
}

function duration(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
