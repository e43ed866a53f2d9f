import type { Edit } from '../../../records/finding.ts'
import type { Fix } from '../fix.ts'
import { shellWords, type Word } from '../shell-words.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { quoted } from './literal.ts'
import { pairsOf, without } from './option.ts'
import { textAt } from './template.ts'

const direct: Readonly<Record<string, string>> = { exec: 'execFile', execSync: 'execFileSync' }

/** A command line as a program and its arguments, for a process without a shell. */
export const withoutShell: Fix = {
  title: 'The program gets its arguments as a list, without a shell: a value is one argument, whatever is in it.',
  behaviour: 'stricter',
  edit: (site) => {
    const call = Call.at(site, site.node)
    const [command] = call?.arguments ?? []
    const text = textAt(site, command)
    if (call === undefined || command === undefined || text === undefined || command.type === 'identifier') return []
    const [program, ...rest] = shellWords(site, text)?.map((word) => wordOf(site, word)) ?? []
    const started = startedBy(call)
    if (program === undefined || started === undefined || rest.includes(undefined)) return []
    return [[...started, site.replace(command, `${program}, [${rest.join(', ')}]`)]]
  },
}

/** `execFile` for `exec`; `spawn` without its shell. */
function startedBy(call: Call): Edit[] | undefined {
  const { site } = call
  const other = call.modules.resolve(site.textOf(call.callee)).startsWith('child_process.') ? direct[call.last] : undefined
  if (other !== undefined) {
    const used = call.modules.use('child_process', other)
    return used && [...used.edits, site.replace(call.callee, used.text)]
  }
  const options = call.arguments[1]
  const shell =
    /^spawn(?:Sync)?$/.test(call.last) && options?.type === 'object'
      ? pairsOf(site, options).find(({ name, value }) => name === 'shell' && value.type === 'true')
      : undefined
  const isOnly = shell !== undefined && options !== undefined && pairsOf(site, options).length === 1
  return isOnly ? [site.replace({ start: call.arguments[0]!.end, end: options.end }, '')] : shell && without(site, shell)
}

function wordOf(site: Site, word: Word): string | undefined {
  const [first] = word
  if (word.every((part) => typeof part === 'string')) return quoted(site, word.join(''))
  if (word.length === 1 && first !== undefined && typeof first !== 'string') return `String(${site.textOf(first.value)})`
  const inner = word.map((part) => (typeof part === 'string' ? part : `\${${site.textOf(part.value)}}`)).join('')
  return /[`\\\n]/.test(inner) ? undefined : `\`${inner}\``
}
