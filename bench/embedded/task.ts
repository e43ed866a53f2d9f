import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../../scripts/embedded-model/corpus/checks.ts'
import type { EvaluationChecks, EvaluationTask } from '../../scripts/embedded-model/corpus/evaluation.ts'
import type { Split } from '../../scripts/embedded-model/corpus/names.ts'
import type { Prompt } from '../../src/records/prompt.ts'

export type { EvaluationTask, Split }

/** Tasks of one split, as the corpus generator writes them. */
export function readTasks(folder: string, split: Split): EvaluationTask[] {
  const lines = readFileSync(join(folder, `tasks-${split}.jsonl`), 'utf8').split('\n')
  return lines.filter(Boolean).map((line) => JSON.parse(line) as EvaluationTask)
}

/** The checks of a task without the imports that let each stand alone. */
export function checksIn({ tests, exploits }: EvaluationChecks): Check[] {
  return [...tests.map((code): Check => ({ kind: 'test', code: bare(code) })), ...exploits.map((code): Check => ({ kind: 'exploit', code: bare(code) }))]
}

function bare(code: string): string {
  return code.replaceAll(/^import \* as node[A-Z]\w+ from '[^']+'\n/gm, '')
}

/** `documentPrompt(task, ['inst', ...], ['code', ''])`: what a document of our own begins with. */
export function documentPrompt({ language }: Pick<EvaluationTask, 'language'>, ...sections: [tag: string, text: string][]): Prompt {
  const tag = language === 'python' ? 'py' : 'ts'
  return { kind: 'tagged', sections: [[tag, ''] as const, ...sections].map(([name, text]) => ({ tag: name, text })) }
}
