import { keepsTheSandboxContract } from '../../test/contract/sandbox.ts'
import { openDeno } from './deno.ts'

// The whole contract, with what it withstands, is in the slow tests.
keepsTheSandboxContract('deno', { open: openDeno, languages: ['javascript'] })
