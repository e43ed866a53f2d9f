import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentEndpoint, anAgentEndpoint, toolsIn } from '../../test/support/agent-endpoint.ts'
import { aBudget } from '../../test/support/budget.ts'
import { command } from './command.ts'

// Real programs: npm i @anthropic-ai/claude-code @openai/codex @google/gemini-cli, pip install llm, and links to them in one folder.
const folder = process.env['COUNTERSIGN_AGENT_PROGRAMS'] ?? ''
let home = ''
let endpoint: AgentEndpoint
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'countersign-agents-'))
  endpoint = await anAgentEndpoint()
})
afterAll(async () => {
  await endpoint.close()
  rmSync(home, { recursive: true })
})

const started = () => join(home, 'server-started')
const server = () => ({ command: 'sh', args: ['-c', `touch ${started()}; cat`] })

function write(path: string, content: string): void {
  mkdirSync(join(home, path, '..'), { recursive: true })
  writeFileSync(join(home, path), content)
}

/** A user who has given each program a server with tools of its own, and a file that is nobody's business. */
function aUser(): void {
  rmSync(started(), { force: true })
  write('secret.txt', 'nobody-is-told-this')
  write('.claude.json', JSON.stringify({ mcpServers: { mine: server() } }))
  write('.codex/config.toml', `[mcp_servers.mine]\ncommand = "sh"\nargs = ${JSON.stringify(server().args)}\n`)
  write('.gemini/settings.json', JSON.stringify({ security: { auth: { selectedType: 'gemini-api-key' } }, mcpServers: { mine: server() } }))
  write('llm/extra-openai-models.yaml', `- model_id: rec\n  model_name: rec\n  api_base: ${endpoint.url}/v1\n`)
}

const codexProvider = () =>
  [
    'model_provider="rec"',
    'model_providers.rec.name="rec"',
    `model_providers.rec.base_url="${endpoint.url}/v1"`,
    'model_providers.rec.env_key="OPENAI_API_KEY"',
    'model_providers.rec.wire_api="responses"',
  ].flatMap((setting) => ['-c', setting])
// What Codex keeps: patches, which its sandbox refuses, and what neither reads nor runs anything of the user's.
const codexKeeps =
  /^(exec|wait|apply_patch|view_image|request_user_input\w*|sleep|clock__curr_time|\w*_agents?\w*|send_message|followup_task|(list|read)_mcp_resource\w*)$/
const programs: [string, () => string[], RegExp][] = [
  ['claude', () => ['-p'], /^$/],
  ['codex', () => ['exec', ...codexProvider()], codexKeeps],
  ['gemini', () => ['-m', 'gemini-2.5-flash'], /^$/],
  ['llm', () => ['-m', 'rec'], /^$/],
]

for (const [name, given, kept] of programs) {
  const program = join(folder, name)
  const missing = folder !== '' && existsSync(program) ? false : `skipped: needs ${name}, in a folder named by COUNTERSIGN_AGENT_PROGRAMS`
  describe.skipIf(missing)(`${name}${missing === false ? '' : ` (${missing})`}`, () => {
    test('offers no tools to the model, starts none of the user, and reads no file that the text names', async () => {
      aUser()
      const environment = {
        PATH: process.env['PATH'],
        HOME: home,
        LLM_USER_PATH: join(home, 'llm'),
        ANTHROPIC_BASE_URL: endpoint.url,
        GOOGLE_GEMINI_BASE_URL: endpoint.url,
        ANTHROPIC_API_KEY: 'x',
        OPENAI_API_KEY: 'x',
        GEMINI_API_KEY: 'x',
      }
      const before = endpoint.asked.length
      const { samples } = await command({ command: [program, ...given()], environment, timeoutMs: 120_000 }).sample(
        { kind: 'chat', messages: [{ role: 'user', content: `/help me with @${home}/secret.txt and @~/secret.txt` }] },
        { budget: aBudget(), sampling: { temperature: 0, maxTokens: 10, stop: [], logProbabilities: false }, count: 1, first: 0 },
      )
      const asked = endpoint.asked.slice(before)
      expect(samples[0]?.text).toBe('True')
      expect(asked.length).toBeGreaterThan(0)
      expect(asked.flatMap(toolsIn).filter((tool) => !kept.test(tool))).toEqual([])
      expect(asked.join('\n')).not.toContain('nobody-is-told-this')
      expect(existsSync(started())).toBe(false)
    })
  })
}
