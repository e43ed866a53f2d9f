import { basename } from 'node:path'
import { z } from 'zod'
import type { Usage } from '../records/sample.ts'

/**
 * How a known program is kept from using tools: it is an agent that reads untrusted text. What is added comes behind the user's own arguments;
 * `variables` are those of the environment that it needs to sign in; `files` are put into its empty folder.
 */
export interface AgentProgram {
  arguments: readonly string[]
  variables: readonly string[]
  environment?: (folder: string) => Record<string, string>
  files?: Record<string, string>
  /** Reads what it prints, where that is more than the reply. */
  read?: (output: string) => { text: string; usage?: Usage; model?: string } | undefined
}

const ClaudeResult = z.object({
  result: z.string(),
  usage: z
    .object({
      input_tokens: z.int().min(0),
      output_tokens: z.int().min(0),
      cache_creation_input_tokens: z.int().min(0).nullish(),
      cache_read_input_tokens: z.int().min(0).nullish(),
    })
    .nullish(),
  modelUsage: z.record(z.string(), z.unknown()).nullish(),
})

/** By file name. The flags are those that the programs' own references document. */
const programs = new Map<string, AgentProgram>([
  [
    'claude',
    {
      // The first alone leaves the tools of the user's own servers.
      arguments: ['--tools', '', '--strict-mcp-config', '--output-format', 'json'],
      variables: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_BASE_URL', 'CLAUDE_CODE_OAUTH_TOKEN', 'CLAUDE_CONFIG_DIR'],
      read: readClaude,
    },
  ],
  [
    'codex',
    {
      arguments: [
        '--sandbox',
        'read-only',
        '--skip-git-repo-check',
        '--ephemeral',
        '-c',
        'features.shell_tool=false',
        '-c',
        'web_search="disabled"',
      ],
      variables: ['OPENAI_API_KEY', 'CODEX_API_KEY', 'CODEX_HOME', 'OPENAI_BASE_URL'],
    },
  ],
  [
    'gemini',
    {
      arguments: ['--approval-mode', 'default', '--extensions', 'none'],
      variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_CLOUD_PROJECT', 'GOOGLE_GENAI_USE_VERTEXAI'],
      // The system's settings win over the user's; a list of built-in tools that names none of them leaves none.
      environment: (folder) => ({ GEMINI_CLI_SYSTEM_SETTINGS_PATH: `${folder}/settings.json` }),
      files: { 'settings.json': JSON.stringify({ tools: { core: ['none'] }, mcp: { allowed: ['none'] } }) },
    },
  ],
  ['llm', { arguments: ['--no-log'], variables: ['OPENAI_API_KEY', 'LLM_USER_PATH', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'] }],
])

export function knownProgram(program: string): AgentProgram | undefined {
  return programs.get(basename(program).replace(/\.(?:exe|cmd)$/i, ''))
}

/** The programs that need no special leave. */
export const knownPrograms: readonly string[] = [...programs.keys()]

function readClaude(output: string): { text: string; usage?: Usage; model?: string } | undefined {
  const parsed = ClaudeResult.safeParse(parseJson(output))
  if (!parsed.success) return undefined
  const { result, usage, modelUsage } = parsed.data
  const model = Object.keys(modelUsage ?? {})
  return {
    text: result,
    ...(model.length === 1 ? { model: model[0]! } : {}),
    ...(usage === null || usage === undefined
      ? {}
      : {
          usage: {
            inputTokens: usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0),
            outputTokens: usage.output_tokens,
          },
        }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
