import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Passage } from './passage.ts'
import { weaknesses } from './weaknesses.ts'

/** A rule of the analyser as far as it says something about its weakness. */
export interface KnownRule {
  readonly id: string
  readonly title: string
  readonly message: string
  readonly cwe?: number
}

export interface KnowledgeSources {
  rules?: readonly KnownRule[]
  /** What the user adds. */
  passages?: readonly Passage[]
}

/**
 * An offline corpus, searched by words (SQLite FTS5, bm25): what is known of each weakness that a rule names, what the rules say, and what the
 * user adds. Built in memory by `build`, or at the first search.
 */
export class Knowledge {
  readonly #sources: KnowledgeSources
  #opened: { database: DatabaseSync; byWords: StatementSync; byWeakness: StatementSync } | undefined

  constructor(sources: KnowledgeSources = {}) {
    this.#sources = sources
  }

  /** Makes the searches to come quick from the first one on. */
  build(): void {
    this.#opened ??= open(this.#sources)
  }

  /** The passages nearest to a question, best first. A weakness that is named by its number comes before words. */
  search(question: string, most = 4): Passage[] {
    const { byWords, byWeakness } = (this.#opened ??= open(this.#sources))
    const named = [...question.matchAll(/\bCWE[- _]?(\d{1,5})\b/gi)].slice(0, 4).flatMap((match) => byWeakness.all(Number(match[1]), most))
    // The number of a weakness is no word to search by: it stands in passages about others.
    const words = termsOf(question.replaceAll(/\bCWE[- _]?\d{1,5}\b/gi, ' '))
    const found = words === '' ? [] : byWords.all(words, most)
    const passages = [...named, ...found].map(passageOf)
    const distinct = new Map(passages.map((passage) => [`${passage.source}\0${passage.text}`, passage]))
    return [...distinct.values()].slice(0, most)
  }

  close(): void {
    this.#opened?.database.close()
    this.#opened = undefined
  }
}

const mostTerms = 24

/** Words as FTS5 takes them: each quoted, so that none of them is an operator, and any of them will do. */
function termsOf(question: string): string {
  const words = [...question.slice(0, 2_000).matchAll(/[\p{L}\p{N}_]{2,40}/gu)].map(([word]) => word.toLowerCase())
  return [...new Set(words)].slice(0, mostTerms).map((word) => `"${word}"`).join(' OR ')
}

function open({ rules = [], passages = [] }: KnowledgeSources): { database: DatabaseSync; byWords: StatementSync; byWeakness: StatementSync } {
  const database = new DatabaseSync(':memory:')
  database.exec("CREATE VIRTUAL TABLE passage USING fts5(title, text, source UNINDEXED, cwe UNINDEXED, tokenize = 'porter unicode61')")
  const insert = database.prepare('INSERT INTO passage (title, text, source, cwe) VALUES (?, ?, ?, ?)')
  database.exec('BEGIN')
  for (const { title, text, source, cwe } of [...ownPassages(), ...rules.map(rulePassage), ...passages]) insert.run(title, text, source, cwe ?? null)
  database.exec('COMMIT')
  // One segment is searched quicker than those that inserts leave.
  database.exec("INSERT INTO passage (passage) VALUES ('optimize')")
  // What stands in a title says more of what a passage is about.
  const byWords = database.prepare('SELECT title, text, source, cwe FROM passage WHERE passage MATCH ? ORDER BY bm25(passage, 4.0, 1.0), rowid LIMIT ?')
  const byWeakness = database.prepare('SELECT title, text, source, cwe FROM passage WHERE cwe = ? ORDER BY rowid LIMIT ?')
  return { database, byWords, byWeakness }
}

function ownPassages(): Passage[] {
  return weaknesses.map(({ cwe, name, danger, remedy }) => ({ cwe, title: `CWE-${cwe} ${name}`, source: 'countersign', text: `${danger} Instead: ${remedy}` }))
}

function rulePassage({ id, title, message, cwe }: KnownRule): Passage {
  return { title, source: `rule ${id}`, text: message, ...(cwe !== undefined && { cwe }) }
}

function passageOf(row: Record<string, unknown>): Passage {
  const cwe = row['cwe']
  return { title: String(row['title']), text: String(row['text']), source: String(row['source']), ...(typeof cwe === 'number' && { cwe }) }
}
