import { type Drawn, type DrawOptions, type Proposal, sampleCandidates } from '../candidate/sample.ts'
import { samplePlanned } from '../candidate/sample-planned.ts'
import { screenCandidates } from '../candidate/screen.ts'
import { scan } from '../finding/scan.ts'
import { extractModules } from '../module/extract.ts'
import type { Model } from '../ports.ts'
import { type Candidate, type ChangedFile, contentDigest } from '../records/candidate.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import type { Drawing, TestWriting } from '../records/drawing.ts'
import type { Language } from '../records/language.ts'
import type { Plan } from '../records/plan.ts'
import type { Revision } from '../records/revision.ts'
import type { Task } from '../records/task.ts'
import { readTaskFor } from '../task/entry-point.ts'
import { readTask, type TaskRequest } from '../task/read-task.ts'
import { writeTests } from '../task/write-tests.ts'
import { relevantFiles } from '../task/workspace-files.ts'
import { strategyIn } from '../verdict/strategy.ts'
import { lackingBatch } from './batches.ts'
import type { ModulesOffered } from './codechain.ts'
import { calling, type Context, type WithModels } from './context.ts'

/** What a round of writing gave. */
export interface Written {
  candidates: Candidate[]
  revisions: Revision[]
  drawing: Drawing
}

/** The direct answer and the samples beside it, up to so many in all. */
export async function writeCandidates(request: TaskRequest, most: number, context: WithModels): Promise<Written> {
  const { onProgress, record } = context
  const { task, unread } = await readTask(request)
  // Once more with the tests to come: whatever happens before then, what was asked for is known.
  record?.('task', task)
  onProgress?.({ kind: 'read', task, unread, shown: shownFiles(task).map(({ path }) => path) })
  const readers = loadReaders(task.language)
  const written = await writeRound(task, context, { number: 1, first: 1, count: most - 1 })
  await readers
  record?.('drawing', written.drawing)
  return written
}

/** More samples beside those that were written before. */
export async function writeMore(task: Task, before: Written, batch: { first: number; count: number }, context: WithModels): Promise<Written> {
  try {
    return await writeRound(task, context, { number: 1, ...batch })
  } catch (error) {
    return lackingBatch(before, { ...batch, error })
  }
}

interface WriteOptions {
  number: number
  /** Index of the first sample, and how many there are; the direct answer is written beside them where it is 1. */
  first: number
  count: number
  /** The program that they are to be better than. */
  of?: Digest
  offered?: ModulesOffered['modules']
}

/** The programs of a round, or some of them: with a plan where the strategy has one, and from the sub-modules that are offered. */
export async function writeRound(task: Task, context: WithModels, { number, first, count, of, offered = [] }: WriteOptions): Promise<Written> {
  const { models, configuration, onProgress, onText } = context
  const { temperature, topP = 1, minP = 0, maxTokens } = configuration.generate
  const local = models.coder.driver === 'llama'
  const options: DrawOptions = {
    ...calling(context),
    first,
    count,
    files: shownFiles(task),
    // A model of this process reads what it wrote once more to tell how likely it was, and that is asked of it when it is wanted. Servers do not all know min-p.
    sampling: { temperature, ...(topP < 1 && { topP }), ...(local && minP > 0 && { minP }), maxTokens, seed: configuration.seed, logProbabilities: !local },
    onSample: (sample) => onProgress?.({ kind: 'sampled', sample }),
    ...(onText && { onText }),
  }
  const isPlanned = strategyIn(configuration).sampling.planned
  const drawn = isPlanned ? await samplePlanned(task, models.coder, { ...options, first, offered }) : await sampleCandidates(task, models.coder, options)
  const candidates = drawn.proposals.map(({ candidate }) => candidate)
  const drawing = drawingOf(drawn, { model: models.coder, asked: first === 1 ? count + 1 : count })
  for (const prompt of new Map(drawn.proposals.map(({ prompt }) => [digestRecord(prompt), prompt])).values()) context.record?.('prompt', prompt)
  const revisions: Revision[] = []
  for (const proposal of drawn.proposals) revisions.push(await revisionFrom(proposal, { task, number, of, offered, record: context.record }))
  onProgress?.({ kind: 'drawn', round: number, drawing, candidates })
  return { candidates, revisions, drawing }
}

