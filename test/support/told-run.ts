import { defaults } from '../../src/config.ts'
import { generate } from '../../src/countersign.ts'
import { scripted } from '../../src/model/scripted.ts'
import { type Candidate, contentDigest } from '../../src/records/candidate.ts'
import type { Capability } from '../../src/records/capability.ts'
import type { Digest } from '../../src/records/digest.ts'
import { textsOf } from '../../src/records/prompt.ts'
import { type RecordedRun, readRun } from '../../src/store/recorded-run.ts'
import { Store, type Ending } from '../../src/store/store.ts'
import { addingSandbox } from './adding-sandbox.ts'
import { aBudget } from './budget.ts'
import { builder, generated } from './chain-run.ts'
import { inEveryRole } from './critics.ts'
import { Folder } from './folder.ts'

type Record = (kind: string, record: unknown) => void

/** What `work` records, read back from a store. */
export async function toldRun(work: (record: Record) => unknown, ending: Ending | 'none' = { stop: 'finished' }): Promise<RecordedRun> {
  using folder = new Folder()
  const store = Store.open(folder.path)
  try {
    const recorder = store.begin({ title: 't', versions: { countersign: '0.1.0' } })
    await work((kind, record) => void recorder.add(kind, record))
    if (ending !== 'none') recorder.end(ending)
    return readRun(store, recorder.id)
  } finally {
    store.close()
  }
}

/** A run in rounds (CodeChain), whose second round puts sub-modules together. */
export async function chainRun(): Promise<RecordedRun> {
  return await toldRun(async (record) => await generated(builder, { record }))
}

const block = (...lines: string[]) => `\`\`\`python\nimport os\ndef f(x):\n${lines.map((line) => `    ${line}\n`).join('')}\`\`\``
const asked = { id: 't', language: 'python' as const, instruction: 'Write f(x: int) that adds one. f(1) == 2', entryPoint: 'f' }
const notKnown: Capability = { model: 'scripted/scripted', versions: {}, probe: 1, tier: 'none', checks: [] }

/** A run with critics (INDICT): one revision is refused, the next one stands in its parent's place. */
export async function criticRun(): Promise<RecordedRun> {
  const answers = [block('return x + 2'), block('os.listdir(".")', 'return x + 1')]
  let at = 0
  const coder = scripted({
    reply: inEveryRole({
      candidates: [block('eval(input())', 'return x + 1'), block('return x * 3')],
      safety: 'CLAIM weakness CWE-94 line 3 [F1]: what somebody typed is run\nCLAIM requirement line 4: it ought to say what x is',
      summariser: 'Use os.listdir.',
      // Of the first program the second revision is right; of the other one none.
      actor: (prompt) => (textsOf(prompt).join('\n').includes('eval(') ? (answers[Math.min(at++, 1)] ?? '') : block('return x * 4')),
    }),
  })
  const configuration = { ...defaults, strategy: 'indict', generate: { ...defaults.generate, samples: 1 } }
  return await toldRun(async (record) => {
    record('configuration', configuration)
    await generate(asked, { sandbox: addingSandbox(), configuration, models: { coder, budget: aBudget(), known: [notKnown] }, record })
  })
}

/** The same with a critic who attacked a program: one attack came through, there and in the direct answer, one did not, and one was none. */
export async function attackedRun(): Promise<RecordedRun> {
  const run = await criticRun()
  const { dialogues, scans } = run
  const [first, ...others] = dialogues
  const [turn, ...turns] = first?.turns ?? []
  const through = { id: 'T1', kind: 'execution' as const, text: 'f("{{code}}"): the text was run as code', cwe: 94, supports: true }
  const calls = [
    { id: 'T1', tool: 'attack', input: 'f("{{code}}")', outcome: 'answered' as const, result: 'it came through: the text was run as code', exhibits: [through] },
    { id: 'T2', tool: 'attack', input: 'f("{{sql}}")', outcome: 'answered' as const, result: 'it did not come through', exhibits: [] },
    { id: 'T3', tool: 'attack', input: 'nonsense', outcome: 'failed' as const, result: 'there is no call of f with plain values in it', exhibits: [] },
  ]
  const seen = (id: string) => run.screenings.find(({ ids }) => ids.includes(id))?.candidate
  const finding = scans.flatMap(({ findings }) => findings)[0]
  if (first === undefined || turn === undefined || finding === undefined) throw new Error('the run has no dialogue, or no finding')
  const observed = { ...finding, rule: 'observed/code-injection', message: 'An attack came through.', trace: [] }
  const weak = new Set(['direct', 'sample-1'].map(seen))
  return {
    ...run,
    dialogues: [{ ...first, turns: [{ ...turn, calls, tools: { offered: 'native' } }, ...turns] }, ...others],
    scans: scans.map(({ candidate, findings, coverage }) => ({ candidate, findings: weak.has(candidate) ? findings.concat(observed) : findings, coverage })),
  }
}

