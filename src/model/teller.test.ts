import { expect, test } from 'vitest'
import { AnswerBroken } from './http.ts'
import { Teller } from './teller.ts'

function told(stop: string[], ...pieces: string[]): { heard: string[]; text: string } {
  const heard: string[] = []
  const teller = new Teller(stop, (text) => heard.push(text))
  for (const piece of pieces) teller.hear(piece)
  teller.end()
  return { heard, text: heard.join('') }
}

test('what a stop sequence may still take back is not told', () => {
  expect(told(['\ndef '], 'a = 1', '\nde', 'f g', '():').text).toBe('a = 1')
  expect(told(['\ndef '], 'a', '\nde', 'l a').text).toBe('a\ndel a')
})

test('without stop sequences every piece is told at once', () => {
  expect(told([], 'a', 'bc').heard).toEqual(['a', 'bc'])
})

test('a text that broke off may be had again only if nobody has heard of it', () => {
  expect(() => new Teller([], () => {}).broken('http://x')).toThrow(AnswerBroken)
  const teller = new Teller([], () => {})
  teller.hear('def')
  expect(() => teller.broken('http://x')).toThrow(expect.objectContaining({ code: 'MODEL_UNREACHABLE' }))
})
