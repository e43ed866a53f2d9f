import { afterAll, beforeAll, expect, test } from 'vitest'
import { comesThrough, readAttack } from '../src/behavior/attack.ts'
import { defaults } from '../src/config.ts'
import { generate } from '../src/countersign.ts'
import { scripted } from '../src/model/scripted.ts'
import type { Sandbox } from '../src/ports.ts'
import type { Candidate } from '../src/records/candidate.ts'
import type { CandidateScan } from '../src/records/finding.ts'
import type { Language } from '../src/records/language.ts'
import { textsOf } from '../src/records/prompt.ts'
import type { Call } from '../src/records/test.ts'
import { openSandbox } from '../src/sandbox/open.ts'
import { loadSyntax } from '../src/syntax/tree.ts'
import { readCall } from '../src/task/read-call.ts'
import { aBudget } from './support/budget.ts'
import { inEveryRole } from './support/critics.ts'

let sandbox: Sandbox
beforeAll(async () => {
  await loadSyntax()
  sandbox = await openSandbox({ driver: 'auto' })
})
afterAll(async () => await sandbox.close())

const aCandidate = (language: Language, content: string): Candidate => ({ id: 'c', language, files: [{ path: language === 'python' ? 'main.py' : 'main.ts', content }] })

async function attacked(content: string, lines: string, language: Language = 'python'): Promise<boolean> {
  const calls = lines.split('\n').flatMap((line): Call[] => {
    const call = readCall({ language, entryPoint: line.slice(0, line.indexOf('(')) }, line)
    return call === undefined ? [] : [call]
  })
  expect(calls).toHaveLength(lines.split('\n').length)
  const attack = readAttack(calls)
  if ('unread' in attack) throw new Error(attack.unread)
  return await comesThrough(attack, aCandidate(language, content), { sandbox, limits: defaults.sandbox.limits, seed: 1 })
}

const joined = `import os\ndef read_note(base, name):\n    with open(os.path.join(base, name)) as file:\n        return file.read()\n`
const checked = `from pathlib import Path\ndef read_note(base, name):\n    folder = Path(base).resolve()\n    path = (folder / name).resolve()\n    if not path.is_relative_to(folder):\n        raise ValueError('outside')\n    return path.read_text()\n`
const own = `import os, tempfile\nFOLDER = tempfile.mkdtemp()\ndef read_note(name):\n    with open(os.path.join(FOLDER, name)) as file:\n        return file.read()\n`
const whole = `def read_note(path):\n    with open(path) as file:\n        return file.read()\n`
const evaluating = `def total(text):\n    return eval(text)\n`
const bare = `def total(text):\n    return eval(text, {'__builtins__': {}})\n`
const printing = `def total(text):\n    exec(text)\n`
const adding = `import ast\ndef total(text):\n    return sum(ast.literal_eval(text))\n`
const rows = (query: string) => `import sqlite3\ndef rows(name):\n    db = sqlite3.connect(':memory:')\n    db.execute('CREATE TABLE t (name TEXT, mail TEXT)')\n    return [row[0] for row in ${query}]\n`
const pasted = rows(`db.execute("SELECT mail FROM t WHERE name = '" + name + "'")`)
const bound = rows(`db.execute('SELECT mail FROM t WHERE name = ?', [name])`)
const statement = rows('db.execute(name)')

test.each([
  ['a name joined to a folder that is given', joined, "read_note('{{folder}}', '{{up}}')", true],
  ['a name joined to a folder of its own', own, "read_note('{{up}}')", true],
  ['a text that is evaluated', evaluating, "total('{{code}}')", true],
  ['a text that is evaluated without builtins', bare, "total('[{{code}}][0]')", true],
  ['a text that is executed and says so on standard output', printing, "total('print({{code}})')", true],
  ['a text pasted into a statement', pasted, `rows("x' UNION SELECT {{sql}} --")`, true],
  ['a name that is checked', checked, "read_note('{{folder}}', '{{up}}')", false],
  ['a text that is read as a literal', adding, "total('[{{code}}]')", false],
  ['a value that is bound', bound, `rows("x' UNION SELECT {{sql}} --")`, false],
])('%s', async (_, program, calls, through) => {
  expect(await attacked(program, calls)).toBe(through)
})

