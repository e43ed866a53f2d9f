import type { ChatHistoryItem, LlamaModel, Token } from 'node-llama-cpp'
import { CountersignError } from '../errors.ts'
import type { Message, Prompt, PromptKind } from '../records/prompt.ts'
import type { LlamaRuntime } from './llama-runtime.ts'

/** The kinds of prompt that a model file was made for, preferred one first: our own documents, messages, or plain text. */
export function promptKinds({ model }: LlamaRuntime): PromptKind[] {
  const documents = tagToken(model, 'inst') !== undefined && tagToken(model, 'code') !== undefined
  const messages = model.fileInfo.metadata.tokenizer?.chat_template !== undefined
  return [...(documents ? (['tagged'] as const) : []), ...(messages ? (['chat'] as const) : []), 'completion']
}

/** The tokens of a prompt. Text never becomes a special token: only tags and templates do. */
export function promptTokens(runtime: LlamaRuntime, prompt: Prompt): Token[] {
  const { model } = runtime
  if (!promptKinds(runtime).includes(prompt.kind))
    throw new CountersignError('INPUT_INVALID', `${runtime.name} takes no ${prompt.kind} prompt: its file has no template for it`)
  switch (prompt.kind) {
    case 'completion':
      return textTokens(model, prompt.text)
    case 'tagged':
      return [
        ...startTokens(model),
        ...prompt.sections.flatMap(({ tag, text }) => [requiredTag(model, tag), ...model.tokenize(text, false)]),
      ]
    case 'chat':
      return chatTokens(runtime, prompt.messages)
  }
}

/** The tokens of a text that stands at the beginning. */
export function textTokens(model: LlamaModel, text: string): Token[] {
  return [...startTokens(model), ...model.tokenize(text, false)]
}

function startTokens({ tokens }: LlamaModel): Token[] {
  return tokens.shouldPrependBosToken && tokens.bos !== null ? [tokens.bos] : []
}

function requiredTag(model: LlamaModel, tag: string): Token {
  const token = tagToken(model, tag)
  if (token === undefined) throw new CountersignError('INPUT_INVALID', `the model knows no tag '${tag}'`)
  return token
}

function tagToken(model: LlamaModel, tag: string): Token | undefined {
  const tokens = model.tokenize(`<|${tag}|>`, true)
  return tokens.length === 1 && model.isSpecialToken(tokens[0]) ? tokens[0] : undefined
}

function chatTokens({ module, model }: LlamaRuntime, messages: readonly Message[]): Token[] {
  const chatHistory = messages.map(({ role, content }): ChatHistoryItem =>
    role === 'assistant' ? { type: 'model', response: [content] } : { type: role === 'system' ? 'system' : 'user', text: content },
  )
  const { contextText } = module
    .resolveChatWrapper(model)
    .generateContextState({ chatHistory: [...chatHistory, { type: 'model', response: [] }] })
  return contextText.tokenize(model.tokenizer)
}
