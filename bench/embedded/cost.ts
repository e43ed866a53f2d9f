// Run in a process of its own, so that its memory is the model's: `cost.ts MODEL.gguf` prints what `Cost` says, in milliseconds of one thread.
import { enableCompileCache } from 'node:module'
import { Ledger, listPrices } from '../../src/index.ts'
import { loadLlama } from '../../src/model/llama-runtime.ts'
import { openLlama } from '../../src/model/llama.ts'
import { likelihoodsOf } from './likelihood.ts'
import { documentPrompt } from './task.ts'

export interface Cost {
  startMs: number
  sampleMs: number
  scoreMs: number
  memoryMiB: number
}

const path = process.argv[2]
if (path === undefined) throw new Error('say which model: cost.ts MODEL.gguf')
const task = { language: 'python' as const, instruction: 'Write sum_even(values) that returns the sum of the even numbers of values.' }

// As the command does it.
enableCompileCache()
let began = performance.now()
const model = await openLlama({ path, threads: 1 })
const startMs = lap()
const prompt = documentPrompt(task, ['inst', task.instruction], ['code', ''])
const sampling = { temperature: 0.8, topP: 0.95, minP: 0.05, maxTokens: 256, stop: [], seed: 1, logProbabilities: false }
const { samples } = await model.sample(prompt, { budget: new Ledger({}, { prices: listPrices }), sampling, first: 0, count: 20 })
const sampleMs = lap()
await model.close()
const runtime = await loadLlama({ path, threads: 1 })
lap()
for (const { text } of samples) await likelihoodsOf(runtime, task, text)
const scoreMs = lap()
const cost: Cost = { startMs, sampleMs, scoreMs, memoryMiB: Math.round(process.resourceUsage().maxRSS / 1024) }
console.log(JSON.stringify(cost))
await runtime.close()

function lap(): number {
  const now = performance.now()
  const spent = Math.round(now - began)
  began = now
  return spent
}
