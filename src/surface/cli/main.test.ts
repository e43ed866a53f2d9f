import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ended, Workplace, ended } from '../../../test/support/command-line.ts'

let place: Workplace

beforeAll(() => {
  place = new Workplace()
})

afterAll(() => place.remove())

function countersign(commandLine: string, environment: Record<string, string> = {}): Promise<Ended> {
  return place.run(commandLine.split(' '), { environment })
}

/** What is said of a command line that is refused with exit code 2 and nothing on standard output. */
async function refused(commandLine: string): Promise<string> {
  const { stdout, stderr, status } = await countersign(commandLine)
  return status === 2 && stdout === '' ? stderr : `exit code ${status}: ${stdout}`
}

test('config prints what is in force and where it came from', async () => {
  const [text, json] = await Promise.all([
    countersign('config --seed 4', { COUNTERSIGN_INPUTS_COUNT: '5' }),
    countersign('config --json --set sandbox.limits.cpuMs=7'),
  ])
  expect(text.status).toBe(0)
  expect(text.stdout).toMatch(/^seed +4 +--seed$/m)
  expect(text.stdout).toMatch(/^inputs\.count +5 +COUNTERSIGN_INPUTS_COUNT$/m)
  expect(text.stdout).toMatch(/^sandbox\.driver +auto +default$/m)
  expect(JSON.parse(json.stdout)).toMatchObject({
    'sandbox.limits.cpuMs': { value: 7, from: 'flag', name: '--set sandbox.limits.cpuMs' },
    seed: { value: 1, from: 'default' },
  })
})

test('a wrong setting is a clear message and exit code 2, and --debug shows where it came from', async () => {
  const path = place.write('wrong.json', '{"sede": 1}')
  const [short, long] = await Promise.all([refused(`config --config ${path}`), refused(`config --config ${path} --debug`)])
  expect(short).toBe(`countersign: CONFIGURATION_INVALID: ${place.folder}/${path}: there is no setting sede; did you mean seed?\n`)
  expect(long).toMatch(/^ +at /m)
})

test('an unknown command or option is exit code 2 with the nearest suggested', async () => {
  const said = await Promise.all(['confg', 'config --sed 1'].map(refused))
  expect(said).toEqual([expect.stringContaining('Did you mean config?'), expect.stringContaining('--seed')])
})

test('every command shows its help with examples', async () => {
  const help = await countersign('--help')
  expect(help).toMatchObject({ status: 0, stderr: '' })
  const names = [...help.stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map((match) => match[1] ?? '')
  expect(names).toEqual(['generate', 'select', 'scan', 'strategies', 'bench', 'runs', 'show', 'replay', 'export', 'probe', 'models', 'modules', 'doctor', 'config'])
  await Promise.all(
    names.map(async (name) => {
      expect(await countersign(`${name} --help`)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining(`Examples:\n  countersign ${name}`) })
    }),
  )
})

test('an empty store lists no runs, and one that cannot be used is exit code 3', async () => {
  const [text, json, broken] = await Promise.all(['runs', 'runs --json', 'runs --store /dev/null/store'].map((line) => countersign(line)))
  expect(text).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('no runs yet') })
  expect(json?.stdout).toBe('[]\n')
  expect(broken).toMatchObject({ status: 3, stderr: expect.stringContaining('STORE_UNAVAILABLE') })
})

test('what is wrong with a task, a candidate or a language is said before anything runs', async () => {
  place.write('empty.md', ' \n')
  place.write('a.py', 'pass')
  const table = {
    'select --task empty.md a.py': 'INPUT_INVALID: the task is empty',
    'select --task absent.md a.py': 'there is no file absent.md',
    'select --task empty.md absent.py': 'absent.py cannot be read',
    'select --task empty.md --lang cobol a.py': 'LANGUAGE_UNSUPPORTED: cobol',
    'select a.py': "required option '--task",
    'select --task a.py --strategy hybird a.py': 'there is no strategy "hybird"; did you mean hybrid?',
    'bench pool.jsonl --verdicts pool.jsonl --strategy first,hybird': 'there is no strategy',
    'generate add --model openai:m': 'set OPENAI_API_KEY in the environment',
    'generate add --replay absent.jsonl': 'the recording absent.jsonl cannot be read',
    'generate absent.md --replay absent.jsonl': 'there is no file absent.md',
    'show latest': 'RUN_NOT_FOUND',
    'replay latest': 'RUN_NOT_FOUND',
    'export latest --format dpo': 'RUN_NOT_FOUND',
    'export --format dpo': 'name a run, or give --all',
    'export latest --all --format dpo': 'a run or --all, not both',
    'export latest': "required option '--format",
    'bench pool.jsonl': 'name the file that says how the candidates did',
    'bench loop --tasks absent --model embedded': 'the folder of tasks absent cannot be read',
    'bench loop --tasks . --model embedded --seeds 0': 'whole number above 0',
    'bench loop --tasks . --model embedded --strategy hybird': 'there is no strategy',
    'bench loop --model embedded': "required option '--tasks",
    'export latest --format csv': 'Allowed choices are dpo, sft',
  }
  const said = await Promise.all(Object.keys(table).map(refused))
  expect(said).toEqual(Object.values(table).map((part) => expect.stringContaining(part) as unknown))
})

test('a broken pool is named by its line, and an absent verdict file before anything runs', async () => {
  const line = '{"task": {"id": "t", "language": "python", "instruction": "x"}, "candidates": [{"code": ""}]}\n'
  place.write('broken.jsonl', `${line}{"task"\n`)
  place.write('pool.jsonl', line)
  const table = {
    'bench broken.jsonl --verdicts pool.jsonl': 'line 2 is not JSON',
    'bench pool.jsonl --verdicts absent.jsonl': 'there is no file absent.jsonl',
    'bench pool.jsonl --verdicts pool.jsonl --limit 0': 'whole number above 0',
  }
  const said = await Promise.all(Object.keys(table).map(refused))
  expect(said).toEqual(Object.values(table).map((part) => expect.stringContaining(part) as unknown))
})

test('a reader that goes away early is no error', async () => {
  const child = place.start(['config', '--json'])
  child.stdout?.destroy()
  expect(await ended(child)).toMatchObject({ status: 0, stderr: '' })
})
