import { isPasswordName, isSecretName, looksSecret } from '../rule/name.ts'
import { entropyOf, isPlaceholder } from './placeholder.ts'
import { assigned } from './rules.ts'
import type { Stretch } from './secretlint.ts'

// name = "value", name: "value", "name" => 'value', name: str = "value"
const quoted =
  /(?<![\w$.-])([A-Za-z_$][\w$.-]{1,80})["'`\])]{0,2}\s{0,3}(?:\??:\s{0,2}[\w.[\]|? ]{1,40}=|:=|=>|==?|:)\s{0,3}["'`]([^"'`\s\\]{8,200})["'`]/g
// What settings files leave without quotes.
const bare = /^[ \t]{0,40}(?:export[ \t]+)?([A-Za-z_][\w.-]{1,80})[ \t]{0,3}[:=][ \t]{0,3}([^\s"'`#;<>{}$]{8,200})[ \t]{0,20}(?:[#;].{0,200})?$/gm
const settings = /(?:^|\/)\.env(?:\.[\w-]+)?$|\.(?:env|properties|ini|cfg|conf|toml|ya?ml|sh|bash|tfvars)$/i

/** Values of which the name says that they are secret, and the letters that they are real. */
export function findAssigned(text: string, path: string): Stretch[] {
  const patterns = settings.test(path) ? [quoted, bare] : [quoted]
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [whole, name = '', value = ''] = match
      if (!isSecret(name, value)) return []
      const start = match.index + whole.lastIndexOf(value)
      return [{ rule: assigned, what: 'a secret value', start, end: start + value.length }]
    }),
  )
}

function isSecret(name: string, value: string): boolean {
  const last = name.split('.').at(-1) ?? name
  if (!looksSecret(value) || !isSecretName(last) || isPlaceholder(value, last)) return false
  // What a generator makes has a digit somewhere; names of types and states have none.
  if (!isPasswordName(last) && !/\d/.test(value)) return false
  // A word with digits behind it is a bad password, but one that examples are full of; web tokens are judged by what they hold.
  if (/^[A-Za-z]+[\d!@#$]{0,4}$/.test(value) || /^[a-z]+(?:\.[a-z_]+)+$/i.test(value) || /^(?:https?:|\/|\.\/|eyJ)/.test(value)) return false
  return entropyOf(value) >= (isPasswordName(last) ? 2.5 : 3)
}
