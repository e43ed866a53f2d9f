// Bundles what dist/ runs (docs/decisions/2026-11-24-bundled-build.md).
import { globSync, readFileSync } from 'node:fs'
import { dirname, posix, resolve } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'

const root = resolve(import.meta.dirname, '..')
const source = `${root}/src/`
const { dependencies, peerDependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as Record<'dependencies' | 'peerDependencies', Record<string, string>>
// Installed for its types, which the declarations name; bundled because its many files take longer to load than most programs to scan.
const { zod: _, ...installed } = { ...dependencies, ...peerDependencies }

const threads = globSync('**/*-worker.ts', { cwd: source }).sort()
const entries = ['index.ts', 'scan.ts', 'verify.ts', 'testing.ts', 'surface/cli/main.ts', ...threads]
// One file each of what is always loaded together: every further file costs its start half a millisecond.
const together = { scan: ['scan.ts'], command: ['surface/cli/program.ts', 'surface/cli/scan.ts'] }

/** Modules find their assets and threads beside themselves; in a bundle that is where the module would lie if it were a file of its own. */
const places: Plugin = {
  name: 'places',
  transform: {
    filter: { id: new RegExp(`^${RegExp.escape(source)}`), code: 'import.meta' },
    handler(code, id) {
      if (/import\.meta\.(?!url\b)/.test(code)) throw new Error(`${id}: of import.meta only the url means the same in a bundle`)
      return code.replaceAll('import.meta.url', `moduleUrl(${JSON.stringify(posix.relative(source, id).replace(/\.ts$/, '.js'))})`)
    },
  },
  renderChunk: (code, { fileName }) =>
    code.replaceAll(/\bmoduleUrl\("([^"]+)"\)/g, (_, path: string) => `new URL(${JSON.stringify(posix.relative(dirname(fileName), path))}, import.meta.url).href`),
}

/** Every module that is loaded whenever one of the seeds is. */
class Reach {
  readonly name: string
  readonly modules: Set<string>

  constructor(name: string, seeds: readonly string[]) {
    this.name = name
    this.modules = new Set(seeds.map((seed) => `${source}${seed}`))
  }

  complete(importsOf: (id: string) => readonly string[]): void {
    for (const id of this.modules) for (const next of importsOf(id)) this.modules.add(next)
  }
}

/** Writes the bundles to `folder`, and gives the modules of others that are in them. */
export async function bundle(folder: string): Promise<string[]> {
  const reaches = Object.entries(together).map(([name, seeds]) => new Reach(name, seeds))
  const reaching: Plugin = {
    name: 'reaching',
    buildEnd() {
      for (const reach of reaches) reach.complete((id) => this.getModuleInfo(id)?.importedIds ?? [])
    },
  }
  const build = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry.replace(/\.ts$/, ''), `${source}${entry}`])),
    platform: 'node',
    external: Object.keys(installed).map((name) => new RegExp(`^${RegExp.escape(name)}(?:/|$)`)),
    plugins: [places, reaching],
  })
  const groups = reaches.map(({ name, modules }, index) => ({ name, test: (id: string) => modules.has(id), priority: reaches.length - index }))
  const { output } = await build.write({ dir: folder, chunkFileNames: 'chunk/[name].js', codeSplitting: { groups } })
  return output.flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : [])).filter((id) => id.includes('/node_modules/'))
}
