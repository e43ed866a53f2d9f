import { CountersignError } from '../errors.ts'
import { AnswerBroken } from './http.ts'
import { truncateAtStop } from './stop.ts'

/** Tells a growing text on, but never what a stop sequence may still take back. */
export class Teller {
  text = ''
  private told = 0
  private readonly stop: readonly string[]
  private readonly onText: (text: string) => void

  constructor(stop: readonly string[], onText: (text: string) => void) {
    this.stop = stop
    this.onText = onText
  }

  hear(text: string): void {
    this.text += text
    const kept = truncateAtStop(this.text, this.stop)
    const held = kept.length < this.text.length ? 0 : Math.max(0, ...this.stop.map((sequence) => sequence.length - 1))
    this.tell(kept, kept.length - held)
  }

  end(): void {
    const kept = truncateAtStop(this.text, this.stop)
    this.tell(kept, kept.length)
  }

  /** The text broke off. What someone has heard cannot be taken back by another attempt. */
  broken(url: string): never {
    if (this.told === 0) throw new AnswerBroken('the stream ended before there was an answer')
    throw new CountersignError('MODEL_UNREACHABLE', `${url}: the stream broke off after ${this.told} characters`)
  }

  private tell(kept: string, until: number): void {
    if (until <= this.told) return
    this.onText(kept.slice(this.told, until))
    this.told = until
  }
}
