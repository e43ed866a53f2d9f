import { expect, test } from 'vitest'
import { cut, fit, oneLine, plain, widthOf, wrap } from './text.ts'

test('nothing that moves the cursor, colours or reorders text reaches a terminal', () => {
  expect(plain('a\u001b[2Jb\u009b31mc\u0007\u202ed\u200be\r\n\tf\rg')).toBe('a[2Jb31mcde\n\tfg')
  expect(oneLine(' a\n\u001b]0;title\u0007\tb ')).toBe('a ]0;title b')
})

test('text is measured and cut in columns', () => {
  expect([widthOf('abc'), widthOf('漢字'), widthOf('e\u0301'), widthOf('🙂')]).toEqual([3, 4, 1, 2])
  expect([cut('abcdef', 4), cut('漢字漢字', 4), cut('abc', 3), cut('abc', 0)]).toEqual(['abc…', '漢…', 'abc', ''])
  expect(fit('漢', 4)).toBe('漢  ')
})

test('text is wrapped between words, by columns', () => {
  expect(wrap('ab cd ef', 5)).toEqual(['ab cd', 'ef'])
  expect(wrap('abcdefgh 漢字 x', 5)).toEqual(['abcdefgh', '漢字', 'x'])
})
