import type { Confirmed } from './confirm.ts'
import { checksOf } from './checks.ts'
import type { Flaw } from './grammar.ts'
import { importsOf } from './imports.ts'
import { fillNames, type Names, plainNames } from './names.ts'
import { bodyText } from './program.ts'

/** A flaw of a program as a tool would say it, and the line of the program's body (its imports not counted) where it stands. */
export interface Told {
  flaw: Flaw & { part: string }
  /** `line` is where the body's first line stands, counted from 1. */
  finding: (line: number) => string
  critique: (line: number) => string
}

/** The flaws of a confirmed program that were seen: by the analyser, or by a test that fails. */
export function toldFlaws(program: Confirmed, names: Names): Told[] {
  return program.derivation.flaws.flatMap((flaw): Told[] => (flaw.kind === 'weak' ? toldWeakness(program, flaw) : toldMistake(program, flaw, names)))
}

/** Lines before the body: the imports and the blank line behind them. */
export function headerLines(program: Confirmed, names: Names): number {
  const imports = importsOf(bodyText(program, names), program.language).length
  return imports === 0 ? 0 : imports + 1
}

function toldWeakness(program: Confirmed, flaw: Flaw & { part: string }): Told[] {
  const found = program.seen.findings.find(({ cwe }) => cwe === flaw.cwe)
  if (found === undefined) return []
  const header = headerLines(program, plainNames(program.family, program.language))
  const at = (line: number) => `${found.cwe} on line ${found.line - header + line - 1}`
  return [{ flaw, finding: (line) => `${at(line)}: ${found.rule.split('/').at(-1)}`, critique: (line) => `${at(line)}: ${flaw.reason}` }]
}

/** Of two mistakes nobody knows which one a failed test shows. */
function toldMistake({ family, language, seen, derivation }: Confirmed, flaw: Flaw & { part: string }, names: Names): Told[] {
  const index = seen.failed.find(({ kind }) => kind === 'test')?.index
  if (index === undefined || derivation.flaws.filter(({ kind }) => kind === 'wrong').length !== 1) return []
  const code = checksOf(family, language, names)[index]?.code.split('\n').at(-1)?.replace('nodeAssert', 'assert')
  return code === undefined ? [] : [{ flaw, finding: () => `test failed: ${code}`, critique: () => `wrong: ${fillNames(flaw.reason, names)}` }]
}
