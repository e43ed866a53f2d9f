import type { RecordedRun } from '../../index.ts'
import type { Digest } from '../../records/digest.ts'
import { attacksOf, type AttackTold, marksTold, observedIn, triedIn } from './attack.ts'
import { clipped, type Html, html } from './html.ts'
import { firstNamesOf, labelsOf } from './names.ts'
import { badge, first } from './parts.ts'

/** What critics attacked the programs with, and what was seen of it. */
export function attacks(run: RecordedRun): Html | undefined {
  const told = attacksOf(run)
  if (told.length === 0) return undefined
  const used = marksTold.filter(([mark]) => told.some(({ input }) => input.includes(mark)))
  const { shown, left } = first(told, 30, { show: (attack) => attackOf(attack, run), what: 'attacks' })
  return html`<p class="soft">A critic chooses the arguments of a call, and we fill in its mark and look for what only a weak program could tell, so that nothing here rests on what a model says. That an attack does not come through is no proof that none does.</p>
${used.length === 0 ? undefined : html`<ul>${used.map(([mark, meaning]) => html`<li><code>${mark}</code> stands for ${meaning}</li>`)}</ul>`}${shown}${left}`
}

function attackOf({ input, tries, others, isUnfinished }: AttackTold, run: RecordedRun): Html {
  const names = firstNamesOf(run)
  const labels = labelsOf(run)
  const rows = first(tries, 20, {
    show: (tried) => {
      const one = tried.first
      return html`<li>${one.call.outcome !== 'answered' ? badge('warn', '? not made') : one.cameThrough ? badge('bad', '✗ came through') : badge('plain', 'held')}<b>${names.get(one.candidate) ?? one.candidate}</b> <small>${triedIn(tried)}</small>: ${clipped(observedIn(one), 300)}</li>`
    },
    what: 'tries',
  })
  const named = (digests: readonly Digest[]) => `${digests.slice(0, 12).map((digest) => labels.get(digest) ?? digest).join(', ')}${digests.length > 12 ? ` and ${digests.length - 12} more` : ''}`
  return html`<article><h3><code>${clipped(input, 400)}</code></h3><ul class="bare">${rows.shown}${others === undefined || others.through.length === 0 ? undefined : html`<li>${badge('bad', '✗ came through')}${named(others.through)} <small>an attack of this kind; tried on every other program</small></li>`}${others === undefined || others.held.length === 0 ? undefined : html`<li>${badge('plain', 'held')}${named(others.held)} <small>tried on every other program</small></li>`}</ul>${rows.left}${isUnfinished ? html`<p class="soft">What it does to the other programs is not known: the run ended before.</p>` : undefined}</article>
`
}
