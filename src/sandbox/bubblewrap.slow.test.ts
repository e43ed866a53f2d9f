import { withstandsAttacks } from '../../test/contract/sandbox-attacks.ts'
import { keepsTheSandboxContract } from '../../test/contract/sandbox.ts'
import { openBubblewrap } from './bubblewrap.ts'

keepsTheSandboxContract('bubblewrap', { open: openBubblewrap })
withstandsAttacks('bubblewrap under attack', { open: openBubblewrap })
