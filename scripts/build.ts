// Compiles src/ to dist/ with tsc and copies what is not TypeScript (the programs that run inside sandboxes) beside it.
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { extname, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
rmSync(`${root}/dist`, { recursive: true, force: true })
execFileSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
cpSync(`${root}/src`, `${root}/dist`, { recursive: true, filter: (path) => extname(path) !== '.ts' })
