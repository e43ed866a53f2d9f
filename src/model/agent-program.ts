import { basename } from 'node:path'
import { z } from 'zod'
import type { Usage } from '../records/sample.ts'

/**
 * How a known program is kept from using tools: it is an agent that reads untrusted text. What is added comes behind the user's own arguments;
 * `variables` are those of the environment that it needs to sign in; `files` are put into its empty folder. A version that does not know one
 * of the arguments refuses to start, which is as it should be.
 */
export interface AgentProgram {
  arguments: readonly string[]
  variables: readonly string[]
  files?: Record<string, string>
  /** Reads what it prints, where that is more than the reply; undefined where it is something else. */
  read?: (output: string) => ProgramReply | undefined
}

/** What a program answered; `failed`: its text says why there is no answer. */
export interface ProgramReply {
  text: string
  usage?: Usage
  model?: string
  failed?: true
}

const ClaudeResult = z.object({
  is_error: z.boolean().nullish(),
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

const codexFeatures = ['shell_tool', 'unified_exec', 'apps', 'plugins', 'multi_agent', 'goals', 'hooks', 'image_generation']

/**
 * By file name. Seen on 2026-11-24, by looking at the tools in the requests that the programs sent: Claude Code 2.1.330, Codex 0.169.0,
 * Gemini CLI 0.61.0, llm 0.36.
 */
const programs = new Map<string, AgentProgram>([
  [
    'claude',
    {
      // The first alone leaves the tools of the user's own servers; and without `--restricted` a text that says `@FILE` is sent with that file.
      arguments: [
        '--tools',
        '',
        '--strict-mcp-config',
        '--restricted',
        '--disable-slash-commands',
        '--no-session-persistence',
        '--output-format',
        'json',
      ],
      variables: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_BASE_URL', 'CLAUDE_CODE_OAUTH_TOKEN', 'CLAUDE_CONFIG_DIR'],
      read: readClaude,
    },
  ],
  [
    'codex',
    {
      // The user's own file names servers with tools. What is left are patches (which the sandbox refuses), looking at pictures, and agents like it.
      arguments: [
        ...'--sandbox read-only --skip-git-repo-check --ephemeral --ignore-user-config --ignore-rules'.split(' '),
        ...codexFeatures.flatMap((feature) => ['-c', `features.${feature}=false`]),
        '-c',
        'web_search="disabled"',
      ],
      variables: ['OPENAI_API_KEY', 'CODEX_API_KEY', 'CODEX_HOME', 'OPENAI_BASE_URL'],
    },
  ],
  [
    'gemini',
    {
      // A rule, because settings count only where root owns them, or where a person has trusted the folder.
      arguments: [
        '--skip-trust',
        '--approval-mode',
        'default',
        '--policy',
        'no-tools.toml',
        '--extensions',
        'none',
        '--allowed-mcp-server-names',
        'none',
      ],
      files: { 'no-tools.toml': '[[rule]]\ntoolName = "*"\ndecision = "deny"\npriority = 999\n' },
      variables: [
        'GEMINI_API_KEY',
        'GOOGLE_API_KEY',
        'GOOGLE_GEMINI_BASE_URL',
        'GOOGLE_APPLICATION_CREDENTIALS',
        'GOOGLE_CLOUD_PROJECT',
        'GOOGLE_CLOUD_LOCATION',
        'GOOGLE_GENAI_USE_VERTEXAI',
      ],
    },
  ],
  ['llm', { arguments: ['--no-log'], variables: ['OPENAI_API_KEY', 'LLM_USER_PATH', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'] }],
])

export function knownProgram(program: string): AgentProgram | undefined {
  return programs.get(basename(program).replace(/\.(?:exe|cmd)$/i, ''))
}

/** The programs that need no special leave. */
export const knownPrograms: readonly string[] = [...programs.keys()]

function readClaude(output: string): ProgramReply | undefined {
  const parsed = ClaudeResult.safeParse(parseJson(output))
  if (!parsed.success) return undefined
  const { result, is_error: failed, usage, modelUsage } = parsed.data
  const model = Object.keys(modelUsage ?? {})
  return {
    text: result,
    ...(failed === true ? { failed } : {}),
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
