import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

/** The machine's own Python: a version manager's shim, found by PATH, is a script that needs far more than a sandbox offers. */
const places = ['/usr/bin/python3', '/usr/local/bin/python3', '/bin/python3']

/** A Python and the paths it cannot do without. */
export interface Python {
  executable: string
  /** `3.11` */
  version: string
  paths: string[]
}

const question = `
import json, os, sys, sysconfig
v = sysconfig.get_config_var
print(json.dumps({
    'executable': os.path.realpath(sys.executable),
    'version': '%d.%d' % sys.version_info[:2],
    'paths': [sysconfig.get_path('stdlib'), sysconfig.get_path('platstdlib'), os.path.join(v('LIBDIR') or '', v('INSTSONAME') or '')],
}))
`
// `pidfd_open` and a few more came with 3.9.
const OLDEST_MINOR = 9

export async function findPython(): Promise<Python | undefined> {
  for (const place of places.filter(existsSync)) {
    try {
      const { stdout } = await promisify(execFile)(place, ['-I', '-S', '-c', question], { env: {}, timeout: 10_000 })
      const python = JSON.parse(stdout) as Python
      const paths = [...new Set(python.paths)].filter((path) => existsSync(path) && !path.endsWith('/'))
      if (Number(python.version.split('.')[1]) >= OLDEST_MINOR) return { ...python, paths: [python.executable, ...paths] }
    } catch {
      // One that does not start is none.
    }
  }
  return undefined
}
