// Has a model write programs with the library, and chooses one of them. The model here answers from a script, so that this runs off line; openModel()
// gives a real one in its place. Run with `node examples/write-with-a-model.ts`.
import assert from 'node:assert'
import { defaults, generate, Ledger, listPrices, openSandbox } from '../src/index.ts'
import { scripted } from '../src/testing.ts'

const bodies = ['title', 'title.lower()', '"-".join(title.lower().split())', '"-".join(title.split()).lower()']
const coder = scripted({
  reply: (prompt, { index }) => {
    const asksForTests = prompt.kind === 'chat' && prompt.messages[0]?.content.startsWith('Someone else writes')
    return asksForTests ? '```python\nassert slug("C d") == "c-d"\n```' : `\`\`\`python\ndef slug(title):\n    return ${bodies[index]}\n\`\`\``
  },
})

const task = { id: 'slug', language: 'python' as const, instruction: 'Write `slug(title)`: lower case, with hyphens between words.\n\nslug("A b") == "a-b"' }
const budget = new Ledger({ calls: 50 }, { prices: listPrices })
const sandbox = await openSandbox()
try {
  const configuration = { ...defaults, generate: { ...defaults.generate, samples: 3 } }
  const verdict = await generate(task, { sandbox, configuration, models: { coder, budget } })
  assert(verdict.choice.kind === 'chosen')
  assert.equal(verdict.choice.id, 'sample-2')
  for (const [position, score] of verdict.ranking.entries()) console.log(`${score.ids.join(', ')}: ${verdict.reasons[position]}`)
  console.log(`${budget.spend.calls} calls`)
} finally {
  await sandbox.close()
}
