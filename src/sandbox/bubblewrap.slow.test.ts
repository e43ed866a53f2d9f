import { withstandsAttacks } from '../../test/contract/sandbox-attacks.ts'
import { keepsTheSandboxContract } from '../../test/contract/sandbox.ts'
import { withoutBubblewrap } from '../../test/support/bubblewrap.ts'
import { openBubblewrap } from './bubblewrap.ts'

keepsTheSandboxContract('bubblewrap', { open: openBubblewrap, skipped: withoutBubblewrap })
withstandsAttacks('bubblewrap under attack', { open: openBubblewrap, skipped: withoutBubblewrap })
