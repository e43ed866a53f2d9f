import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const main = resolve(import.meta.dirname, '../../src/surface/cli/main.ts')

export interface Ended {
  stdout: string
  stderr: string
  status: number | null
}

/** A folder of its own with a home and a store, in which the real command line runs as users run it. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'))
  readonly environment: Record<string, string | undefined> = {
    PATH: process.env['PATH'],
    HOME: this.folder,
    XDG_STATE_HOME: join(this.folder, 'state'),
    XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  }

  /** Writes a file below the folder and gives its relative path. */
  write(path: string, content: string): string {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), content)
    return path
  }

  start(parts: readonly string[], environment: Record<string, string> = {}): ChildProcess {
    return spawn(process.execPath, [main, ...parts], { cwd: this.folder, env: { ...this.environment, ...environment } })
  }

  async run(parts: readonly string[], options: { stdin?: string; environment?: Record<string, string> } = {}): Promise<Ended> {
    const child = this.start(parts, options.environment)
    child.stdin?.end(options.stdin ?? '')
    return ended(child)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What a process printed, once it is over. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()))
  const status = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject))
  return { ...said, status }
}
