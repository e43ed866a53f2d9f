// What names say. Words are cut at underscores and humps, so that `compass` is no password.
const passwordWords =
  /^(.*_)?(passwords?|passwd|pwd|pw|pass|passphrase|passcode)(_?\d+|_(text|value|str|string|plain|default|raw|new|old|confirm))?$/
const verbs = /^(update|change|reset|set|check|verify|require|use|has|is|need|needs|forgot|show|hide|no|with|ask|prompt|allow)_/
const secretWords =
  /^(.*_)?(secrets?|api_?keys?|apikey|auth_?token|access_?token|refresh_?token|token|credentials?|private_?key|secret_?access_?key|client_?secret|access_?key|encryption_?key|connection_?string)(_?\d+|_(value|str|string))?$/
const credentialWords =
  /(^|_)(tokens?|passwords?|passwd|pwd|secrets?|otp|pin|nonce|salt|iv|session_?id|sid|csrf|api_?key|key|reset_?code|verification_?code|activation_?code|auth_?code|access_?code|passcode|captcha|coupon|invite_?code|code_?verifier|cookie|credential|uuid|ticket)(_|$|\d)/
const keyWords =
  /^(.*_)?(secret_?key|signing_?key|encryption_?key|jwt_?secret|jwt_?key|jwt_?secret_?key|app_?secret|session_?secret|cookie_?secret|hmac_?key|aes_?key|secret)$/

const inner = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase()

// A program says the same names over and over. They come from it: what is remembered of them is bounded.
const mostRemembered = 5000
const longestRemembered = 80

/** A judgement of a name's words, remembered. */
function judging(judge: (words: string) => boolean): (name: string) => boolean {
  const judged = new Map<string, boolean>()
  return (name) => {
    const known = judged.get(name)
    if (known !== undefined) return known
    const judgement = judge(inner(name))
    if (judged.size >= mostRemembered) judged.clear()
    if (name.length <= longestRemembered) judged.set(name, judgement)
    return judgement
  }
}

export const isPasswordName = judging((words) => passwordWords.test(words) && !verbs.test(words))

export const isSecretName = judging((words) => (passwordWords.test(words) && !verbs.test(words)) || secretWords.test(words))

/** What an attacker must not be able to foresee. */
export const isCredentialName = judging(
  (words) =>
    credentialWords.test(words) &&
    !/(primary|foreign|sort|cache|dict|group|partition|index|row|random)_?keys?|^key$|monkey|keyboard|keyword/.test(words),
)

export const isKeyName = judging((words) => keyWords.test(words))

/** Text that stands for a secret where none is: examples, empty defaults, the name itself. */
export function looksInvented(text: string, name: string): boolean {
  return (
    /^(x+|\*+|\.+|-+|_+|none|null|nil|undefined|true|false|todo|tbd|changeme|change[-_ ]?me.*|your[-_ ].*|my[-_]?(password|secret|token|key)|<.*>|\$\{?.*\}?|%.*%|\{.*\}|example|placeholder|dummy|redacted|password|passwd|secret|token|username|user|default|text|string|str|bearer|basic|oauth2?|test|guest|demo|foo|bar|anonymous)$/i.test(
      text,
    ) ||
    inner(text) === inner(name) ||
    /^[a-z]+(_[a-z]+)*_(key|password|token|secret|passwd)$/.test(text) ||
    /(^|[-_ ])(example|placeholder|dummy|replace|insert)([-_ ]|$)/i.test(text)
  )
}

/** Text of the kind that generators make: long, without words, of mixed characters. */
export function looksSecret(text: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]/].filter((kind) => kind.test(text)).length
  return text.length >= 8 && kinds >= 2 && !/[\s/\\]|^[a-z]+([-_.][a-z]+)*$/i.test(text)
}
