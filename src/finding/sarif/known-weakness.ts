// What some tools' rules are about where their SARIF does not say it. Bandit's: as its source has it, but for the narrower CWE-155 and
// CWE-80, which are 78 and 79 here as in our own rules. ESLint names no CWE: these are ours.
const bandit: Readonly<Record<number, string>> = {
  20: 'B313 B314 B315 B316 B317 B318 B319 B320 B405 B406 B407 B408 B409 B410 B411 B506',
  22: 'B202 B310',
  78: 'B102 B307 B404 B601 B602 B603 B604 B605 B606 B607 B609',
  79: 'B308 B702 B703 B704',
  89: 'B608 B610 B611',
  94: 'B201 B612 B701',
  259: 'B105 B106 B107',
  284: 'B412',
  295: 'B323 B501 B507',
  319: 'B312 B321 B401 B402 B415 B508 B509',
  326: 'B505',
  327: 'B303 B304 B305 B324 B413 B502 B503 B504',
  330: 'B311',
  377: 'B108 B306',
  400: 'B113',
  494: 'B615',
  502: 'B301 B302 B403 B614',
  605: 'B104',
  703: 'B101 B110 B112',
  732: 'B103',
  838: 'B613',
}
const eslint: Readonly<Record<number, string>> = {
  22: 'security/detect-non-literal-fs-filename security/detect-non-literal-require',
  78: 'security/detect-child-process',
  79: 'no-script-url security/detect-disable-mustache-escape react/no-danger',
  95: 'no-eval no-implied-eval no-new-func security/detect-eval-with-expression',
  208: 'security/detect-possible-timing-attacks',
  338: 'security/detect-pseudoRandomBytes',
  352: 'security/detect-no-csrf-before-method-override',
  915: 'security/detect-object-injection',
  1333: 'security/detect-unsafe-regex security/detect-non-literal-regexp',
}

const tables: Readonly<Record<string, ReadonlyMap<string, number>>> = { bandit: invert(bandit), eslint: invert(eslint) }

export function knownWeaknesses(tool: string, id: string, tags: readonly string[]): number | undefined {
  // Whatever these find is a secret in the source, or a package with a known vulnerability.
  if (tool === 'gitleaks' || (tool === 'trivy' && tags.includes('secret'))) return 798
  if (tool === 'trivy' && tags.includes('vulnerability')) return 1395
  if (tool === 'oxlint') return tables['eslint']?.get(/\((.*)\)/.exec(id)?.[1] ?? id)
  return tables[tool]?.get(id)
}

function invert(table: Readonly<Record<number, string>>): ReadonlyMap<string, number> {
  return new Map(Object.entries(table).flatMap(([cwe, ids]) => ids.split(' ').map((id): [string, number] => [id, Number(cwe)])))
}
