import { shownCall, shownObservation } from '../../index.ts'
import type { Distinction } from '../../records/distinction.ts'
import type { Language } from '../../records/language.ts'
import { oneLine } from './text.ts'

/** A call on which the two best ways of behaving differ, what each did there, and what a model says of it. `labels` are names by candidate. */
export function differenceLine({ call, between, observations, wanted, unknown }: Distinction, { language, labels }: { language: Language; labels: ReadonlyMap<string, string> }): string {
  if (call === undefined) return `no call tells the two best ways of behaving apart: ${oneLine(unknown ?? '')}`
  const nameOf = (digest: string) => labels.get(digest) ?? digest
  const did = between.map((digest) => {
    const seen = observations.find(({ candidate }) => candidate === digest)
    return `${nameOf(digest)} ${seen === undefined ? 'did nothing' : oneLine(shownObservation(language, seen.observation)).slice(0, 80)}`
  })
  const opinion = wanted === undefined ? `no opinion on it: ${oneLine(unknown ?? '')}` : `a model says that the task wants what ${nameOf(wanted)} did`
  return `${oneLine(shownCall(language, call)).slice(0, 80)}: ${did.join(', ')}; ${opinion}`
}
