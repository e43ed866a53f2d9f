import type { Severity } from '../../records/finding.ts'
import { awsKey, privateKey, type SecretRule, token, urlPassword, webToken } from './rules.ts'

/** How a kind of secret looks. Where the pattern has a group, that is the secret. */
export interface Shape {
  readonly rule: SecretRule
  readonly what: string
  readonly pattern: RegExp
  /** What stands in every text that the pattern matches, and is found sooner. */
  readonly sign?: RegExp
  readonly severity?: Severity
  readonly isOne?: (secret: string) => boolean
}

// What secretlint's preset does not report, or reports in fewer of its forms. Every pattern begins with what few other texts have.
export const shapes: readonly Shape[] = [
  // The key id alone opens nothing; it says where its secret is worth looking for.
  { rule: awsKey, what: 'the id of an AWS access key', pattern: /(?<![A-Za-z0-9/+_-])(?:AKIA|ASIA|A3T[A-Z0-9])[A-Z0-9]{16}(?![A-Za-z0-9/+=_-])/g, severity: 'medium' },
  { rule: awsKey, what: 'a secret access key of AWS', pattern: /aws.{0,20}?(?:secret|key)["']?\s{0,3}(?::|=>?|,)\s{0,3}["']([A-Za-z0-9/+]{40})["']/gi },
  // Keys of browsers' maps are public by design; the same shape opens what costs money.
  { rule: token, what: 'an API key of Google', pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g, severity: 'medium' },
  { rule: token, what: "an OAuth client's secret of Google", pattern: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g },
  { rule: token, what: 'a live key of Stripe', pattern: /(?<![\w-])[sr]k_live_[0-9A-Za-z]{16,200}(?!\w)/g },
  { rule: token, what: 'a signing secret of Stripe', pattern: /(?<![\w-])whsec_[0-9A-Za-z+/]{32,64}(?!\w)/g },
  { rule: token, what: 'a key of OpenAI', pattern: /(?<![\w-])sk-(?:(?:proj|svcacct|admin)-[\w-]{40,250}|[0-9A-Za-z]{48})(?![\w-])/g },
  { rule: token, what: 'a token of Hugging Face', pattern: /(?<![\w-])hf_[0-9A-Za-z]{34}(?!\w)/g },
  { rule: token, what: 'a token of the Python Package Index', pattern: /(?<![\w-])pypi-AgEIcHlwaS5vcmc[\w-]{50,250}/g },
  { rule: token, what: 'a token of DigitalOcean', pattern: /(?<!\w)do[opr]_v1_[0-9a-f]{64}(?!\w)/g },
  { rule: token, what: 'a token of a Telegram bot', pattern: /(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  { rule: token, what: 'the key of an Azure storage account', pattern: /AccountKey=([0-9A-Za-z+/]{86}==)/g },
  { rule: token, what: 'a webhook of Discord', pattern: /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/([\w-]{60,80})/g },
  { rule: webToken, what: 'a JSON Web Token', pattern: /(?<![\w.-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}(?![\w-])/g, isOne: isSigned },
  { rule: privateKey, what: 'a private key', pattern: /-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY(?: BLOCK)?-----(?:[\s"'`+,()\\]|\\[nr]){0,40}([0-9A-Za-z+/=]{40,100})/g },
  {
    rule: urlPassword,
    what: 'an address with a password',
    sign: /:\/\/[^\s:/@"'`<>{}$]{0,100}:[^\s:/@"'`<>{}$]{3,100}@/,
    pattern: /\b[a-z][a-z0-9+]{1,20}:\/\/[^\s:/@"'`<>{}$]{0,100}:[^\s:/@"'`<>{}$]{3,100}@[^\s/:?#"'`@<>{}$]{1,200}/gi,
  },
]

/** The header is one, and the subject is not everybody's example. */
function isSigned(text: string): boolean {
  const [header = '', payload = ''] = text.split('.')
  try {
    const { alg } = JSON.parse(decoded(header)) as { alg?: unknown }
    return typeof alg === 'string' && alg.toLowerCase() !== 'none' && !/"sub"\s*:\s*"1234567890"/.test(decoded(payload))
  } catch {
    return false
  }
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString('utf8')
}
