import { expect, test } from 'vitest'
import { cpuTimer } from '../../../test/support/cpu.ts'
import { looksLikeSql, placeOf } from './sql-text.ts'

test.each([
  ['SELECT * FROM users', true],
  ['  insert into t values (1)', true],
  ['WITH x AS (SELECT 1) SELECT * FROM x', true],
  ['select the best one', true],
  ['Updated three files', false],
  ['delete the file', false],
  ['hello', false],
])('%j is SQL: %s', (text, expected) => {
  expect(looksLikeSql(text)).toBe(expected)
})

test.each([
  ["SELECT * FROM users WHERE name = '", "'", 'quoted'],
  ["SELECT * FROM users WHERE name LIKE '%", "%'", 'quoted'],
  ['SELECT * FROM users WHERE id = ', '', 'value'],
  ['SELECT * FROM users WHERE id IN (', ')', 'value'],
  ['INSERT INTO users VALUES (', ')', 'value'],
  ['SELECT * FROM users WHERE ', ' = 3', 'column'],
  ['SELECT * FROM users ORDER BY ', '', 'column'],
  ['SELECT * FROM ', '', 'table'],
  ['INSERT INTO ', ' VALUES (1)', 'table'],
  ['UPDATE ', ' SET a = 1', 'table'],
  ['SELECT * FROM users LIMIT ', '', 'value'],
] as const)('%j is followed by a place for a %3$s', (before, after, expected) => {
  expect(placeOf(before, after)).toBe(expected)
})

test('no text keeps the check busy', () => {
  const spent = cpuTimer()
  for (const piece of ['-- ', '--\n', '-', ' ', '\n', '(', 'with x as ', 'select ']) looksLikeSql(`${piece.repeat(20_000)}!`, true)
  expect(spent()).toBeLessThan(2000)
})
