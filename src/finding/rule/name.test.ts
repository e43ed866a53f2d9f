import { expect, test } from 'vitest'
import { isCredentialName, isPasswordName, isSecretName, looksInvented } from './name.ts'

test.each(['password', 'db_password', 'dbPassword', 'PASSWD', 'admin_pwd', 'new_password'])('%s is a password', (name) => {
  expect(isPasswordName(name)).toBe(true)
})

test.each(['compass', 'passenger', 'bypass_cache', 'password_field', 'forgot_password_url'])('%s is none', (name) => {
  expect(isPasswordName(name)).toBe(false)
})

test.each(['api_key', 'apiKey', 'AUTH_TOKEN', 'client_secret'])('%s is a secret', (name) => {
  expect(isSecretName(name)).toBe(true)
})

test.each(['make_token', 'sessionId', 'reset_code', 'salt'])('%s must not be foreseen', (name) => {
  expect(isCredentialName(name)).toBe(true)
})

test.each(['primary_key', 'keyboard', 'sort_key'])('%s may', (name) => {
  expect(isCredentialName(name)).toBe(false)
})

test('a placeholder is no secret', () => {
  expect(['changeme', '<your key>', 'xxxx', '${SECRET}'].every((text) => looksInvented(text, 'password'))).toBe(true)
  expect(looksInvented('hunter2', 'password')).toBe(false)
})
