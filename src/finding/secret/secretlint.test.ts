import { rules } from '@secretlint/secretlint-rule-preset-recommend'
import { expect, test } from 'vitest'
import { findSecrets } from './find-secrets.ts'
import { lintSecrets } from './secretlint.ts'

/** As many characters of the given ones as asked for, in no order that anybody would call one. */
function some(count: number, of = 'kR7vQm2ZtX9sLw4Yb8Nc5Vz1Hj6Pd3SgAeUiT0oMnBxKqFyGrJaWfClEhDpIu'): string {
  return Array.from({ length: count }, (_, at) => of[(at * 7 + at * at) % of.length]).join('')
}
const hex = (count: number) => some(count, '8f2b9c04d7a61e35')
const digits = (count: number) => some(count, '8204716359')

const samples: Record<string, string[]> = {
  anthropic: [`sk-ant-api03-${some(93)}AA`],
  aws: [`AWS_SECRET_ACCESS_KEY=${some(40)}`],
  basicauth: [`https://deploy:${some(12)}@git.acme.io/x`],
  cloudflare: [`cfut_${some(40)}${hex(8)}`],
  'database-connection-string': [`mongodb+srv://app:${some(12)}@db.acme.io/app`, `mysql://app:${some(12)}@db.acme.io/app`],
  databricks: [`dapi${hex(32)}`],
  docker: [`dckr_pat_${some(27)}`],
  figma: [`figd_${some(43)}`],
  github: [`ghp_${some(36)}`, `github_pat_${some(82)}`, `ghs_${some(36)}`],
  gitlab: [`glpat-${some(20)}`],
  grafana: [`glc_${some(60)}`, `glsa_${some(32)}_${hex(8)}`],
  groq: [`gsk_${some(52)}`],
  'hashicorp-vault': [`hvs.${some(95)}`, `hvb.${some(140)}`, `hvr.${some(95)}`],
  huggingface: [`hf_${some(34, 'kRvQmZtXsLwYbNcVzHjPdSgAeUiToMnBxKqFy')}`],
  linear: [`lin_api_${some(40)}`],
  notion: [`ntn_${digits(11)}${some(35)}`],
  npm: [`npm_${some(36)}`],
  openai: [`sk-${some(20)}T3BlbkFJ${some(20)}`],
  sendgrid: [`SG.${some(22)}.${some(43)}`],
  shopify: [`shpat_${hex(32)}`],
  slack: [`xoxb-${digits(12)}-${digits(12)}-${some(24)}`, `https://hooks.slack.com/services/T${some(8)}/B${some(8)}/${some(24)}`],
  stripe: [`sk_live_${some(24)}`],
  tailscale: [`tskey-auth-${some(11)}-${some(32)}`],
  vercel: [`vcp_${some(24)}`],
}
// These are not asked (see there), or need more than a line: `privatekey` has fixtures, `1password` a whole signed structure.
const others = ['1password', 'filter-comments', 'gcp', 'privatekey']

test('no rule of the preset is forgotten when it is brought up to date', () => {
  const names = rules.map(({ meta }) => meta.id.replace('@secretlint/secretlint-rule-', ''))
  expect(names.sort()).toEqual([...Object.keys(samples), ...others].sort())
})

test.each(Object.entries(samples).flatMap(([rule, list]) => list.map((text) => ({ rule, text }))))('$rule is reported, and nothing of it but four characters', async ({ text }) => {
  expect(await lintSecrets(`x = '${text}'\n`)).not.toEqual([])
  const findings = await findSecrets({ path: 'a.rb', content: `x = '${text}'\n` })
  expect(findings).toHaveLength(1)
  expect(JSON.stringify(findings)).not.toContain(text.slice(0, 12))
})

test('the settings of npm are known by their name', async () => {
  const content = `//registry.acme.io/:_authToken=${some(40)}\n`
  expect(await findSecrets({ path: 'app/.npmrc', content })).toHaveLength(1)
  expect(await findSecrets({ path: 'app/.npmrc', content: '//registry.acme.io/:_authToken=${NPM_TOKEN}\n' })).toEqual([])
})

test('the preset is not loaded for a text without a beginning of a secret, and a comment cannot silence it', async () => {
  expect(await lintSecrets('def f(n):\n    return n\n')).toEqual([])
  expect(await lintSecrets(`// secretlint-disable\nx = '${samples['github']?.[0]}' // secretlint-disable-line\n`)).toHaveLength(1)
})
