import type { HttpFailure } from './http-failure.ts'

const unsupported =
  /unsupported|not support|unrecogni[sz]ed|unknown|extra (?:inputs|fields)|not permitted|not allowed|unexpected|cannot (?:both )?be (?:set|specified)|deprecated/i

/** Whether an error says that the endpoint does not take one of these fields; that one is then left out of every later request. */
export function learnFrom(ignored: Set<string>, optional: readonly string[], { status, said }: HttpFailure): boolean {
  if ((status !== 400 && status !== 422) || said === undefined) return false
  const message = ` ${said.message} `
  const named = optional.find(
    (name) => said.parameter === name || (unsupported.test(message) && new RegExp(`['"\`.\\s(]${name}['"\`\\s:.,)]`).test(message)),
  )
  if (named === undefined || ignored.has(named)) return false
  ignored.add(named)
  return true
}
