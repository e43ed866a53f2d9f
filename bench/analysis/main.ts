// Measures the analyser on the recorded data and on installed code, and writes its part of docs/benchmarks.md:
// `main.ts [--data=FOLDER] [--code=FOLDER,FOLDER] [--packages=node_modules] [--fuzz=COUNT] [--fixes] [--write]`
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe as describeFixes, measureFixes } from './fixes.ts'
import { coldStart } from './cold.ts'
import { fuzz } from './fuzz.ts'
import { type Noise, perThousand, scanFolder } from './noise.ts'
import { byCwe, counting, type PairResult, scanPairs, type Tally, tally } from './pairs.ts'
import { alarmsOnCorrect, measurePool } from './pool.ts'

const page = resolve(import.meta.dirname, '../../docs/benchmarks.md')
const begin = '<!-- analysis: written by bench/analysis/main.ts -->'
const end = '<!-- end of analysis -->'

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
const show = ({ pairs, found, falsePositives }: Tally) =>
  `${percent(found, pairs)} / ${percent(falsePositives, pairs)} (${found} and ${falsePositives} of ${pairs})`

const lines: string[] = [begin, '', '## The security analyser', '']
const say = (...text: string[]) => {
  lines.push(...text)
  console.log(text.join('\n'))
}

async function pairs(name: string, language: string): Promise<void> {
  const results = await scanPairs(name, language)
  if (results === undefined) return say(`${name}: the data is absent, nothing was measured.`, '')
  say(`${name} (${language}), recall / false positives on the fixed side:`, '', '| CWE | any tier | tier vulnerability |', '|---|---|---|')
  for (const [cwe, group] of [...byCwe(results), ['all', results] as [string, PairResult[]]]) {
    say(
      `| ${cwe} | ${Object.values(counting)
        .map((counts) => show(tally(group, counts)))
        .join(' | ')} |`,
    )
  }
  say('')
}

async function pools(): Promise<void> {
  const measured = await measurePool('seccodebench-python')
  if (measured === undefined) return say('seccodebench-python: the data is absent, nothing was measured.', '')
  say('seccodebench-python, functional and secure pass@1 without any test:', '', '| choice | pass@1 |', '|---|---|')
  for (const { strategy, passAt1 } of measured) say(`| ${strategy} | ${passAt1.toFixed(3)} |`)
  say('')
  for (const name of ['humaneval-codegen16b', 'humaneval-python-davinci002', 'humaneval-js-davinci002']) {
    const result = await alarmsOnCorrect(name)
    if (result === undefined) continue
    const high = result.alarms.filter((alarm) => alarm.includes(' high ')).length
    say(
      `${name}: ${high} findings of tier vulnerability and high confidence (${result.alarms.length} of any confidence) in ${result.programs} correct programs.`,
      '',
    )
  }
}

function speed(noise: Noise): string {
  const at = (most: number, share: number, least = 0) => {
    const times = noise.milliseconds
      .filter(({ lines }) => lines <= most && lines > least)
      .map(({ time }) => time)
      .sort((a, b) => a - b)
    return times[Math.min(times.length - 1, Math.floor(times.length * share))]?.toFixed(2) ?? '-'
  }
  return `up to 200 lines p50 ${at(200, 0.5)} ms, p99 ${at(200, 0.99)} ms; 900 to 1,100 lines p50 ${at(1100, 0.5, 900)} ms; 4,000 to 6,000 lines p50 ${at(6000, 0.5, 4000)} ms`
}

async function installed(): Promise<void> {
  for (const folder of option('code')?.split(',') ?? []) {
    const noise = await scanFolder(folder, '**/*.py')
    say(
      `Installed code, ${noise.files} files with ${noise.lines} lines (${folder.split('/').at(-1)}): ${perThousand(noise, 'vulnerability').toFixed(2)} findings of tier vulnerability and ${perThousand(noise, 'hygiene').toFixed(2)} of tier hygiene per 1,000 lines; ${noise.incomplete.length} files incomplete. ${speed(noise)}.`,
      '',
    )
  }
}

