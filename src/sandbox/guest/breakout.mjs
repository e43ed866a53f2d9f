// Tries to break out (see `../proof.ts`): runs as a candidate does, and returns what it got hold of. Each function tries every way it
// knows; an error only says that this way is closed. It is both JavaScript and TypeScript.
import childProcess from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'

const deno = globalThis['Deno']

async function attempts(...ways) {
  const got = []
  for (const way of ways) {
    try {
      got.push(String(await way()))
    } catch (error) {
      got.push(`${error}`.slice(0, 100))
    }
  }
  return got.join('\n')
}

/** Does nothing that is forbidden: what it returns shows that the program ran at all. */
export const begin = (word) => word

export const readSecret = ({ secret }) =>
  attempts(
    () => fs.readFileSync(secret, 'utf8'),
    () => deno.readTextFileSync(secret),
    () => fetch(`file://${secret}`).then((response) => response.text()),
    () => import(`file://${secret}`, { with: { type: 'text' } }).then((module) => module.default),
    () => new Function('url', 'return import(url, { with: { type: "text" } })')(`file://${secret}`).then((module) => module.default),
    () => fs.readFileSync(fs.openSync(secret, 'r'), 'utf8'),
    () => fs.readdirSync(secret.replace(/[^/\\]*$/, '')).map((name) => `${name} seen`),
  )

export const writeOutside = ({ written }) =>
  attempts(
    () => fs.writeFileSync(written, 'x'),
    () => deno.writeTextFileSync(written, 'x'),
    () => fs.mkdirSync(written),
    () => fs.symlinkSync('/', written),
    () => deno.openSync(written, { write: true, create: true }),
  )

export const connect = ({ host, port }) =>
  attempts(
    () => new Promise((resolve, reject) => net.connect(port, host, () => resolve('connected')).on('error', reject)),
    () => deno.connect({ hostname: host, port }),
    () => fetch(`http://${host}:${port}/`).then(() => 'fetched'),
    () => new Promise((resolve, reject) => Object.assign(new WebSocket(`ws://${host}:${port}/`), { onopen: resolve, onerror: reject })),
    () => new Function('url', 'return import(url)')(`http://${host}:${port}/module.mjs`),
  )

export const runProgram = ({ program, marker }) => {
  const code = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, 'x')`
  return attempts(
    () => childProcess.execFileSync(program, ['-e', code]),
    () => childProcess.execSync(`echo x > ${marker}`),
    () => new deno.Command(program, { args: ['-e', code] }).outputSync(),
    () => deno.dlopen('libc.so.6', { system: { parameters: ['buffer'], result: 'i32' } }).symbols.system(new TextEncoder().encode(`echo x > ${marker}\0`)),
    () => process.dlopen({ exports: {} }, program),
  )
}

export const readEnvironment = () =>
  attempts(
    () => JSON.stringify(process.env),
    () => JSON.stringify(deno.env.toObject()),
    () => fs.readFileSync('/proc/self/environ', 'utf8'),
    () => fs.readFileSync(`/proc/${process.ppid}/environ`, 'utf8'),
  )

export const signalOthers = ({ decoy }) =>
  attempts(
    () => process.kill(decoy, 'SIGKILL'),
    () => deno.kill(decoy, 'SIGKILL'),
    () => (process.kill(process.ppid, 0), process.ppid > 1 && `signals reach ${process.ppid}`),
  )

export const seeOthers = ({ decoy }) =>
  attempts(
    () => fs.readFileSync(`/proc/${decoy}/cmdline`, 'utf8'),
    () => childProcess.execFileSync('/bin/ps', ['-o', 'args=', '-p', String(decoy)]),
  )

export const makeNamespace = () => attempts(() => (childProcess.execFileSync('/usr/bin/unshare', ['--user', 'true']), 'namespace made'))

const places = (word) => ['.', '/tmp', '/dev/shm', '/var/tmp', '/dev', '/run', '/guest'].map((folder) => `${folder}/${word}`)

export const findLeftovers = ({ word }) =>
  attempts(
    ...places(word).map((path) => () => (fs.statSync(path), `left behind: ${path}`)),
    () => new Promise((resolve, reject) => net.connect(`\0${word}`, () => resolve('left behind: a socket')).on('error', reject)),
  )

export const leaveBehind = ({ word }) =>
  attempts(
    ...places(word).map((path) => () => fs.writeFileSync(path, 'x')),
    () => new Promise((resolve, reject) => net.createServer().listen(`\0${word}`, resolve).on('error', reject)),
    () => childProcess.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }),
  )
