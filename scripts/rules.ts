// Writes docs/reference/rules/LANGUAGE/NAME.md, a page for each rule, and their index.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { dependencyRules } from '../src/finding/dependency/rules.ts'
import { javascriptRules } from '../src/finding/rule/javascript/rules.ts'
import { pythonRules } from '../src/finding/rule/python/rules.ts'
import type { Rule } from '../src/finding/rule/rule.ts'
import { secretRules } from '../src/finding/secret/rules.ts'
import { extensions, type Fixture, fixtureFiles, fixturesOf } from '../test/support/fixtures.ts'

// Rules that look at every file lie together, in a file for each kind, and their fixtures are in these languages.
const fences: Record<string, string> = { secret: 'text', dependency: 'python' }

const folder = resolve(import.meta.dirname, '../docs/reference/rules')

const owaspNames: Record<string, string> = {
  'A01:2021': 'Broken Access Control',
  'A02:2021': 'Cryptographic Failures',
  'A03:2021': 'Injection',
  'A04:2021': 'Insecure Design',
  'A05:2021': 'Security Misconfiguration',
  'A07:2021': 'Identification and Authentication Failures',
  'A08:2021': 'Software and Data Integrity Failures',
  'A09:2021': 'Security Logging and Monitoring Failures',
  'A10:2021': 'Server-Side Request Forgery',
}

/** What a page tells of a rule, whether it is one of a language or looks at every file. */
type Told = Omit<Rule, 'listeners'>

/** The text of each page, by its path under `docs/reference/rules`. */
export function rulePages(): Map<string, string> {
  const rules: readonly Told[] = [...pythonRules, ...javascriptRules, ...secretRules, ...dependencyRules]
  return new Map([...rules.map((rule): [string, string] => [`${rule.id}.md`, pageOf(rule)]), ['README.md', indexOf(rules)]])
}

/** Pages whose stored text is absent or differs from what the rules say now. */
export function staleRulePages(): string[] {
  return [...rulePages()].filter(([path, text]) => read(join(folder, path)) !== text).map(([path]) => path)
}

function pageOf(rule: Told): string {
  const [language = ''] = rule.id.split('/')
  const fixtures = fixtureFiles(language).includes(rule.id) ? fixturesOf(rule.id) : []
  return [
    `# ${rule.title}`,
    `\`${rule.id}\` · [CWE-${rule.cwe}](https://cwe.mitre.org/data/definitions/${rule.cwe}.html) · OWASP ${rule.owasp} ${owaspNames[rule.owasp] ?? ''}`,
    `Severity ${rule.severity}; tier ${rule.tier}; confidence ${rule.confidence} unless the finding says otherwise.`,
    rule.message,
    ...fixesOf(rule),
    ...(fixtures.length === 0 ? [] : ['## Reported', ...exampleOf(fixtures, 'bad', language), '## Not reported', ...exampleOf(fixtures, 'ok', language)]),
    ...(language === 'secret' ? ['Examples are split by a mark (`¦`), so that no scanner takes this page for a leak.'] : []),
    `${fixtures.length === 0 ? '' : `Every case: \`test/fixtures/finding/${rule.id}.${extensions[language]}\`. `}The rule: \`src/finding/${fences[language] === undefined ? `rule/${rule.id}` : `${language}/rules`}.ts\`.\n`,
  ].join('\n\n')
}

function fixesOf({ id, fixes = [] }: Told): string[] {
  if (fixes.length === 0) return []
  const [language = ''] = id.split('/')
  const lines = fixes.map(({ title, behaviour }) => `- ${title} (\`${behaviour}\`${behaviour === 'may-change' ? ', with `--unsafe-fixes` only' : ''})`)
  return ['## Fix', `\`countersign scan --fix\` makes these changes where scanning again shows that they help:`, lines.join('\n'), ...(fences[language] !== undefined ? [] : [`Each on the cases below: \`test/fixtures/fix/${id}.${extensions[language]}\`.`])]
}

function exampleOf(fixtures: readonly Fixture[], kind: Fixture['kind'], language: string): string[] {
  return fixtures
    .filter((fixture) => fixture.kind === kind)
    .slice(0, 2)
    .map(({ title, code }) => `${title.charAt(0).toUpperCase()}${title.slice(1)}:\n\n\`\`\`${fences[language] ?? language}\n${code.trimEnd()}\n\`\`\``)
}

function indexOf(rules: readonly Told[]): string {
  const lines = rules.map(
    ({ id, title, cwe, severity, tier, fixes = [] }) =>
      `| [\`${id}\`](${id}.md) | ${title} | [${cwe}](https://cwe.mitre.org/data/definitions/${cwe}.html) | ${severity} | ${tier} | ${[...new Set(fixes.map(({ behaviour }) => behaviour))].join(', ')} |`,
  )
  return `# Rules\n\n${rules.length} rules. This page and the others are written by \`npm run docs\`.\n\n| rule | what | CWE | severity | tier | fix |\n|---|---|---|---|---|---|\n${lines.join('\n')}\n`
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of rulePages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
