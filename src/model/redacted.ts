import type { Model } from '../ports.ts'
import { mapTexts, type Prompt, textsOf } from '../records/prompt.ts'
import type { Reply, Sample, Scored, TokenLogProbability } from '../records/sample.ts'
import { mapArguments } from '../records/tool-arguments.ts'
import { findSecrets } from './secret.ts'

export interface RedactionOptions {
  /** Secrets that are known to the letter, such as the keys in the environment. */
  values?: readonly string[]
  /** Hears of each kind of secret that was kept back, once a call. */
  onRedacted?: (kinds: readonly string[]) => void
}

/**
 * The same model, which never gets to see what looks like a secret: each is a placeholder in what is sent, and itself again in what comes
 * back. Placeholders count from one in each call, so that equal prompts stay equal.
 */
export function redactModel(model: Model, options: RedactionOptions = {}): Model {
  return {
    ...model,
    async sample(prompt, call): Promise<Reply> {
      const vault = new Vault(textsOf(prompt), options)
      if (vault.empty) return await model.sample(prompt, call)
      const { onText, ...rest } = call
      const telling = onText === undefined ? {} : { onText: vault.restoring(onText) }
      const reply = await model.sample(hidden(prompt, vault), { ...rest, ...telling })
      if (onText !== undefined) for (const { index, text } of reply.samples) vault.finish(index, { text, onText })
      return { ...reply, samples: reply.samples.map((sample) => restoredSample(sample, vault)) }
    },
    async score(prompt, continuation, call): Promise<Scored> {
      const vault = new Vault([...textsOf(prompt), continuation], options)
      if (vault.empty) return await model.score(prompt, continuation, call)
      const scored = await model.score(hidden(prompt, vault), vault.hide(continuation), call)
      return scored.kind === 'scored' ? { ...scored, tokens: vault.restoreTokens(scored.tokens) } : scored
    },
    async embed(texts, call) {
      const vault = new Vault(texts, options)
      return await model.embed(
        texts.map((text) => vault.hide(text)),
        call,
      )
    },
  }
}

/** The same record, in whose texts a placeholder stands for each thing that looks like a secret, the same one wherever it is; and whether there was any. */
export function redactRecord<Kept>(record: Kept, { values = [] }: Pick<RedactionOptions, 'values'> = {}): { record: Kept; redacted: boolean } {
  const vault = new Vault(textsIn(record), { values })
  return vault.empty ? { record, redacted: false } : { record: mapped(record, vault) as Kept, redacted: true }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function mapped(value: unknown, vault: Vault): unknown {
  if (typeof value === 'string') return vault.hide(value)
  if (Array.isArray(value)) return value.map((one) => mapped(one, vault))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapped(one, vault)]))
}

function hidden(prompt: Prompt, vault: Vault): Prompt {
  return mapTexts(prompt, (text) => vault.hide(text))
}

function restoredSample(sample: Sample, vault: Vault): Sample {
  const { text, tokens, refusal, toolUses } = sample
  return {
    ...sample,
    text: vault.restore(text),
    ...(tokens === undefined ? {} : { tokens: vault.restoreTokens(tokens) }),
    ...(refusal === undefined ? {} : { refusal: vault.restore(refusal) }),
    ...(toolUses && { toolUses: toolUses.map(({ id, name, arguments: json }) => ({ id, name, arguments: mapArguments(json, (text) => vault.restore(text)) })) }),
  }
}

/** The secrets of one call, with what stands for each. */
class Vault {
  private readonly placeholders = new Map<string, string>()
  private readonly secrets = new Map<string, string>()
  private readonly prefix: string
  private readonly values: readonly string[]
  private readonly told = new Map<number, { heard: string; told: number }>()

  constructor(texts: readonly string[], { values = [], onRedacted }: RedactionOptions) {
    this.values = values
    let prefix = 'REDACTED_'
    while (texts.some((text) => text.includes(prefix))) prefix = `X${prefix}`
    this.prefix = prefix
    const kinds = new Set<string>()
    for (const text of texts) {
      for (const { start, end, kind } of findSecrets(text, values)) {
        kinds.add(kind)
        this.placeholder(text.slice(start, end))
      }
    }
    if (kinds.size > 0) onRedacted?.([...kinds].sort())
  }

  private placeholder(secret: string): string {
    const known = this.placeholders.get(secret)
    if (known !== undefined) return known
    const fresh = `${this.prefix}${this.placeholders.size + 1}_SECRET`
    this.placeholders.set(secret, fresh)
    this.secrets.set(fresh, secret)
    return fresh
  }

  get empty(): boolean {
    return this.placeholders.size === 0
  }

  // What is a secret in one place is one in every place, whatever it looks like there.
  hide(text: string): string {
    let shown = ''
    let at = 0
    for (const { start, end } of findSecrets(text, [...this.values, ...this.placeholders.keys()])) {
      shown += text.slice(at, start) + this.placeholder(text.slice(start, end))
      at = end
    }
    return shown + text.slice(at)
  }

  restore(text: string): string {
    return text.replaceAll(this.pattern(), (placeholder) => this.secrets.get(placeholder) ?? placeholder)
  }

  /** Tokens that share a placeholder become one token that spells the secret; its value is that of them together. */
  restoreTokens(tokens: readonly TokenLogProbability[]): TokenLogProbability[] {
    const text = tokens.map(({ token }) => token).join('')
    const base = tokens[0]?.offset ?? 0
    const stretches = [...text.matchAll(this.pattern())]
      .filter((match) => this.secrets.has(match[0]))
      .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    const groups: { text: string; values: (number | null)[] }[] = []
    let at = 0
    let open = 0
    for (const { token, logProbability } of tokens) {
      const start = at
      at += token.length
      const continues = start < open
      open = Math.max(open, ...stretches.filter((stretch) => stretch.start < at && stretch.end > start).map(({ end }) => end))
      const group = continues ? groups.at(-1)! : { text: '', values: [] }
      if (!continues) groups.push(group)
      group.text += token
      group.values.push(logProbability)
    }
    let offset = base
    return groups.map((group) => {
      const token = this.restore(group.text)
      const placed = {
        token,
        offset,
        logProbability: group.values.includes(null) ? null : group.values.reduce<number>((sum, value) => sum + value!, 0),
      }
      offset += token.length
      return placed
    })
  }

  /** A listener that hears secrets again, and never half a placeholder. */
  restoring(onText: (index: number, text: string) => void): (index: number, text: string) => void {
    return (index, text) => {
      const state = this.told.get(index) ?? { heard: '', told: 0 }
      state.heard += text
      this.told.set(index, state)
      const until = state.heard.length - this.unfinished(state.heard)
      if (until > state.told) onText(index, this.restore(state.heard.slice(state.told, until)))
      state.told = Math.max(state.told, until)
    }
  }

  finish(index: number, { text, onText }: { text: string; onText: (index: number, text: string) => void }): void {
    const told = this.told.get(index)?.told ?? 0
    if (told < text.length) onText(index, this.restore(text.slice(told)))
  }

  // How much of the end may still become a placeholder.
  private unfinished(text: string): number {
    const begun = text.lastIndexOf(this.prefix)
    if (begun !== -1 && /^\d*(?:_(?:S(?:E(?:C(?:R(?:E)?)?)?)?)?)?$/.test(text.slice(begun + this.prefix.length))) return text.length - begun
    for (let length = Math.min(this.prefix.length - 1, text.length); length > 0; length--)
      if (this.prefix.startsWith(text.slice(-length))) return length
    return 0
  }

  private pattern(): RegExp {
    return new RegExp(`${this.prefix}\\d+_SECRET`, 'g')
  }
}