// Used everywhere, written by many hands: servers, databases, tools, and what runs in browsers.
const wellKnown = ['express', 'koa', 'fastify', 'axios', 'lodash', 'commander', 'debug', 'async', 'uuid', 'ws', 'mongoose', 'knex', 'sequelize', 'nodemailer', 'socket.io', 'winston', 'jsonwebtoken', 'yargs', 'glob', 'react-dom'] // prettier-ignore

async function packages(): Promise<void> {
  const folder = option('packages')
  const names = folder === undefined ? [] : wellKnown.filter((name) => existsSync(resolve(folder, name)))
  const all: Noise[] = []
  for (const name of names) all.push(await scanFolder(resolve(folder ?? '', name), '**/*.{js,mjs,cjs,ts,jsx,tsx}'))
  if (all.length === 0) return
  const noise: Noise = {
    files: all.reduce((sum, { files }) => sum + files, 0),
    lines: all.reduce((sum, { lines }) => sum + lines, 0),
    findings: all.flatMap(({ findings }) => findings),
    incomplete: all.flatMap(({ incomplete }) => incomplete),
    milliseconds: all.flatMap(({ milliseconds }) => milliseconds),
  }
  const sure = noise.findings.filter(({ tier, confidence }) => tier === 'vulnerability' && confidence === 'high').length
  say(
    `Packages of the npm registry (${names.join(', ')}), ${noise.files} files with ${noise.lines} lines: ${perThousand(noise, 'vulnerability').toFixed(2)} findings of tier vulnerability (${sure} of them of high confidence) and ${perThousand(noise, 'hygiene').toFixed(2)} of tier hygiene per 1,000 lines; ${noise.incomplete.length} files incomplete. ${speed(noise)}.`,
    '',
  )
}

function write(): void {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '# Benchmarks\n\n'
  const from = text.indexOf(begin)
  const before = from === -1 ? text : text.slice(0, from)
  const after = from === -1 ? '' : text.slice(text.indexOf(end) + end.length + 1)
  writeFileSync(page, `${before}${lines.join('\n')}\n${end}\n${after}`)
}

await pairs('sven-python', 'python')
await pairs('safecoder', 'python')
await pairs('cyberseceval-python', 'python')
await pairs('safecoder', 'javascript')
// Measured once, apart from the product: the plugins are none of its dependencies.
say(
  "The same pairs with ESLint 9 and its plugins security and sonarjs 3, rules for the pair's own weakness counted: 12 found, 11 reported on the fixed side, 32 not parsed.",
  '',
)
await pools()
await installed()
await packages()
const fixed = process.argv.includes('--fixes')
  ? ([
      ['sven-python', 'python'],
      ['cyberseceval-python', 'python'],
      ['safecoder', 'javascript'],
    ] as const)
  : []
for (const [name, language] of fixed) {
  const tally = await measureFixes(name, language)
  say(tally === undefined ? `${name}: the data is absent, nothing was mended.` : describeFixes(tally), '')
}
const cold = coldStart(resolve(import.meta.dirname, '../../examples/uploaded-file/candidates/04-resolved.py'), 5)
say(
  cold === undefined
    ? 'The first scan of a process was not measured: nothing is built.'
    : `As the package is shipped, quickest of five: \`countersign scan FILE\` takes ${cold.commandMs.toFixed(0)} ms from its start to its end (${cold.firstMs.toFixed(0)} ms the very first time, when Node has no compiled code of it yet); the first scan of a process by \`countersign/scan\` ${cold.milliseconds.toFixed(0)} ms, ${cold.nodeMs.toFixed(0)} of them before the first line runs; ${(cold.peakBytes / 2 ** 20).toFixed(0)} MB at its peak.`,
  '',
)
const count = Number(option('fuzz') ?? 0)
for (const language of count > 0 ? (['python', 'javascript', 'typescript'] as const) : []) {
  const { inputs, incomplete, slowestMs, mostSteps } = await fuzz(count, { seed: 1, language })
  say(
    `${inputs} broken programs of ${language}: none threw; ${incomplete} incomplete, at most ${mostSteps} steps, slowest ${slowestMs.toFixed(0)} ms.`,
    '',
  )
}
say('`node bench/analysis/main.ts --write` measures this again.', '')
if (process.argv.includes('--write')) write()
