import { withstandsAttacks } from '../../test/contract/sandbox-attacks.ts'
import { keepsTheSandboxContract } from '../../test/contract/sandbox.ts'
import { openDeno } from './deno.ts'

keepsTheSandboxContract('deno', { open: openDeno })
withstandsAttacks('deno under attack', { open: openDeno })
