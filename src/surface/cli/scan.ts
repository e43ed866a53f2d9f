import { type Command, InvalidArgumentError, Option } from 'commander'
import { exitCodes } from '../../errors.ts'
import { failOns } from '../../records/names.ts'
import type { FailOn } from '../../records/scan-report.ts'
import { openOutput } from './output.ts'
import { renderGithub } from './scan-github.ts'
import { type FixRequest, renderFixes, scanAndFix } from './scan-fix.ts'
import { renderScan } from './scan-text.ts'
import { versions } from './versions.ts'

const formats = ['text', 'json', 'sarif', 'github'] as const

interface ScanCommandOptions extends FixRequest {
  format: (typeof formats)[number]
  json?: boolean
  all?: boolean
  quiet?: boolean
}

export function addScan(program: Command): void {
  program
    .command('scan')
    .summary('find what is wrong in source files')
    .description(
      'Reads files and folders for vulnerabilities, in this process, running nothing of them. In a repository, what git tracks and what it does not ignore is read; elsewhere .gitignore files are respected.',
    )
    .argument('[paths...]', 'files and folders; - is standard input, nothing is the folder you stand in')
    .option('--lang <language>', 'the language of standard input, and of files given by name whose names do not tell it')
    .addOption(new Option('--format <format>', 'how to report').choices(formats).default('text'))
    .option('--json', 'the same as --format json')
    .option('--fail-on <what>', `what denies: ${failOns.join(', ')}`, readFailOn, 'block')
    .option('--strict', 'programs in languages that no front end reads deny too')
    .option('--allow-unknown', 'files that were not read to their end, and tools that did not run, do not deny')
    .option('--diff <revision>', 'only what a change adds: what is not in the commit where the work left this revision')
    .option('--baseline <file>', 'findings in this file are known: not told again, and they do not deny')
    .option('--write-baseline', 'write what is found to the file of --baseline')
    .option('--resolve', "ask the registries of your npm and pip for packages that nothing here knows")
    .option('--fix', 'mend what can be mended without changing what the program does for those who mean well')
    .option('--unsafe-fixes', 'with --fix: also what may change results, or needs something provided')
    .option('--dry-run', 'with --fix: show the changes, write nothing')
    .option('--sarif <files...>', 'merge what other tools found, from their SARIF 2.1.0')
    .option('--with <tools>', 'run these too where they are installed, confined and without a network: bandit, semgrep')
    .option('--all', 'show habits too, not only what can be exploited as it stands')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
--fail-on block is a vulnerability of at least high severity and high confidence. A severity (critical, high, medium, low) denies findings at and
above it, vulnerability those that can be exploited as they stand, hygiene every finding, never none.

Exit codes: 0 nothing denies; 1 a finding denies, or something is not known: a file of a language that is read here was not read to its end, a
tool of --with did not run, a result of --sarif could not be used. What is not known is never a pass; --allow-unknown says that it may be one.
Files in languages that no front end reads are listed and deny with --strict only. 2 wrong input, or nothing to scan.

A comment \`countersign-ignore RULE: reason\` on the line of a finding, or on the line above, suppresses it. Without a reason it does not.
What a .countersignignore file at the top of the workspace names, in the syntax of .gitignore, is not scanned, and listed as skipped.

--fix changes a file only where scanning it again shows the finding gone, no new one and no new syntax error, and only if the file is still what was
read; the exit code tells of what is left. Suppressed and known findings are left alone. Look first with --fix --dry-run.

Examples:
  countersign scan
  countersign scan src tests/helper.py --all
  cat reply.md | countersign scan - --lang python --json
  countersign scan . --fail-on medium --strict
  countersign scan --diff origin/main --format github
  countersign scan --baseline known.json --write-baseline
  countersign scan . --resolve
  countersign scan src --fix --dry-run
  countersign scan . --sarif semgrep.sarif bandit.sarif
  countersign scan . --with bandit,semgrep
  countersign scan . --format sarif > results.sarif`,
    )
    .action(scanPaths)
}

async function scanPaths(paths: string[], options: ScanCommandOptions): Promise<void> {
  const format = options.json === true ? 'json' : options.format
  const output = openOutput({ quiet: options.quiet, machine: format === 'json' || format === 'sarif' })
  const scanned = await scanAndFix(paths, options, output)
  const { report, root } = scanned
  const rendering = { root, all: options.all === true, colors: output.answerColors }
  if (format === 'json') output.document(report)
  else if (format === 'sarif') output.document((await import('../../index.ts')).toSarif(report, { version: versions.countersign, isCompared: options.diff !== undefined || options.baseline !== undefined }))
  else output.answer(renderFixes(scanned, output.answerColors) + (format === 'github' ? renderGithub(report, rendering) : renderScan(report, rendering)))
  process.exitCode = report.denials.length === 0 ? exitCodes.done : exitCodes.denied
}

function readFailOn(text: string): FailOn {
  const known = failOns.find((one) => one === text.toLowerCase())
  if (known !== undefined) return known
  throw new InvalidArgumentError(`It can be ${failOns.join(', ')}.`)
}
