import { checksOf, standalone } from './checks.ts'
import { type CorpusLanguage, type Names, namesFor, type Split } from './names.ts'
import { ask } from './phrase.ts'
import { programText } from './program.ts'
import { Random } from './random.ts'
import { revisablePair } from './revisions.ts'
import type { Shelf } from './stock.ts'

/** Checks that stand alone: code to run behind a program, that throws where it does not hold. */
export interface EvaluationChecks {
  tests: string[]
  exploits: string[]
}

/** A program with two flaws, what tells one of them and what tells the other, and what shows that the first is gone. */
export interface EvaluationRevision extends EvaluationChecks {
  instruction: string
  program: string
  finding: string
  otherFinding: string
}

/** A task that training has not seen in these words and names. */
export interface EvaluationTask extends EvaluationChecks {
  id: string
  family: string
  language: CorpusLanguage
  /** `train`: familiar sentences with names that training never saw; `held-out`: sentences that training never saw as well. */
  split: Split
  instruction: string
  entryPoint: string
  cwe?: string
  /** A sound program that training never saw, with the names of the task. */
  sound: string
  revision?: EvaluationRevision
}

export interface EvaluationOptions {
  split: Split
  count: number
  seed: number
  languages?: readonly CorpusLanguage[]
}

/** Tasks of all families in turn. `shelves` are those that training does not see, for the programs shown beside the tasks. */
export function evaluationTasks(shelves: readonly Shelf[], { split, count, seed, languages = ['python', 'typescript'] }: EvaluationOptions): EvaluationTask[] {
  const random = new Random(seed)
  const usable = random.shuffled(shelves.filter(({ byLabel, language }) => byLabel.sound.length > 0 && languages.includes(language)))
  const tasks: EvaluationTask[] = []
  for (let index = 0; tasks.length < count && usable.length > 0; index += 1) {
    const shelf = usable[index % usable.length]
    if (shelf !== undefined) tasks.push(taskOf(shelf, usable, { split, random, index }))
  }
  return tasks
}

function taskOf(shelf: Shelf, shelves: readonly Shelf[], { split, random, index }: { split: Split; random: Random; index: number }): EvaluationTask {
  const { family, language, byLabel } = shelf
  const names = namesFor(family, { language, split: 'held-out', random })
  const revision = revisionOf(shelf, shelves, { split, random })
  return {
    id: `${split}-${index + 1}-${family.name}-${language}`,
    family: family.name,
    language,
    split,
    instruction: ask(family, names, { language, split, random, careful: false }).text,
    entryPoint: names['f'] ?? '',
    ...(family.cwe !== undefined && { cwe: family.cwe }),
    sound: programText(random.pick(byLabel.sound), names),
    ...checks(shelf, names),
    ...(revision && { revision }),
  }
}

/** Of a task with a security side, beside another one. */
function revisionOf(shelf: Shelf, shelves: readonly Shelf[], { split, random }: { split: Split; random: Random }): EvaluationRevision | undefined {
  if (shelf.byLabel.weak.length === 0) return undefined
  const others = shelves.filter(({ family, language, byLabel }) => family !== shelf.family && language === shelf.language && byLabel.weak.length > 0)
  for (let attempt = 0; attempt < 8 && others.length > 0; attempt += 1) {
    const pair = revisablePair(shelf, random.pick(others), { split, random, weakShare: 1 })
    const [first, second] = pair?.revisions ?? []
    if (pair === undefined || first === undefined || second === undefined) continue
    return { instruction: pair.instruction, program: pair.program, finding: first.finding, otherFinding: second.finding, ...checks(shelf, first.names) }
  }
  return undefined
}

function checks({ family, language }: Shelf, names: Names): EvaluationChecks {
  const all = checksOf(family, language, names)
  const codes = (kind: 'test' | 'exploit') => all.filter((check) => check.kind === kind).map((check) => standalone(check, language))
  return { tests: codes('test'), exploits: codes('exploit') }
}
