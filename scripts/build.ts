// Makes dist/: declarations by tsc, programs in bundles with the notices of what is in them, and beside them what is not TypeScript (lists, and
// the programs that run inside sandboxes), where the modules would lie.
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { bundle } from './bundle.ts'
import { noticesOf } from './notices.ts'

const root = resolve(import.meta.dirname, '..')
rmSync(`${root}/dist`, { recursive: true, force: true })
execFileSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
cpSync(`${root}/src`, `${root}/dist`, { recursive: true, filter: (path) => extname(path) !== '.ts' })
writeFileSync(`${root}/dist/THIRD-PARTY-NOTICES.md`, noticesOf(await bundle(`${root}/dist`)))
