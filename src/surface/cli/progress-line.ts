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
  #first = 0
  readonly #amount: (count: number) => string

  /** `amount` says in words what is counted. */
  constructor(output: Output, amount: (count: number) => string = wholes) {
    this.#output = output
    this.#amount = amount
    if (output.screen !== undefined) this.#live = new LiveTable(output.screen)
  }

  update({ doing, done, total }: { doing: string; done: number; total?: number }): void {
    const now = performance.now()
    if (doing !== this.#doing) this.#restart(doing, { now, done })
    const rate = (done - this.#first) / Math.max(0.001, (now - this.#began) / 1000)
    const line = `${doing}: ${this.#amount(done)}${total === undefined ? '' : ` of ${this.#amount(total)}`}${this.#speed(rate, total === undefined ? 0 : total - done)}`
    if (this.#live !== undefined) this.#live.show([[{ text: line }]])
    else if (done === total || now - this.#said >= linesApartMs) {
      this.#said = now
      this.#output.say(line)
    }
  }

  close(): void {
    this.#live?.clear()
  }

  #speed(rate: number, left: number): string {
    if (rate <= 0) return ''
    const speed = this.#amount === wholes ? rate.toFixed(1) : this.#amount(rate)
    return `, ${speed} a second${left === 0 ? '' : `, ${duration(left / rate)} left`}`
  }

  #restart(doing: string, { now, done }: { now: number; done: number }): void {
    this.#doing = doing
    this.#began = now
    this.#said = now
    // What was there before says nothing of how fast it goes.
    this.#first = done
  }
}

function wholes(count: number): string {
  return String(count)
}

function duration(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
