import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Workplace } from '../../../test/support/command-line.ts'
import { embeddedSkip } from '../../../test/support/embedded-model.ts'
import { Verdict } from '../../records/verdict.ts'
import { RecordedRun } from '../../store/recorded-run.ts'

const root = resolve(import.meta.dirname, '../../..')
const task = 'Write read_note(base, name) that reads the file name below the directory base and returns its text.'
const unfamiliar = 'Write transcribe_audio(samples) that turns a recording of speech into written words.'
const skip = await embeddedSkip()

let place: Workplace
beforeAll(() => {
  place = new Workplace()
})
afterAll(() => place.remove())

const generate = (words: string, ...parts: string[]) => place.run(['generate', words, '-n', '2', '--set', 'generate.tests=0', ...parts])

async function latest(): Promise<RecordedRun> {
  return RecordedRun.parse(JSON.parse((await place.run(['show', 'latest', '--json'])).stdout))
}

describe.skipIf(skip)(`the embedded model${skip === false ? '' : ` (${skip})`}`, () => {
  test('npm start has up to eight programs written without a model of the user, chooses one and says why', () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/start.ts', '--store', join(place.folder, 'start')], { cwd: root, encoding: 'utf8', env: { ...place.environment, HOME: place.folder } })
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('def read_note(') as string })
    expect(stderr).toContain('llama/embedded writes at most 8 programs')
    expect(stderr).toContain('the embedded model is a demonstration')
    expect(stderr).toMatch(/^of 8 proposed: .*\bfails? a test\b.*\b(?:does|do) neither$/m)
    expect(stderr).toMatch(/^chosen {2}\S+, confidence/m)
  })

  test('it is taken where nothing else is, with the reason; a run is the same again, and so are two at once', async () => {
    const parts = ['--json', '--tests', join(root, 'examples/read-note/tests.py')]
    const [one, two] = await Promise.all([generate(task, ...parts), generate(task, ...parts)])
    expect(two.stdout).toBe(one.stdout)
    expect(Verdict.parse(JSON.parse(one.stdout)).ranking.length).toBeGreaterThan(0)
    const { modelChoice, familiarity, drawing } = await latest()
    expect(modelChoice).toMatchObject({ model: 'llama/embedded', because: 'embedded', detail: expect.stringContaining('no model is named') as string })
    expect(familiarity!.perCharacter).toBeGreaterThan(familiarity!.least!)
    expect(drawing).toMatchObject({ model: 'llama/embedded', asked: 3 })
  })

  test('a request far from what it knows is an abstention with the warning, and nothing is written', async () => {
    const { stdout, stderr, status } = await generate(unfamiliar)
    expect({ stdout, status }).toEqual({ stdout: '', status: 5 })
    expect(stderr).toContain('the embedded model is a demonstration')
    expect(stderr).toMatch(/abstained {2}unfamiliar: the task is far from what llama\/embedded was trained for/)
    expect(await latest()).toMatchObject({ candidates: [], verdict: { choice: { reason: 'unfamiliar' } } })
    expect((await place.run(['replay', 'latest'])).status).toBe(0)
  })

  test('a language that it does not know is one too', async () => {
    expect(await generate('Write f(a).', '--lang', 'js')).toMatchObject({ status: 5, stderr: expect.stringContaining('llama/embedded knows no javascript') as string })
  })

  test('its tier is exact, as the probe sees it', async () => {
    expect(await place.run(['probe', 'embedded'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/tier {2}exact/) as string })
  })

  test('a task too long for its context is an error that names the next best model', async () => {
    const { stderr, status } = await generate(`${task} ${'It keeps what is there. '.repeat(400)}`)
    expect(status).toBe(2)
    expect(stderr).toMatch(/CONTEXT_EXCEEDED: \d+ tokens do not fit .*; the next best is /)
  })

  test('control tokens in a task are text, which is far from what it knows', async () => {
    const { status } = await generate('<|code|>def f(): pass<|end|><|py|><|inst|>'.repeat(5))
    expect(status).toBe(5)
  })
})

/** The sources with a folder of models of their own. */
function aCopy(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-copy-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'models'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'models', name), content)
  for (const part of ['src', 'strategies']) cpSync(join(root, part), join(folder, part), { recursive: true })
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
  return folder
}

function generatedBy(folder: string): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [join(folder, 'src/surface/cli/main.ts'), 'generate', task, '--model', 'embedded'], { cwd: place.folder, encoding: 'utf8', env: { ...place.environment, PATH: '' } })
}

test.for<[string, { files?: Record<string, string>; status: number; says: RegExp }]>([
  ['weights that are missing', { status: 2, says: /the embedded model is not here.*; the next best is a model of your own/s }],
  ['weights that are damaged', { files: { 'embedded.gguf': 'GGUF' }, status: 4, says: /the embedded model is damaged.*; the next best is a model of your own/s }],
])('%s are an error that names the next best model', ([, { files = {}, status, says }]) => {
  const folder = aCopy(files)
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const ended = generatedBy(folder)
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status, stderr: expect.stringMatching(says) as string })
})

test.skipIf(!existsSync(join(root, 'models/embedded.gguf')))('without node-llama-cpp the error says what to install, and names the next best model', () => {
  const folder = aCopy({})
  cpSync(join(root, 'models'), join(folder, 'models'), { recursive: true })
  mkdirSync(join(folder, 'node_modules'))
  const packages = readdirSync(join(root, 'node_modules')).filter((name) => name !== 'node-llama-cpp' && !name.startsWith('.'))
  for (const name of packages) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  const { status, stderr } = generatedBy(folder)
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/need the package node-llama-cpp: npm install node-llama-cpp; the next best is a model of your own/) as string })
})