/** A run whose programs behave in three ways, one of them right. */
export async function plainRun(): Promise<RecordedRun> {
  const coder = scripted({ reply: inEveryRole({ candidates: [0, 1, 2, 4].map((at) => block(`name_${at} = ${at}`, `return x + ${at % 3}`)) }) })
  const configuration = { ...defaults, generate: { ...defaults.generate, samples: 3 } }
  return await toldRun(async (record) => await generate(asked, { sandbox: addingSandbox(), configuration, models: { coder, budget: aBudget(), known: [notKnown] }, record }))
}

/** A run of which no program is good enough. */
export async function abstainedRun(): Promise<RecordedRun> {
  const coder = scripted({ reply: inEveryRole({ candidates: [block('return x * 5'), block('return x * 7')] }) })
  const configuration = { ...defaults, generate: { ...defaults.generate, samples: 1 } }
  return await toldRun(async (record) => await generate(asked, { sandbox: addingSandbox(), configuration, models: { coder, budget: aBudget(), known: [notKnown] }, record }))
}

/** A run of as many programs as are asked for, made of the four of another one. */
export async function wideRun(programs: number): Promise<RecordedRun> {
  const run = await plainRun()
  const { verdict } = run
  if (verdict === undefined) throw new Error('the run has no verdict')
  const some = verdict.ranking.flatMap((score) => run.candidates.find(({ id }) => id === score.ids[0]) ?? [])
  const all = Array.from({ length: programs }, (_, at) => {
    const from = some[Math.floor((at * some.length) / programs)]!
    const candidate: Candidate = { ...from, id: `sample-${at}`, files: [{ path: 'main.py', content: `${from.files[0]?.content}# ${at}\n` }] }
    return { from: contentDigest(from), candidate, digest: contentDigest(candidate) }
  })
  const many = <T extends { candidate: Digest }>(records: readonly T[], named: (record: T, id: string) => T) =>
    all.flatMap(({ from, candidate, digest }) => {
      const record = records.find((one) => one.candidate === from)
      return record === undefined ? [] : [{ ...named(record, candidate.id), candidate: digest }]
    })
  return {
    ...run,
    candidates: all.map(({ candidate }) => candidate),
    screenings: many(run.screenings, renamed),
    scans: many(run.scans, same),
    executions: many(run.executions, same),
    verdict: {
      ...verdict,
      ranking: many(verdict.ranking, renamed),
      reasons: all.map(({ from }) => verdict.reasons[verdict.ranking.findIndex(({ candidate }) => candidate === from)] ?? ''),
      clusters: verdict.clusters.map(({ members, mass, returned }) => ({ members: all.filter(({ from }) => members.includes(from)).map(({ digest }) => digest), mass, returned })),
    },
  }
}

const same = <T>(record: T) => record
const renamed = <T extends { ids: string[] }>(record: T, id: string): T => ({ ...record, ids: [id] })

/** A run that was killed while its programs ran: it has neither a verdict nor an end. */
export async function killedRun(): Promise<RecordedRun> {
  const { candidates, task, screenings, executions, inputs } = await plainRun()
  return await toldRun((record) => {
    record('task', task)
    record('inputs', inputs)
    for (const candidate of candidates) record('candidate', candidate)
    for (const screening of screenings) record('screening', screening)
    record('execution', executions[0])
  }, 'none')
}
