// Runs one Python job in Pyodide under Deno: `work.py` does it, as on the other driver.
//
//     pyodide.mjs PYODIDE             writes a snapshot of the prepared interpreter to standard output
//     pyodide.mjs PYODIDE SNAPSHOT    starts from the snapshot and does the job that comes on standard input (see `channel.mjs`)
//
// PYODIDE is a folder's URL and SNAPSHOT a file's. To read them is permitted, and that is given up before a job is read.
import { fileURLToPath } from 'node:url'
import { readText, write, writeBytes } from './channel.mjs'

const { Deno } = globalThis
const [folder, snapshot] = Deno.args
// countersign-ignore coverage/hidden: the runtime itself, from the folder that our driver names
const { loadPyodide } = await import(new URL('pyodide.mjs', folder).href)
const options = { indexURL: fileURLToPath(folder), env: { PYTHONHASHSEED: '0', LC_ALL: 'C.UTF-8' } }

if (snapshot === undefined) await makeSnapshot()
else await runJob()

async function makeSnapshot() {
  const python = await loadPyodide({ ...options, stdout: () => {}, _makeSnapshot: true })
  python.FS.mkdir('/guest')
  for (const name of ['value.py', 'work.py', 'surroundings.py']) {
    python.FS.writeFile(`/guest/${name}`, Deno.readFileSync(new URL(name, import.meta.url)))
  }
  python.runPython('import sys; sys.path.insert(0, "/guest"); import surroundings; surroundings.prepare()')
  writeBytes(1, python.makeMemorySnapshot())
}

async function runJob() {
  const python = await loadPyodide({ ...options, _loadSnapshot: Deno.readFileSync(fileURLToPath(snapshot)) })
  const run = python.globals.get('surroundings').run
  giveUpReading()
  const exit = Deno.exit.bind(Deno)
  const { stdin } = Deno
  const text = readText(0)
  const { answers, mark, root } = JSON.parse(text)
  const report = (line) => write(answers, `${mark}${line}\n`)
  report('{"kind":"ready"}')
  python.setStdin({ read: (buffer) => stdin.readSync(buffer) ?? 0 })
  python.setStdout({ write: (bytes) => (writeBytes(1, bytes), bytes.length) })
  python.setStderr({ write: (bytes) => (writeBytes(2, bytes), bytes.length) })
  try {
    exit(await run.callPromising(text, root, report))
  } catch {
    // The interpreter itself is gone, as by recursion deeper than its stack.
    exit(1)
  }
}

function giveUpReading() {
  Deno.permissions.revokeSync({ name: 'read' })
  for (const path of [fileURLToPath(folder), fileURLToPath(snapshot)]) {
    if (Deno.permissions.querySync({ name: 'read', path }).state === 'granted') throw new Error(`${path} can still be read`)
  }
}
