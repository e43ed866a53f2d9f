import type { CorpusLanguage } from './names.ts'

// What a program uses decides what it imports: templates name modules and never import them.

const pythonModules = [
  'ast', 'base64', 'collections', 'datetime', 'hashlib', 'hmac', 'html', 'io', 'ipaddress', 'itertools', 'json', 'logging', 'math', 'operator', 'os', 'pickle', 'random', 're', 'secrets', 'shlex',
  'shutil', 'socket', 'sqlite3', 'ssl', 'string', 'subprocess', 'tarfile', 'tempfile', 'time', 'urllib.request', 'urllib.parse', 'uuid', 'yaml', 'zipfile', 'jwt', 'bcrypt', 'requests',
]

const pythonNames: Record<string, string> = {
  Path: 'from pathlib import Path',
  Counter: 'from collections import Counter',
  defaultdict: 'from collections import defaultdict',
  urlparse: 'from urllib.parse import urlparse',
  urlsplit: 'from urllib.parse import urlsplit',
  quote: 'from urllib.parse import quote',
  urlopen: 'from urllib.request import urlopen',
  escape: 'from html import escape',
  compare_digest: 'from hmac import compare_digest',
  ElementTree: 'from xml.etree import ElementTree',
  Template: 'from string import Template',
  reduce: 'from functools import reduce',
}

const nodeNames: Record<string, string> = {
  createHash: 'node:crypto', createHmac: 'node:crypto', pbkdf2Sync: 'node:crypto', randomBytes: 'node:crypto', randomInt: 'node:crypto', randomUUID: 'node:crypto', scryptSync: 'node:crypto',
  timingSafeEqual: 'node:crypto',
  existsSync: 'node:fs', lstatSync: 'node:fs', mkdirSync: 'node:fs', mkdtempSync: 'node:fs', openSync: 'node:fs', readFileSync: 'node:fs', readdirSync: 'node:fs', realpathSync: 'node:fs',
  writeFileSync: 'node:fs', chmodSync: 'node:fs',
  basename: 'node:path', extname: 'node:path', join: 'node:path', normalize: 'node:path', relative: 'node:path', resolve: 'node:path', sep: 'node:path', isAbsolute: 'node:path',
  exec: 'node:child_process', execFile: 'node:child_process', execFileSync: 'node:child_process', execSync: 'node:child_process', spawnSync: 'node:child_process',
  isIP: 'node:net', isIPv4: 'node:net', tmpdir: 'node:os',
}

/** The import lines of a program without any, in order; empty where it needs none. */
export function importsOf(code: string, language: CorpusLanguage): string[] {
  return language === 'python' ? pythonImports(code) : nodeImports(code)
}

/** The program with its imports. */
export function withImports(code: string, language: CorpusLanguage): string {
  const lines = importsOf(code, language)
  return lines.length === 0 ? code : `${lines.join('\n')}\n\n${code}`
}

const moduleUses = pythonModules.map((name) => ({ line: `import ${name}`, use: new RegExp(String.raw`(?<![\w.'"])${name.replace('.', String.raw`\.`)}\.\w`) }))
const nameUses = Object.entries(pythonNames).map(([name, line]) => ({ line, use: new RegExp(String.raw`(?<![\w.])${name}(?=[([,)\]:]|\.\w)`) }))
const nodeUses = Object.entries(nodeNames).map(([name, from]) => ({ name, from, use: name === 'sep' ? /(?<![\w.])sep\b/ : new RegExp(String.raw`(?<!\w|(?<!\.\.)\.)${name}\(`) }))

function pythonImports(code: string): string[] {
  return [...moduleUses, ...nameUses].filter(({ use }) => use.test(code)).map(({ line }) => line)
}

function nodeImports(code: string): string[] {
  const byModule = Map.groupBy(nodeUses.filter(({ use }) => use.test(code)), ({ from }) => from)
  return [...byModule].map(([from, uses]) => `import { ${uses.map(({ name }) => name).sort().join(', ')} } from '${from}'`)
}
