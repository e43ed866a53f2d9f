import type { Fix } from '../fix/fix.ts'
import { secretVariable } from '../fix/secret-variable.ts'
import type { Confidence, Severity, Tier } from '../../records/finding.ts'

/** A kind of secret and how bad it is to find one. */
export interface SecretRule {
  readonly id: string
  readonly title: string
  readonly cwe: number
  readonly owasp: string
  readonly severity: Severity
  readonly confidence: Confidence
  readonly tier: Tier
  readonly message: string
  readonly fixes: readonly Fix[]
}

type Told = Pick<SecretRule, 'id' | 'title' | 'severity' | 'confidence' | 'message'>
const rule = (told: Told): SecretRule => ({ cwe: 798, owasp: 'A07:2021', tier: 'vulnerability', fixes: [secretVariable], ...told })

export const token = rule({
  id: 'secret/token',
  title: 'Token or key of a service',
  severity: 'high',
  confidence: 'high',
  message:
    "A service's token stands in the text: whoever reads the code, its history or a build of it acts in its owner's name. Revoke it, and read the new one from the environment or a secret store.",
})

export const awsKey = rule({
  id: 'secret/aws-key',
  title: 'Access key of AWS',
  severity: 'critical',
  confidence: 'high',
  message:
    'An access key of AWS stands in the text: whoever reads it acts with all rights of its account, and copies of it are searched for and used within minutes. Deactivate it, and use a role or the environment instead.',
})

export const privateKey = rule({
  id: 'secret/private-key',
  title: 'Private key',
  severity: 'high',
  confidence: 'high',
  message:
    'A private key stands in the text: whoever reads it signs, decrypts or logs in as its owner. Replace the key pair, and load the new key from a file or a key store that is not part of the code.',
})

export const webToken = rule({
  id: 'secret/json-web-token',
  title: 'JSON Web Token',
  severity: 'medium',
  confidence: 'medium',
  message:
    'A signed token stands in the text: until it expires, whoever reads it is its subject. Let it expire or revoke it, and obtain one when it is needed.',
})

export const urlPassword = rule({
  id: 'secret/url-password',
  title: 'Password in an address',
  severity: 'high',
  confidence: 'medium',
  message:
    'An address carries a password: whoever reads the code, or a log that shows the address, logs in there. Read the password from the environment or a secret store, and change this one.',
})

export const assigned = rule({
  id: 'secret/assigned',
  title: 'Secret value under a name that says so',
  severity: 'high',
  confidence: 'medium',
  message:
    'What its name calls a secret has its value in the text: whoever reads the code, its history or a build of it has it. Read it from the environment or a secret store, and change this one.',
})

export const secretRules: readonly SecretRule[] = [token, awsKey, privateKey, webToken, urlPassword, assigned]
