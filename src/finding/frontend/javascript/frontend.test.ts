import { expect, test } from 'vitest'
import { scan } from '../../scan.ts'

/** Lines with a finding of tier `vulnerability`, of any rule. */
async function linesOf(content: string, path = 'app.js'): Promise<number[]> {
  const { findings } = await scan([{ path, content }])
  return findings.filter(({ tier }) => tier === 'vulnerability').map(({ span }) => span.line)
}

/** A handler whose third line is the first of `body`; `v` is the request's. */
const handler = (...body: string[]) =>
  `const { exec } = require('child_process')\napp.get('/', (req, res) => { const v = req.query.v\n${body.join('\n')}\n})\n`

test.each([
  ['a module of ES', "import { exec as run } from 'node:child_process'\nexport function f(v) { run('ls ' + v) }", [2]],
  ['a whole module', "import * as cp from 'child_process'\nexport const f = (v) => cp.exec('ls ' + v)", [2]],
  ['require taken apart', "const { exec: run } = require('child_process')\nexports.f = function (v) { run('ls ' + v) }", [2]],
  ['a dynamic import', "export async function f(v) { const { exec } = await import('child_process')\nexec(`ls ${v}`) }", [2]],
  ['require called at once', "module.exports = (v) => require('child_process').exec('ls ' + v)", [1]],
])('%s is resolved', async (_, code, lines) => {
  expect(await linesOf(code)).toEqual(lines)
})

test.each([
  ['destructuring with a default', ["const { a = 'x', ...rest } = req.query", 'exec(`ls ${a}`)', 'exec(`ls ${rest.b}`)'], [4, 5]],
  ['an array taken apart', ['const [, second] = ["x", v]', 'exec(`ls ${second}`)'], [4]],
  ['a property set later', ['const o = {}', 'o.a = "x"', 'o["b"] = v', 'exec(o.a)', 'exec(o.b)'], [7]],
  ['spread', ['const o = { ...req.query, b: "x" }', 'exec(`ls ${o.a}`)', 'exec(`ls ${o.b}`)'], [4]],
  ['optional chaining', ['exec(`ls ${req?.query?.["name"]}`)'], [3]],
  ['a promise', ['Promise.resolve(v).then((x) => x.trim()).then((y) => { exec(`ls ${y}`) })'], [3]],
  ['a promise made by hand', ['const p = new Promise((resolve) => { resolve(v) })', 'p.then((x) => exec(`ls ${x}`))'], [4]],
  ['callbacks of arrays', ['[v].map((x) => x + "!").forEach((y) => exec(`ls ${y}`))'], [3]],
  ['a sum', ['const all = v.split(",").reduce((sum, x) => sum + x, "")', 'exec(`ls ${all}`)'], [4]],
  ['a variable of the function around', ['let all = ""', 'v.split(",").forEach((x) => { all += x })', 'exec(`ls ${all}`)'], [5]],
  ['a row of operators', ['const c = "a" + "b" + v + "c"', 'exec(c)'], [4]],
  ['a comma', ['exec((0, `ls ${v}`))'], [3]],
  ['call and apply', ['exec.call(null, `ls ${v}`)', 'exec.apply(null, [`ls ${v}`])'], [3, 4]],
  [
    'a switch that falls through',
    ['let c', 'switch (req.query.w) { case "a": case "b": c = v; break', 'default: c = "x" }', 'exec(`ls ${c}`)'],
    [6],
  ],
  ['try and finally', ['let c = "x"', 'try { c = v; JSON.parse(v) } catch { exec(`ls ${c}`) } finally { exec(`rm ${c}`) }'], [4, 4]],
  ['a loop', ['for (const x of v.split(" ")) exec(`ls ${x}`)'], [3]],
  ['a generator', ['function* words() { yield "x"; yield v }', 'for (const w of words()) exec(`ls ${w}`)'], [4]],
  ['String.raw', ['exec(String.raw`ls ${v}`)'], [3]],
])('%s keeps what comes in', async (_, body, lines) => {
  expect(await linesOf(handler(...body))).toEqual(lines)
})

test.each([
  ['an early return', ['if (!["a", "b"].includes(v)) return', 'exec(`ls ${v}`)']],
  ['indexOf', ['if (["a", "b"].indexOf(v) === -1) return', 'exec(`ls ${v}`)']],
  ['a set', ['const ok = new Set(["a"])', 'if (!ok.has(v)) return', 'exec(`ls ${v}`)']],
  ['an anchored pattern', ['if (!v.match(/^\\w+$/)) return', 'exec(`ls ${v}`)']],
  ['a pattern of what is refused', ['if (/[^a-z0-9]/.test(v)) return', 'exec(`ls ${v}`)']],
  ['a choice', ['exec(v === "a" ? `ls ${v}` : "ls")']],
  ['a case', ['switch (v) { case "a": exec(`ls ${v}`) }']],
  ['a number', ['exec(`ls ${Number(v)}`)', 'exec(`ls ${+v}`)', 'exec(`ls ${parseInt(v, 10)}`)']],
  ['a filter', ['v.split(",").filter((x) => ["a"].includes(x)).forEach((x) => exec(`ls ${x}`))']],
  ['what only a tag sees', ['exec`ls ${v}`']],
])('%s guards', async (_, body) => {
  expect(await linesOf(handler(...body))).toEqual([])
})

test('TypeScript is read through its types', async () => {
  const code = `import { Request, Response } from 'express'
import { exec } from 'child_process'
enum Level { Low = 'low' }
namespace Tools { export const run = (c: string): void => { exec(\`ls \${c}\`) } }
export class Jobs<T> {
  constructor(private readonly base: string) {}
  async start(request: Request, response: Response): Promise<void> {
    const name = (request.query.name as string)!
    exec(\`\${this.base} \${name satisfies string}\`)
    exec(Level.Low)
  }
}
`
  expect(await linesOf(code, 'jobs.ts')).toEqual([4, 9])
})

test('JSX is read through its braces', async () => {
  const code =
    'export const Page = ({ html }) => (\n  <main>\n    {items.map((item) => <b key={item.id}>{item.name}</b>)}\n    <div dangerouslySetInnerHTML={{ __html: html }} />\n  </main>\n)\n'
  expect(await linesOf(code, 'page.jsx')).toEqual([4])
})

test.each([
  ['a program that was cut off', 'app.get("/", (req, res) => {\n  const v = req.query.v\n  db.query(`SELECT * FROM t WHERE a = ${v}`'],
  ['a method without its class', 'async list(req, res) {\n  const v = req.query.v\n  db.query(`SELECT * FROM t WHERE a = ${v}`)\n}'],
  [
    'a property without its object',
    'list: function (req, res) {\n  const v = req.query.v\n  db.query(`SELECT * FROM t WHERE a = ${v}`)\n},',
  ],
  [
    'the end of a function',
    '  const v = req.query.v\n  if (v) {\n  db.query(`SELECT * FROM t WHERE a = ${v}`)\n  }\n}\n\nmodule.exports = list',
  ],
])('%s is read as far as it goes', async (_, code) => {
  expect(await linesOf(code)).toEqual([3])
})
