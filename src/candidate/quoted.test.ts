import { expect, test } from 'vitest'
import { expectedIn } from './quoted.ts'

test.each<[string, string[]]>([
  ["Get the 'user_name' from the request, and 'user_name' again", ['user_name']],
  ['Return "ok" or `failed`', ['ok', 'failed']],
  ["Don't read the user's or the owner's key", []],
  ["Show 'x' and 'Hello {name}'", []],
  ["Use 'key'.\n\n```python\nf('other')\n```\nand 'more'", ['key', 'more']],
  ["Find the site.\n>>> find('www.example.com')\nTrue\n", []],
  ['Mend it:\n```python\nfrom .db import get_cursor, connect as open\nfrom ..models import (\n    User,\n    Group,\n)\nimport os\nfrom flask import request\n```', ['get_cursor', 'connect', 'User', 'Group']],
])('%j expects %j', (instruction, words) => {
  expect(expectedIn(instruction)).toEqual(words)
})
