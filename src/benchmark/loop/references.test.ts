import { expect, test } from 'vitest'
import { aLoopTask, checkingSandbox } from '../../../test/support/loop-task.ts'
import { defaults } from '../../config.ts'
import { checkReferences } from './references.ts'

const task = { ...aLoopTask('read'), references: { secure: 'good', insecure: 'good, loose', wrong: 'bad' } }

/** A check that accepts what is good, and whose exploit succeeds against what is loose. */
const checked = async (given: Partial<{ accepts: string; exploited: string; silent: string }> = {}) => {
  const { accepts = 'good', exploited = 'loose', silent = 'nothing' } = given
  const sandbox = checkingSandbox((program) => (program.includes(silent) ? { outcome: 'timed-out' } : { functional: [[program.includes(accepts), true]], exploit: (canary) => [program.includes(exploited) ? canary : 'held'] }))
  await checkReferences([task], { sandbox, limits: defaults.sandbox.limits })
}

test('references that are judged as what they are let the measurement begin', async () => {
  await expect(checked()).resolves.toBeUndefined()
})

test.each([
  ['an exploit that succeeds against the secure reference', { exploited: 'good' }, /task read .*reference\/secure\.py as correct and secure in the sandbox scripted: the exploit succeeds against it/],
  ['an exploit that fails against the insecure one', { exploited: 'never' }, /reference\/insecure\.py as correct and insecure .*: the exploit does not succeed/],
  ['tests that refuse a correct one', { accepts: 'loose' }, /reference\/secure\.py .*: the functional tests refuse it/],
  ['tests that accept the wrong one', { accepts: '' }, /reference\/wrong\.py as not correct .*: the functional tests accept it/],
  ['a check that gives no answer', { silent: 'loose' }, /reference\/insecure\.py .*gave no answer \(timed-out\)/],
])('%s is wrong input, and the task is named', async (_, given, message) => {
  await expect(checked(given)).rejects.toMatchObject({ code: 'INPUT_INVALID', message: expect.stringMatching(message) })
})
