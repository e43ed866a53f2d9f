import type { Language } from '../records/language.ts'
import type { Parameter } from '../records/signature.ts'
import { type Domain, learnDomain } from './domain.ts'

const integer: Domain = { kind: 'integer', least: 0, most: 20 }
const float: Domain = { kind: 'float', least: 0, most: 20, decimals: 2 }
const text: Domain = { kind: 'text', samples: ['', 'a', 'abc', 'Hello World', 'level', 'a1 b2'], alphabet: Array.from(' abcdehlorvwABH12') }
const nothing: Domain = { kind: 'fixed', samples: [null] }

function sequence(item: Domain, tag: 'list' | 'tuple' | 'set' = 'list'): Domain {
  return { kind: 'sequence', tag, item, least: 0, most: 6, sorted: false, distinct: false }
}

function mapping(key: Domain, value: Domain): Domain {
  return { kind: 'map', key, value, least: 0, most: 4 }
}

const named: Record<string, (of: Domain[], language: Language) => Domain> = {
  int: () => integer,
  bigint: () => integer,
  float: () => float,
  complex: () => float,
  number: () => integer,
  str: () => text,
  string: () => text,
  bool: () => ({ kind: 'truth' }),
  boolean: () => ({ kind: 'truth' }),
  None: () => nothing,
  null: () => nothing,
  undefined: () => nothing,
  Optional: ([of]) => ({ kind: 'choice', of: [of ?? integer, nothing] }),
  Union: (of) => ({ kind: 'choice', of }),
  Tuple: (of) => (of.length === 0 ? sequence(integer, 'tuple') : { kind: 'record', items: of }),
  set: ([item]) => sequence(item ?? integer, 'set'),
  map: ([key, value]) => mapping(key ?? text, value ?? integer),
  list: ([item]) => sequence(item ?? integer),
  any: () => ({ kind: 'choice', of: [integer, text, sequence(integer)] }),
}
const aliases: Record<string, string> = {
  tuple: 'Tuple',
  FrozenSet: 'set',
  frozenset: 'set',
  Set: 'set',
  ReadonlySet: 'set',
  Dict: 'map',
  dict: 'map',
  Mapping: 'map',
  Map: 'map',
  Record: 'map',
  object: 'map',
  List: 'list',
  Sequence: 'list',
  Iterable: 'list',
  Collection: 'list',
  Array: 'list',
  ReadonlyArray: 'list',
  Any: 'any',
  unknown: 'any',
}

// What programmers call things, where nothing else says what they are.
const habits: [RegExp, Domain][] = [
  [/^(?:is|has|should|allow|enable)[_A-Z]|^(?:flag|reverse|strict|verbose)$/, { kind: 'truth' }],
  [/^(?:words|strings|strs|names|texts|lines|tokens|keys)$/, sequence(text)],
  [/^(?:matrix|grid|board|table|rows|intervals|pairs|lists)$/, sequence({ kind: 'sequence', tag: 'list', item: integer, least: 2, most: 2, sorted: false, distinct: false })],
  [/^(?:l|xs|ys|lst|list|arr|array|nums|numbers|values|items|elements|data|seq|sequence|lst?\d|arr\d|l\d|nums?\d)$|_(?:list|array)$|s$(?<=(?:number|value|integer|score|price|point)s)/i, sequence(integer)],
  [/^(?:s|t|str|string|text|txt|word|name|sentence|message|line|key|char|c|prefix|suffix|pattern|substring|s\d|str\d|a_string|content|path|url|date)$|_(?:string|str|text|name)$/i, text],
  [/^(?:d|dict|map|mapping|table|counts|obj|object|options)$/i, mapping(text, integer)],
  [/^(?:threshold|ratio|rate|price|weight|epsilon|x_float)$/i, float],
]

/** What a parameter takes, by its annotation, its default, or, failing both, its name. */
export function declaredDomain(language: Language, parameter: Parameter): Domain {
  const annotated = parameter.annotation === undefined ? undefined : readAnnotation(language, parameter.annotation)
  if (annotated !== undefined) return annotated
  if (parameter.default !== undefined && parameter.default !== null) return learnDomain([parameter.default])
  return habits.find(([pattern]) => pattern.test(parameter.name))?.[1] ?? integer
}

/** Reads the annotations of Python and TypeScript: names, `X[...]` and `X<...>`, `X[]`, `[X, Y]`, and alternatives. */
function readAnnotation(language: Language, annotation: string): Domain | undefined {
  const tokens = annotation.match(/[A-Za-z_][\w.]*|\.\.\.|"[^"]*"|'[^']*'|-?\d+(?:\.\d+)?|[[\](){}<>|,]/g) ?? []
  const reader = new AnnotationReader(language, tokens)
  return reader.read()
}

class AnnotationReader {
  private at = 0
  private readonly language: Language
  private readonly tokens: readonly string[]

  constructor(language: Language, tokens: readonly string[]) {
    this.language = language
    this.tokens = tokens
  }

  read(): Domain | undefined {
    const found = this.alternatives()
    return this.at === this.tokens.length ? found : undefined
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false
    this.at++
    return true
  }

  private alternatives(): Domain | undefined {
    const of: Domain[] = []
    do {
      const one = this.single()
      if (one === undefined) return undefined
      of.push(one)
    } while (this.take('|'))
    return of.length === 1 ? of[0] : { kind: 'choice', of }
  }

  private single(): Domain | undefined {
    let found = this.atom()
    while (found !== undefined && this.tokens[this.at] === '[' && this.tokens[this.at + 1] === ']') {
      this.at += 2
      found = sequence(found)
    }
    return found
  }

  private atom(): Domain | undefined {
    if (this.take('(')) {
      const inner = this.alternatives()
      return this.take(')') ? inner : undefined
    }
    if (this.take('[')) {
      const items = this.list(']')
      return items === undefined ? undefined : { kind: 'record', items }
    }
    const token = this.tokens[this.at++]
    if (token === undefined) return undefined
    if (/^["']/.test(token)) return { kind: 'fixed', samples: [token.slice(1, -1)] }
    if (/^-?\d/.test(token)) return { kind: 'fixed', samples: [Number(token)] }
    return /^[A-Za-z_]/.test(token) ? this.name(token.split('.').at(-1)!) : undefined
  }

  private name(name: string): Domain | undefined {
    if (name === 'readonly') return this.single()
    const known = Object.hasOwn(aliases, name) ? aliases[name]! : name
    const build = Object.hasOwn(named, known) ? named[known] : undefined
    const open = this.tokens[this.at]
    const generic = (open === '[' && this.tokens[this.at + 1] !== ']') || open === '<'
    if (generic) this.at++
    const of = generic ? this.list(open === '[' ? ']' : '>') : []
    if (build === undefined || of === undefined) return undefined
    // `Tuple[int, ...]` is as long as it likes.
    if ((name === 'Tuple' || name === 'tuple') && this.ellipsis) return sequence(of[0] ?? integer, 'tuple')
    return build(of, this.language)
  }

  private ellipsis = false

  private list(close: string): Domain[] | undefined {
    const of: Domain[] = []
    this.ellipsis = false
    let open = false
    while (!this.take(close)) {
      if (this.take('...')) {
        open = true
      } else {
        const one = this.alternatives()
        if (one === undefined) return undefined
        of.push(one)
      }
      if (!this.take(',') && this.tokens[this.at] !== close) return undefined
    }
    this.ellipsis = open
    return of
  }
}
