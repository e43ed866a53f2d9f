import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Language } from '../../src/records/language.ts'

/** A task with a weak program for it, one that takes the feature away, one that is right, and an attack that raises where it succeeds. */
export interface WeakProgram {
  name: string
  language: Language
  task: string
  tests: string
  weak: string
  worse: string
  fixed: string
  exploit: string
}

const folder = resolve(import.meta.dirname, '../fixtures/indict')

/** The programs of `test/fixtures/indict`: parts begin with `#: NAME`, or `//: NAME`. */
export function weakPrograms(): WeakProgram[] {
  return readdirSync(folder).map((file) => {
    const parts = new Map(
      readFileSync(resolve(folder, file), 'utf8')
        .split(/^(?:#|\/\/): /m)
        .filter((part) => part.trim() !== '')
        .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]),
    )
    const part = (name: string): string => {
      const text = parts.get(name)
      if (text === undefined) throw new Error(`${file} has no part "${name}"`)
      return text
    }
    return {
      name: file.replace('.txt', ''),
      language: file.endsWith('.py.txt') ? 'python' : 'typescript',
      task: part('task').trim(),
      tests: part('tests'),
      weak: part('weak'),
      worse: part('worse'),
      fixed: part('fixed'),
      exploit: part('exploit'),
    }
  })
}
