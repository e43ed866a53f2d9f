import type { Script } from '../../src/model/scripted.ts'
import { textsOf } from '../../src/records/prompt.ts'

type Reply = NonNullable<Script['reply']>
type Said = string | Reply

/** What a model says in each role of a run with critics. A role that is left out has nothing to say. */
export interface Spoken {
  /** The programs that are written, by the index of the answer. */
  candidates: readonly string[]
  safety?: Said
  helpfulness?: Said
  summariser?: Said
  /** Revisions. */
  actor?: Said
  /** Tests that are asked for beside the programs. */
  tests?: string
}

const roles: readonly [keyof Omit<Spoken, 'candidates'>, string][] = [
  ['safety', 'You are the safety critic'],
  ['helpfulness', 'You are the helpfulness critic'],
  ['summariser', 'Two critics have spoken'],
  ['actor', 'You revise a program'],
  ['tests', 'Someone else writes'],
]

/** One model that plays every role, by what it is asked. */
export function inEveryRole(spoken: Spoken): Reply {
  return (prompt, at) => {
    const text = textsOf(prompt).join('\n')
    const role = roles.find(([, beginning]) => text.startsWith(beginning))?.[0]
    if (role === undefined) return text.includes('Write a ') ? (spoken.candidates[at.index] ?? '') : 'NOTHING'
    const said = spoken[role] ?? (role === 'tests' ? '' : 'NOTHING')
    return typeof said === 'string' ? said : said(prompt, at)
  }
}
