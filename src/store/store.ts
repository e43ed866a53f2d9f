import { randomInt } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import { Digest } from '../records/digest.ts'
import { storeFailure } from './failure.ts'
import { makeFolder } from './files.ts'
import { Objects } from './objects.ts'

/** How a run ended: with a verdict, stopped by the user, or with an error. */
export const Ending = z.strictObject({
  stop: z.enum(['finished', 'interrupted', 'failed']),
  /** The error's code and message, where it failed. */
  failure: z.string().exactOptional(),
})
export type Ending = z.infer<typeof Ending>

/** A run as it is listed. No `ending`: it is still going on, or was killed. */
export const RunSummary = z.strictObject({
  id: z.string(),
  title: z.string(),
  started: z.iso.datetime(),
  ended: z.iso.datetime().exactOptional(),
  ending: Ending.exactOptional(),
  /** Versions of Countersign, Node and what else matters, by name. */
  versions: z.record(z.string(), z.string()),
})
export type RunSummary = z.infer<typeof RunSummary>

/** One record of a run, in the order they were made. */
export interface StoredRecord {
  kind: string
  digest: Digest
  /** Milliseconds from the start of the run to where it was made; runs of older versions do not say. */
  afterMs?: number
  record: unknown
}

/** A record that cannot be read, and why. */
export interface BrokenRecord extends Omit<StoredRecord, 'record'> {
  broken: CountersignError
}

/** Writes one run as it goes: what was added is kept whatever happens next. */
export interface Recorder {
  readonly id: string
  add(kind: string, record: unknown): Digest
  end(ending: Ending): void
}

const EvidenceRow = z.object({ kind: z.string(), digest: Digest, after_ms: z.int().min(0).nullable() })
type EvidenceRow = z.infer<typeof EvidenceRow>

const format = 1
const schema = `
  CREATE TABLE run (id TEXT PRIMARY KEY, title TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, ending TEXT, versions TEXT NOT NULL) STRICT;
  CREATE TABLE evidence (run TEXT NOT NULL REFERENCES run, position INTEGER NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL, after_ms INTEGER,
    PRIMARY KEY (run, position)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${format};
`

/** Runs by id: a small database of what belongs to which run, and the records themselves as files by digest. */
export class Store {
  readonly #folder: string
  readonly #database: DatabaseSync
  readonly #objects: Objects

  private constructor(folder: string, database: DatabaseSync) {
    this.#folder = folder
    this.#database = database
    this.#objects = new Objects(join(folder, 'objects'))
  }

  /** Opens the store in `folder`, made where it is absent. Several processes may have it open at once. */
  static open(folder: string): Store {
    return guarded(folder, () => {
      makeFolder(folder)
      if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n')
      const database = new DatabaseSync(join(folder, 'runs.sqlite'), { timeout: 10_000 })
      try {
        database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON')
        prepare(database, folder)
      } catch (error) {
        database.close()
        throw error
      }
      return new Store(folder, database)
    })
  }