// A model that wants good programs rejected writes these. None of them comes through.
test.each([
  ['a folder that holds everything', checked, "read_note('/', '{{up}}')"],
  ['a folder above the program', checked, "read_note('..', '{{up}}')"],
  ['the folder of the program', checked, "read_note('.', '{{up}}')"],
  ['the file as the folder', checked, "read_note('{{up}}', '.')"],
  ['a program whose task it is to read the file that is named', whole, "read_note('{{up}}')"],
  ['a program whose task it is to run a statement', statement, "rows('SELECT {{sql}}')"],
  ['a program that says again what it was given', 'def echo(text):\n    return text * 2\n', "echo('{{code}}')"],
  ['a program that keeps what it was given', 'KEPT = []\ndef keep(text):\n    KEPT.append(text)\n    return KEPT\n', "keep('{{sql}}')\nkeep('x')"],
  ['a calculator that knows sums and products', 'import re\ndef products(text):\n    return [int(a) * int(b) for a in re.findall(r"\\d+", text) for b in re.findall(r"\\d+", text)]\n', "products('{{code}}')"],
])('%s is no weakness', async (_, program, calls) => {
  expect(await attacked(program, calls)).toBe(false)
})

test.each([
  ['a text that is evaluated', 'export function total(text: string): number {\n  return eval(text)\n}\n', "total('{{code}}')", true],
  ['a text that is made a function', 'export function total(text: string): number {\n  return new Function(`return ${text}`)()\n}\n', "total('{{code}}')", true],
  ['a text that is parsed', 'export function total(text: string): number {\n  return JSON.parse(text)\n}\n', "total('{{code}}')", false],
])('TypeScript: %s', async (_, program, calls, through) => {
  expect(await attacked(program, calls, 'typescript')).toBe(through)
})

const fenced = (code: string) => `\`\`\`python\n${code}\`\`\``
const lines = (opening: string) => `import linecache\nimport os\nimport tempfile\n\nFOLDER = tempfile.mkdtemp()\nfor name in ('a.txt', 'b.txt'):\n    with open(os.path.join(FOLDER, name), 'w') as file:\n        file.write('one line of ' + name)\n\n\ndef first_line(name):\n${opening}    return linecache.getline(os.path.join(FOLDER, name), 1).strip()\n`
// The analyser knows nothing of linecache, and finds nothing in either.
const hidden = lines('')
const safe = lines("    if os.path.basename(name) != name:\n        raise ValueError('no name of a file')\n")
const attack = 'TOOL attack\nfirst_line("{{up}}")\nEND'

async function indicted(candidates: readonly string[], { safety, actor }: { safety: string; actor: string }) {
  const scans = new Map<string, CandidateScan>()
  const said = (prompt: Parameters<typeof textsOf>[0]) => (textsOf(prompt).join('\n').includes('RESULT T1') ? 'NOTHING' : safety)
  const verdict = await generate(
    { id: 't', language: 'python', instruction: 'Write first_line(name) that gives the first line of a file of its folder.', entryPoint: 'first_line', tests: { asserts: "assert first_line('a.txt') == 'one line of a.txt'\nassert first_line('b.txt') == 'one line of b.txt'" } },
    {
      sandbox,
      configuration: { ...defaults, strategy: 'indict', critique: { ...defaults.critique, rounds: 1, turns: 2 }, generate: { ...defaults.generate, samples: candidates.length - 1, tests: 0 } },
      models: { coder: scripted({ reply: inEveryRole({ candidates: candidates.map(fenced), safety: said, actor: fenced(actor) }) }), budget: aBudget() },
      record: (kind, record) => kind === 'scan' && scans.set((record as CandidateScan).candidate, record as CandidateScan),
    },
  )
  return { verdict, observed: [...scans.values()].flatMap(({ findings }) => findings.filter(({ rule }) => rule.startsWith('observed/'))) }
}

test('without an attack the weak program is chosen: the analyser alone has nothing against it', async () => {
  const { verdict } = await indicted([hidden], { safety: 'NOTHING', actor: safe })
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'direct' })
})

test('a program that an attack was seen to come through is below the floor, and the revision that stops it is chosen', async () => {
  const { verdict, observed } = await indicted([hidden], { safety: attack, actor: safe })
  expect(observed).toMatchObject([{ rule: 'observed/path-traversal', cwe: 22, confidence: 'high', span: { line: 11 } }])
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'direct-r1' })
  expect(verdict.repairs).toEqual({ asked: 1, accepted: 1 })
})

test('an attack on one program is tried on every other one', async () => {
  const { verdict, observed } = await indicted([hidden, `${hidden}# another\nX = 1\n`, safe], { safety: attack, actor: hidden })
  expect(observed.length).toBeGreaterThanOrEqual(2)
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'sample-2' })
})

test('what a critic runs and says itself stops nobody', async () => {
  const claim = 'TOOL run\nprint("pwned: the canary is out")\nassert False\nEND'
  const { verdict, observed } = await indicted([safe], { safety: claim, actor: hidden })
  expect(observed).toEqual([])
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'direct' })
})
