import { expect, test } from 'vitest'
import { quotedIn } from './quoted.ts'

test.each<[string, string[]]>([
  ["Get the 'user_name' from the request, and 'user_name' again", ['user_name']],
  ['Return "ok" or `failed`', ['ok', 'failed']],
  ["Don't read the user's or the owner's key", []],
  ["Show 'x' and 'Hello {name}'", []],
  ["Use 'key'.\n\n```python\nf('other')\n```\nand 'more'", ['key', 'more']],
  ["Find the site.\n>>> find('www.example.com')\nTrue\n", []],
])('%j quotes %j', (instruction, words) => {
  expect(quotedIn(instruction)).toEqual(words)
})
