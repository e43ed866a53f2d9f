import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A tool that can be run on a workspace and writes SARIF. */
export interface Tool {
  readonly name: string
  /** Whether it is there for such a file. */
  reads(path: string): boolean
  /** Arguments before those of the files, or what it lacks in this workspace. */
  prepare(root: string): { given: readonly string[] } | { missing: string }
  /** What helps when it writes no SARIF. */
  readonly help: string
}

const semgrepRules = ['.semgrep', '.semgrep.yml', '.semgrep.yaml', 'semgrep.yml', 'semgrep.yaml']

export const tools: readonly Tool[] = [
  {
    name: 'bandit',
    reads: (path) => /\.pyw?$/.test(path),
    prepare: () => ({ given: ['-q', '-f', 'sarif'] }),
    help: 'it needs its SARIF output (pip install bandit[sarif])',
  },
  {
    name: 'semgrep',
    reads: () => true,
    prepare(root) {
      // Rules by name come over the network, which there is none of.
      const rules = semgrepRules.find((path) => existsSync(join(root, path)))
      return rules === undefined ? { missing: `it has no rules here (one of ${semgrepRules.join(', ')})` } : { given: ['scan', '--quiet', '--metrics', 'off', '--disable-version-check', '--sarif', '--config', rules] }
    },
    help: 'semgrep scan --sarif must work',
  },
]
