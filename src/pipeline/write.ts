import { type Drawn, sampleCandidates } from '../candidate/sample.ts'
import { screenCandidates } from '../candidate/screen.ts'
import { scan } from '../finding/scan.ts'
import type { Model } from '../ports.ts'
import type { Candidate, ChangedFile } from '../records/candidate.ts'
import type { Drawing, TestWriting } from '../records/drawing.ts'
import type { Language } from '../records/language.ts'
import type { Task } from '../records/task.ts'
import { readTaskFor } from '../task/entry-point.ts'
import { readTask, type TaskRequest } from '../task/read-task.ts'
import { writeTests } from '../task/write-tests.ts'
import { relevantFiles } from '../task/workspace-files.ts'
import { strategyNamed } from '../verdict/strategy.ts'
import { calling, type WithModels } from './context.ts'

/** The direct answer and the samples beside it. */
export async function writeCandidates(request: TaskRequest, context: WithModels): Promise<{ candidates: Candidate[]; drawing: Drawing }> {
  const { models, configuration, onProgress, onText, record } = context
  const { task, unread } = await readTask(request)
  // Once more with the tests to come: whatever happens before then, what was asked for is known.
  record?.('task', task)
  const files = shownFiles(task)
  onProgress?.({ kind: 'read', task, unread, shown: files.map(({ path }) => path) })
  const { samples, temperature, maxTokens } = configuration.generate
  const readers = loadReaders(task.language)
  const drawn = await sampleCandidates(task, models.coder, {
    ...calling(context),
    count: samples,
    files,
    sampling: { temperature, maxTokens, seed: configuration.seed },
    onSample: (sample) => onProgress?.({ kind: 'sampled', sample }),
    ...(onText && { onText }),
  })
  await readers
  const candidates = drawn.proposals.map(({ candidate }) => candidate)
  const drawing = drawingOf(drawn, { model: models.coder, asked: samples + 1 })
  record?.('drawing', drawing)
  onProgress?.({ kind: 'drawn', drawing, candidates })
  return { candidates, drawing }
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
  const count = strategyNamed(configuration.strategy).agreement === 'none' || candidates.length === 0 ? 0 : tests
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

function drawingOf({ prompt, proposals, unusable, failures, stop }: Drawn, { model, asked }: { model: Model; asked: number }): Drawing {
  const samples = [...proposals, ...unusable].map(({ sample }) => sample)
  return {
    model: `${model.driver}/${model.name}`,
    prompt,
    asked,
    unusable: unusable.map(({ sample: { index }, reason, detail }) => ({ index, reason, detail })),
    cutOff: proposals.flatMap(({ candidate, cutOff }) => (cutOff ? [candidate.id] : [])),
    substitutes: [...new Set(samples.flatMap(({ substituted, model }) => (substituted === true && model !== undefined ? [model] : [])))].sort(),
    failures,
    stop,
  }
}
