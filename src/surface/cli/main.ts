#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

// Halves the time to start. In the user's own folder: what lies in a shared one could be planted there by somebody else.
enableCompileCache(join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'countersign'))
const { runProgram } = await import('./program.ts')
await runProgram()
