import { posix } from 'node:path'
import type { SecretRule } from './rules.ts'
import { awsKey, privateKey, token, urlPassword } from './rules.ts'

/** A stretch of a text that holds a secret. */
export interface Stretch {
  readonly rule: SecretRule
  readonly what: string
  readonly start: number
  readonly end: number
}

// One of these begins every text that a rule of the preset reports; the preset itself costs a millisecond even where there is nothing.
const promising =
  /secret_?access_?key|PRIVATE KEY|x-oauth-basic|_authToken=|npm_|xox[abopr]-|xapp-|hooks\.slack\.com|SG\.\w|shp(?:pa|ca|at|ss)_|[sr]k_(?:live|test)_|gh[pousr]_|github_pat_|glpat-|gl(?:c|sa)_|T3BlbkFJ|sk-ant-|gsk_|hf_|lin_api_|ntn_|ops_ey|:\/\/[^\s/@]{1,301}@|hv[sbr]\.|vc[piark]_|dapi|dckr_pat_|figd_|cf(?:k|ut|at)_|tskey-/i

// `gcp` reads the file's path on this machine, whose text is not what is asked about, and `filter-comments` lets a text silence its own report.
const left = new Set(['gcp', 'filter-comments'])
const vendors: Readonly<Record<string, string>> = {
  '1password': '1Password', anthropic: 'Anthropic', cloudflare: 'Cloudflare', databricks: 'Databricks', docker: 'Docker', figma: 'Figma', github: 'GitHub',
  gitlab: 'GitLab', grafana: 'Grafana', groq: 'Groq', 'hashicorp-vault': 'Vault', huggingface: 'Hugging Face', linear: 'Linear', notion: 'Notion', npm: 'npm',
  openai: 'OpenAI', sendgrid: 'SendGrid', shopify: 'Shopify', slack: 'Slack', stripe: 'Stripe', tailscale: 'Tailscale', vercel: 'Vercel',
} // prettier-ignore
const kinds: Readonly<Record<string, Pick<Stretch, 'rule' | 'what'>>> = {
  aws: { rule: awsKey, what: 'a secret access key of AWS' },
  privatekey: { rule: privateKey, what: 'a private key' },
  basicauth: { rule: urlPassword, what: 'an address with a password' },
  'database-connection-string': { rule: urlPassword, what: 'an address with a password' },
}

let loaded: ReturnType<typeof load> | undefined

/** What secretlint's recommended preset reports in a text. Loaded when there is something for it to look at. */
export async function lintSecrets(text: string, path = 'text'): Promise<Stretch[]> {
  if (!promising.test(text)) return []
  const lint = await (loaded ??= load())
  return (await lint(text, posix.basename(path))).map(({ ruleId, range: [start, end] }) => {
    const name = ruleId.replace(/^@secretlint\/secretlint-rule-/, '')
    const { rule, what } = kinds[name] ?? { rule: token, what: `a token of ${vendors[name] ?? name}` }
    return { rule, what, start, end }
  })
}

async function load() {
  const [{ lintSource }, { rules }] = await Promise.all([import('@secretlint/core'), import('@secretlint/secretlint-rule-preset-recommend')])
  const used = rules.filter(({ meta }) => !left.has(meta.id.replace(/^@secretlint\/secretlint-rule-/, ''))).map((rule) => ({ id: rule.meta.id, rule, options: {} }))
  return async (content: string, name: string) => {
    const source = { content, filePath: name, ext: posix.extname(name), contentType: 'text' as const }
    return (await lintSource({ source, options: { config: { rules: used }, noPhysicFilePath: true } })).messages
  }
}
