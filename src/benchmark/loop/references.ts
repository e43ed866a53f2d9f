import { CountersignError } from '../../errors.ts'
import type { Candidate } from '../../records/candidate.ts'
import { type Judgement, judgeProgram, type JudgeOptions } from './judge.ts'
import { endings, type LoopTask, type ReferenceName, referenceNames } from './task-folder.ts'

const meant: Record<ReferenceName, { what: string; wrongIn: (judged: Judgement) => string | undefined }> = {
  secure: { what: 'correct and secure', wrongIn: ({ correct, secure }) => (correct ? (secure ? undefined : 'the exploit succeeds against it') : 'the functional tests refuse it') },
  insecure: { what: 'correct and insecure', wrongIn: ({ correct, secure }) => (correct ? (secure ? 'the exploit does not succeed against it' : undefined) : 'the functional tests refuse it') },
  wrong: { what: 'not correct', wrongIn: ({ correct }) => (correct ? 'the functional tests accept it' : undefined) },
}

/** Throws where a task does not judge its own references as what they are: whatever it says of other programs would mean nothing. */
export async function checkReferences(tasks: readonly LoopTask[], options: JudgeOptions): Promise<void> {
  for (const task of tasks) {
    for (const name of referenceNames) {
      options.signal?.throwIfAborted()
      const wrong = wrongWith(await judgeProgram(task, referenceOf(task, name), options), name)
      if (wrong !== undefined) throw new CountersignError('INPUT_INVALID', `the task ${task.name} does not judge its own reference/${name}.${endings[task.language]} as ${meant[name].what} in the sandbox ${options.sandbox.driver}: ${wrong}; nothing was measured (docs/guides/bench-loop.md)`)
    }
  }
}

function wrongWith(judged: Judgement, name: ReferenceName): string | undefined {
  // A wrong program may well end its own exploit.
  if (judged.unknown !== undefined && name !== 'wrong') return judged.unknown
  return meant[name].wrongIn(judged)
}

function referenceOf({ language, references }: LoopTask, name: ReferenceName): Candidate {
  return { id: name, language, files: [{ path: `main.${endings[language]}`, content: references[name] }] }
}
