import type { Random } from './random.ts'

/** What a request for a function may begin with; each is followed by one of the verbs. */
const requests = ['', '', '', 'Please ', 'Kindly ', 'Can you ', 'Would you ', 'Will you ', 'You should ', 'We want you to ', 'I would like you to ', 'Let us ', 'Try to ', 'Now ', 'Next, ', 'First, ', 'Somebody has to ', 'For this module, ', 'Your task is to ', 'It is time to ', 'Help us to ', 'Be so kind as to ']
const verbs = ['write', 'implement', 'create', 'define', 'make', 'add', 'build', 'develop', 'supply', 'produce', 'design', 'prepare', 'draft', 'compose', 'contribute', 'deliver', 'introduce', 'construct', 'set up', 'work out', 'give me', 'put in', 'finish', 'declare', 'hand in', 'offer']
/** What may stand there in place of a request and its verb. */
const wants = [
  'We need ', 'I need ', 'The team needs ', 'The project wants ', 'There has to be ', 'We are missing ', 'I am looking for ', 'What is missing is ', 'Next comes ', 'This module has no ', 'Users want ', 'The customer asks for ', 'My colleague wants ',
  'On the list is ', 'The ticket asks for ', 'Into this file belongs ', 'Open task: ', 'Assignment: ', 'Goal: ', 'Exercise: ', 'Issue: ', 'Job: ', 'Feature: ', 'Still to do: ', 'Next step: ', 'Request: ', 'Idea: ', 'The next piece is ', 'I want ', 'Everybody waits for ',
]
const things = ['{call}', '{call}', '{call}', 'a function {call}', 'the function {call}', 'a helper {call}', 'a routine {call}', 'a small function {call}', 'a utility {call}', 'a new function {call}', 'some {call}', 'one function, {call},']
const deeds = [
  ' that {does}', ', which {does}', ' which {does}', ', a function that {does}', ', one that {does}', ' so that it {does}', '. It {does}', ': it {does}', ' and see that it {does}', ' in such a way that it {does}', '; what matters is that it {does}', ' and make sure it {does}',
  ' to {do}', ': {do}', '. It should {do}', '; it must {do}', ', and it has to {do}', '. Its job: {do}', ' whose task is to {do}', ' in order to {do}', ', able to {do}', '; its purpose is to {do}', ' that can {do}', ' which will {do}', ' for those who want to {do}', ' as a way to {do}',
]

/** A sentence frame put together at random, of parts that none of those held out is made of. */
export function composedFrame(random: Random): string {
  const beginning = random.chance(0.6) ? random.pick(requests) + random.pick(verbs) + ' ' : random.pick(wants)
  const whole = beginning + random.pick(things) + random.pick(deeds)
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}${/^(?:Can|Would|Will) /.test(whole) ? '?' : '.'}`
}