  begin(run: { title: string; versions: Record<string, string> }): Recorder {
    const now = new Date()
    const started = now.toISOString()
    const id = `${started.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${suffix()}`
    this.#write('INSERT INTO run (id, title, started, versions) VALUES (?, ?, ?, ?)', id, run.title, started, JSON.stringify(run.versions))
    let position = 0
    return {
      id,
      add: (kind, record) => {
        const digest = guarded(this.#folder, () => this.#objects.put(record))
        const afterMs = Math.max(0, Date.now() - now.getTime())
        this.#write('INSERT INTO evidence (run, position, kind, digest, after_ms) VALUES (?, ?, ?, ?, ?)', id, position++, kind, digest, afterMs)
        return digest
      },
      end: (ending) => this.#write('UPDATE run SET ended = ?, ending = ? WHERE id = ?', new Date().toISOString(), JSON.stringify(ending), id),
    }
  }

  /** All runs, the newest first. */
  list(): RunSummary[] {
    return guarded(this.#folder, () => this.#database.prepare('SELECT * FROM run ORDER BY started DESC, id DESC').all().map(this.#summary))
  }

  /** The run with this id, or whose id alone starts with it, or the newest one for `latest`. */
  find(name: string): RunSummary {
    const row = guarded(this.#folder, () => this.#database.prepare('SELECT * FROM run WHERE id = ?').get(name))
    if (row !== undefined) return this.#summary(row)
    const runs = this.list()
    const exact = name === 'latest' ? runs[0] : undefined
    const alike = runs.filter((run) => run.id.startsWith(name))
    const found = exact ?? (alike.length === 1 ? alike[0] : undefined)
    if (found !== undefined) return found
    const what = alike.length > 1 ? `${alike.length} runs start with ${name}` : `there is no run ${name}`
    throw new CountersignError('RUN_NOT_FOUND', `${what} in ${this.#folder}; \`countersign runs\` lists them`)
  }

  /** Everything recorded of a run. Each record's digest is checked. */
  read(id: string): StoredRecord[] {
    return this.readEach(id).map((record) => {
      if ('broken' in record) throw record.broken
      return record
    })
  }

  /** The same where some of it may be gone: what cannot be read stands in its place, with why. */
  readEach(id: string): (StoredRecord | BrokenRecord)[] {
    const rows = guarded(this.#folder, () => this.#database.prepare('SELECT kind, digest, after_ms FROM evidence WHERE run = ? ORDER BY position').all(id))
    return rows.map((row) => this.#entry(this.#parse(EvidenceRow, row)))
  }

  #entry({ kind, digest, after_ms }: EvidenceRow): StoredRecord | BrokenRecord {
    const entry = { kind, digest, ...(after_ms === null ? {} : { afterMs: after_ms }) }
    try {
      return { ...entry, record: this.#objects.get(digest) }
    } catch (error) {
      if (error instanceof CountersignError) return { ...entry, broken: error }
      throw error
    }
  }

  /** A text about the store with what lies in it named as seen from there. */
  withoutFolder(text: string): string {
    return text.replaceAll(join(this.#folder, '/'), '')
  }

  close(): void {
    this.#database.close()
  }

  readonly #summary = (row: Record<string, unknown>): RunSummary =>
    this.#parse(RunSummary, {
      id: row['id'],
      title: row['title'],
      started: row['started'],
      versions: parseJson(row['versions']),
      ...(row['ended'] === null ? {} : { ended: row['ended'], ending: parseJson(row['ending']) }),
    })

  #parse<T>(type: z.ZodType<T>, row: unknown): T {
    const parsed = type.safeParse(row)
    if (parsed.success) return parsed.data
    throw new CountersignError('EVIDENCE_BROKEN', `the store's database in ${this.#folder} holds a row that is not ours: ${parsed.error.issues[0]?.message}`)
  }

  #write(sql: string, ...values: (string | number)[]): void {
    guarded(this.#folder, () => this.#database.prepare(sql).run(...values))
  }
}

/** Makes the tables in a new database, and refuses one that is not of this format. */
function prepare(database: DatabaseSync, folder: string): void {
  // Two processes may find the new file at once: the second one waits here and then sees the tables.
  database.exec('BEGIN IMMEDIATE')
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
    const tables = Number(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'])
    if (version === 0 && tables === 0) database.exec(schema)
    else if (version !== format) throw foreign(version, folder)
    else addTimes(database)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Stores that were made before records had times are given a place for them. A version that does not know it passes it by. */
function addTimes(database: DatabaseSync): void {
  const columns = database.prepare("SELECT name FROM pragma_table_info('evidence')").all()
  if (!columns.some(({ name }) => name === 'after_ms')) database.exec('ALTER TABLE evidence ADD COLUMN after_ms INTEGER')
}

function foreign(version: number, folder: string): CountersignError {
  const whose = version > format ? `a newer Countersign (record format ${version})` : 'something else'
  const help = 'read it with the version that wrote it, or name another folder with --store'
  return new CountersignError('EVIDENCE_BROKEN', `the store ${folder} was written by ${whose}; this version reads format ${format}: ${help}`)
}

function guarded<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw storeFailure(error, folder)
  }
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

function suffix(): string {
  return randomInt(36 ** 5)
    .toString(36)
    .padStart(5, '0')
}
