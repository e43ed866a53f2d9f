import type { Ledger, Model, Progress } from '../../index.ts'
import type { ModelChoice } from '../../records/model-choice.ts'
import type { Drawing, TestWriting } from '../../records/drawing.ts'
import type { Language } from '../../records/language.ts'
import { CandidateTable } from './candidate-table.ts'
import { dialogueLine, repairLine } from './dialogue-line.ts'
import { differenceLine } from './difference-line.ts'
import { labelOf } from './fate.ts'
import { LiveTable } from './live-table.ts'
import type { Output } from './output.ts'
import { endLine, offerLine } from './round-line.ts'
import { shortSpend } from './spend.ts'
import { lookLine } from './look-line.ts'
import { oneLine } from './text.ts'

interface StoryOptions {
  ledger: Ledger
  /** Answers that programs are taken from; 0 where the programs are there already. */
  answers: number
  /** They are drawn in batches, and fewer where what was seen is settled before. */
  isAdaptive: boolean
  language: Language
}

/** Tells a run with models: a line that is redrawn while they write, a line for what came of each step, and the candidates' table. */
export class ModelStory {
  readonly #output: Output
  readonly #options: StoryOptions
  readonly #live: LiveTable | undefined
  readonly #characters = new Map<number, number>()
  readonly #redactions = new Set<string>()
  readonly #labels = new Map<string, string>()
  #table: CandidateTable | undefined
  #answers = 0
  #doing = ''

  constructor(output: Output, options: StoryOptions) {
    this.#output = output
    this.#options = options
    if (output.screen !== undefined) this.#live = new LiveTable(output.screen)
  }

  begin(run: string, { coder, reviewer, choice }: { coder: Model; reviewer?: Model; choice: ModelChoice }): void {
    const { answers, isAdaptive } = this.#options
    const writes = answers === 0 ? [] : [`${nameOf(coder)} writes ${isAdaptive ? 'at most ' : ''}${answers === 1 ? '1 program' : `${answers} programs`}`]
    const scores = answers === 0 || reviewer !== undefined ? [`${nameOf(reviewer ?? coder)} scores`] : []
    this.#output.say(`run ${run}: ${[...writes, ...scores].join(', ')}`)
    this.#output.say(`model  ${oneLine(`${choice.model}: ${choice.detail}`)}`)
    if (coder.domain !== undefined) this.#output.say(`${this.#output.colors.yellow('note')}  ${oneLine(coder.domain.notice)}`)
    if (answers === 0) return
    this.#doing = 'writing'
    this.#show()
  }

  /** A piece of an answer. */
  hear(index: number, text: string): void {
    this.#characters.set(index, (this.#characters.get(index) ?? 0) + text.length)
    this.#show()
  }

  /** What is kept from the models, once each kind. */
  redacted(kinds: readonly string[]): void {
    const fresh = kinds.filter((kind) => !this.#redactions.has(kind))
    for (const kind of fresh) this.#redactions.add(kind)
    if (fresh.length > 0) this.#say(`${this.#output.colors.yellow('kept back')}  what looks like a secret (${fresh.join(', ')}) is not shown to the model`)
  }

  update(progress: Progress): void {
    switch (progress.kind) {
      case 'read':
        if (progress.shown.length > 0) this.#say(`shown to the model: ${oneLine(progress.shown.join(', '))}`)
        for (const { text, reason } of progress.unread) this.#say(`${this.#output.colors.yellow('not read')}  ${oneLine(text)} (${reason})`)
        break
      case 'sampled':
        this.#answers += 1
        this.#show()
        break
      case 'drawn':
        this.#drawn(progress.drawing, { round: progress.round, programs: progress.candidates.length })
        break
      case 'looked':
        this.#doing = progress.look.kind === 'settled' ? 'reading and running programs' : 'writing'
        this.#say(lookLine(progress.look))
        break
      case 'tests-written':
        this.#say(testsLine(progress.writing))
        break
      case 'modules-chosen':
        this.#say(offerLine(progress.number, progress.offer, progress.names))
        this.#answers = 0
        this.#characters.clear()
        this.#doing = 'writing'
        this.#show()
        break
      case 'round-ended':
        this.#say(`round ${progress.round.number}: ${progress.round.kind === 'codechain' && progress.round.gained ? 'the best program is one of these' : 'no better program'}`)
        break
      case 'rounds-ended':
        this.#say(endLine(progress.end))
        break
      case 'discussed':
        this.#doing = 'revising'
        this.#say(dialogueLine(progress.dialogue, progress.id))
        break
      case 'repaired':
        this.#say(repairLine(progress.repair))
        break
      case 'distinguished':
        this.#say(differenceLine(progress.distinction, { language: this.#options.language, labels: this.#labels }))
        break
      case 'probed':
        this.#doing = 'asking how likely the best are'
        this.#say(`how likely the best are: tier ${progress.capability.tier}, from ${oneLine(progress.capability.model)}`)
        break
      case 'scored':
        this.#show()
        break
      default:
        this.#tabled(progress)
    }
  }

  close(): void {
    this.#live?.clear()
    this.#table?.close()
  }

  #drawn({ asked, unusable, failures }: Drawing, { round, programs }: { round: number; programs: number }): void {
    for (const { index, reason, detail } of unusable) this.#say(`answer ${index}: no program (${reason}): ${oneLine(detail)}`)
    for (const { index, code, message } of failures) this.#say(`answer ${index}: ${code}: ${oneLine(message)}`)
    this.#say(`${asked === 1 ? '1 answer' : `${asked} answers`} asked for, ${programs === 1 ? '1 program' : `${programs} programs`} (${shortSpend(this.#options.ledger.spend)})`)
    this.#doing = round === 1 ? 'writing tests' : 'reading and running programs'
    this.#show()
  }

  /** From the first screening to the last execution the table says it all. */
  #tabled(progress: Progress): void {
    if (progress.kind === 'judged') return this.close()
    if (progress.kind === 'screened') this.#labels.set(progress.screening.candidate, labelOf(progress.screening))
    if (this.#table === undefined) {
      this.#live?.clear()
      this.#table = new CandidateTable(this.#output)
    }
    this.#table.update(progress)
  }

  #say(line: string): void {
    this.#live?.clear()
    this.#table?.close()
    this.#output.say(line)
    this.#show()
  }

  #show(): void {
    if (this.#doing === '') return
    const heard = [...this.#characters.values()].reduce((sum, count) => sum + count, 0)
    const answers = this.#doing === 'writing' ? `: ${this.#answers} of ${this.#options.answers} answers, ${heard} characters` : ''
    this.#live?.show([[{ text: `${this.#doing}${answers}; ${shortSpend(this.#options.ledger.spend)}` }]])
  }
}

function nameOf({ driver, name }: Model): string {
  return oneLine(`${driver}/${name}`)
}

function testsLine({ asked, tests, unread, failures }: TestWriting): string {
  const missing = failures.length === 0 ? '' : `, ${failures.length} answers could not be had (${oneLine(failures[0]!.code)})`
  return `${asked} answers with tests asked for, ${tests} assertions${unread.length === 0 ? '' : `, ${unread.length} more that cannot be read`}${missing}`
}