interface Origin {
  record: Context['record'] | undefined
  task: Task
  number: number
  of: Digest | undefined
  offered: ModulesOffered['modules']
}

/** The record of how a program came to be, beside those of its prompt and its plan. */
async function revisionFrom({ candidate, prompt, plan }: Proposal, { task, number, of, offered, record }: Origin): Promise<Revision> {
  const planned: Plan | undefined = plan && { id: candidate.id, modules: plan }
  const own = offered.length === 0 ? [] : (await extractModules(candidate, { entryPoint: task.entryPoint })).modules
  const reused = offered.filter(({ digest }) => own.some((module) => module.digest === digest))
  const adapted = offered.filter((module) => !reused.includes(module) && own.some(({ name }) => name === module.name))
  const revision: Revision = {
    id: candidate.id,
    candidate: contentDigest(candidate),
    round: number,
    ...(of !== undefined && { of }),
    prompt: digestRecord(prompt),
    ...(planned && { plan: digestRecord(planned) }),
    ...(offered.length > 0 && { voice: 'inherited' }),
    ...(offered.length > 0 && { reused: reused.map(({ digest }) => digest), adapted: adapted.map(({ digest }) => digest) }),
  }
  if (planned !== undefined) record?.('plan', planned)
  record?.('revision', revision)
  return revision
}

const firstRead = {
  python: 'def first(values):\n    return [value for value in values if value]\n',
  javascript: 'export function first(values) {\n  return values.filter((value) => value)\n}\n',
}

/** While a model writes there is time to load what will read its programs: by the time they come it has read one. */
async function loadReaders(asked: Language): Promise<void> {
  const language = asked === 'python' ? asked : 'javascript'
  const first: Candidate = { id: 'first', language, files: [{ path: 'first', content: firstRead[language] }] }
  await screenCandidates({ id: 'first', language, instruction: '', tests: [] }, [first])
  await scan(first.files, { language })
}

function shownFiles({ workspace, language, instruction, tests }: Task): ChangedFile[] {
  if (workspace === undefined) return []
  return relevantFiles(workspace.path, { language, about: [instruction, ...tests.map(({ text }) => text)].join('\n') })
}

/** The task with the model's own tests beside those that somebody vouches for, where the strategy looks at them. */
export async function addTests(request: TaskRequest, candidates: readonly Candidate[], context: WithModels): Promise<{ task: Task; writing?: TestWriting }> {
  const { models, configuration, record, onProgress } = context
  const { task } = await readTaskFor(request, candidates)
  const { tests, maxTokens } = configuration.generate
  const count = strategyIn(configuration).evidence.agreement === 'none' || candidates.length === 0 ? 0 : tests
  const written = await writeTests(task, { ...calling(context), model: models.coder, count, seed: configuration.seed, maxTokens })
  if (written === undefined) return { task }
  const read = await readTaskFor({ ...request, generatedTests: written.assertions }, candidates)
  const writing: TestWriting = {
    ...written.writing,
    tests: read.task.tests.filter(({ source }) => source === 'generated').length,
    unread: read.unread.flatMap(({ source, text, reason }) => (source === 'generated' ? [{ text, reason }] : [])),
  }
  record?.('writing', writing)
  onProgress?.({ kind: 'tests-written', writing })
  return { task: read.task, writing }
}

function drawingOf({ prompt, proposals, unusable, failures, outlines, stop }: Drawn, { model, asked }: { model: Model; asked: number }): Drawing {
  const samples = [...proposals, ...unusable].map(({ sample }) => sample)
  return {
    model: `${model.driver}/${model.name}`,
    prompt,
    asked,
    unusable: unusable.map(({ sample: { index }, reason, detail }) => ({ index, reason, detail })),
    cutOff: proposals.flatMap(({ candidate, cutOff }) => (cutOff ? [candidate.id] : [])),
    substitutes: [...new Set(samples.flatMap(({ substituted, model }) => (substituted === true && model !== undefined ? [model] : [])))].sort(),
    failures,
    ...(outlines && { outlines }),
    stop,
  }
}
