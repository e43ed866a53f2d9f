import { standInCommands } from '../commands.ts'
import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const shell = 'a shell reads the host: it may hold commands'
const option = 'a host that begins with a dash is read as an option'
const pythonPing = `${standInCommands.python}def program(words, given):
    plain = words[:words.index('--')] if '--' in words else words
    ran.extend(word for word in plain[1:] if word.startswith('-') and word not in ('-c', '-W'))
    return (0 if words[0] == 'ping' and '-c' in words and words[-1] == 'host.test' else 1), 'answer\\n'
`
const nodePing = `const program = (all: string[]): [number, string] => {
  const plain = all.includes('--') ? all.slice(0, all.indexOf('--')) : all
  ran.push(...plain.slice(1).filter((word) => word.startsWith('-') && word !== '-c' && word !== '-W'))
  return [all[0] === 'ping' && all.includes('-c') && all.at(-1) === 'host.test' ? 0 : 1, 'answer\\n']
}
${standInCommands.typescript}`
const bad = ['host.test; touch x', 'host.test && touch x', '$(touch x)', "host.test' ; touch x '", '" ; touch x "']

export const pingHost: Family = {
  name: 'ping-host',
  cwe: 'CWE-78',
  verbs: ['ping', 'reach', 'probe', 'check', 'test'],
  nouns: ['host', 'server', 'machine', 'address', 'node', 'target_host'],
  parameters: { host: ['host', 'address', 'server', 'hostname', 'target', 'machine'] },
  locals: { out: ['result', 'done', 'answer', 'status'], key: ['command', 'words', 'call', 'args'] },
  phrases: [
    '[runs/run] the command ping -c 1 for $host and [returns/return] {true} if it ends with status 0, else {false}',
    '[pings/ping] $host once with the ping program and [tells/tell] whether it answered',
    '[calls/call] ping with one packet for the host $host and [returns/return] whether that succeeded',
    '[sends/send] one ping to $host and [returns/return] {true} for an answer, {false} otherwise',
    '[uses/use] the system command ping to find out whether $host can be reached',
    '[starts/start] ping -c 1 on $host and [checks/check] its exit status for zero',
    '[tries/try] ping -c 1 on $host and [says/say] if it worked',
    '[finds/find] out by one ping if the host $host is up',
    '[tells/tell] whether the machine $host answers a single ping',
    '[checks/check] with the ping program whether $host can be reached',
    '[starts/start] ping for $host with one packet and [returns/return] whether its status was zero',
    '[finds/find] out with the ping program if the machine $host is up',
    '[tries/try] to reach $host by a single ping and [says/say] whether it worked',
  ],
  careful: [', safe against command injection', ', without a shell', '; nothing in $host may ever run as a command or count as an option', ' and never lets a shell see $host'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <guard>\n    <body>', '<sig>\n    <doc>\n    <loose>'],
      sig: ['def $f($host):', 'def $f($host: str) -> bool:'],
      guard: ['', "if $host.startswith('-'):\n    raise ValueError('invalid host')", "if not re.fullmatch(r'[A-Za-z0-9.-]+', $host):\n    raise ValueError('invalid host')"],
      body: [
        '$out = subprocess.run(<words>, capture_output=True<more>)\nreturn <good>',
        'return subprocess.run(<words>, capture_output=True<more>).returncode <is> 0',
        "return subprocess.call(<words>, stdout=subprocess.DEVNULL) <is> 0",
        '$key = <words>\n$out = subprocess.run($key, stdout=subprocess.DEVNULL<more>)\nreturn <good>',
        'try:\n    subprocess.run(<words>, check=True, capture_output=True)\nexcept subprocess.CalledProcessError:\n    return <failed>\nreturn <worked>',
      ],
      loose: [
        '$out = subprocess.run(<line>, shell=True, capture_output=True)\nreturn <good>',
        'return subprocess.run(<line>, shell=True).returncode == 0',
        'return os.system(<line>) == 0',
        '$key = <line>\nreturn subprocess.call($key, shell=True) == 0',
        'return not subprocess.call(<line>, shell=True)',
        'return subprocess.getstatusoutput(<line>)[0] == 0',
      ],
      line: [
        "f'ping -c 1 -- {shlex.quote($host)}'",
        "'ping -c 1 -- ' + shlex.quote($host)",
        weak('CWE-78', shell, "f'ping -c 1 {$host}'"),
        weak('CWE-78', shell, "'ping -c 1 ' + $host"),
        weak('CWE-78', 'quotes do not keep a shell from reading it', "f'ping -c 1 \"{$host}\"'"),
        weak('CWE-78', shell, "'ping -c 1 {}'.format($host)"),
        weak('CWE-78', shell, "'ping -c 1 %s' % $host"),
        weak('CWE-78', 'white space is cut off, and all else reaches the shell', "f'ping -c 1 {$host.strip()}'"),
      ],
      words: ["['ping', '-c', '1', '--', $host]", "['ping', '-c', '1', '-W', '2', '--', $host]"],
      more: ['', ', timeout=5'],
      is: ['==', wrong('it returns the opposite', '!='), wrong('it returns the opposite', '>')],
      good: ['$out.returncode == 0', 'not $out.returncode', wrong('it returns the status and not a truth value', '$out.returncode'), wrong('it returns what was printed', '$out.stdout'), wrong('it tells only that the command ran', '$out is not None')],
      failed: ['False', wrong('a failed ping counts as an answer', 'True')],
      worked: ['True', wrong('an answer counts for nothing', 'False')],
    },
    tests: [`${pythonPing}assert $f('host.test') is True`, `${pythonPing}assert $f('other.test') is False`],
    exploits: bad.map((host) => `${pythonPing}try:\n    $f(${JSON.stringify(host)})\nexcept Exception:\n    pass\nassert ran == []`),
  },
  typescript: {
    grammar: {
      program: [
        'export function $f($host: string): boolean {\n  <doc>\n  <guard>\n  <body>\n}',
        'export function $f($host: string): boolean {\n  <doc>\n  <loose>\n}',
        'export function $f($host: string): boolean {\n  <doc>\n  try {\n    <start>\n    return <worked>\n  } catch {\n    return <failed>\n  }\n}',
      ],
      guard: ['', "if ($host.startsWith('-')) throw new Error('invalid host')", "if (!/^[A-Za-z0-9.-]+$/.test($host)) throw new Error('invalid host')"],
      body: [
        'const $out = spawnSync(<words><more>)\nreturn <good>',
        'return spawnSync(<words><more>).status <is> 0',
        'const { status } = spawnSync(<words><more>)\nreturn status <is> 0',
        'const $key = <list>\nreturn spawnSync(\'ping\', $key).status <is> 0',
      ],
      loose: ['return spawnSync(<call>).status <is> 0', 'const $out = spawnSync(<call>)\nreturn <good>', 'const { status } = spawnSync(<call>)\nreturn status <is> 0'],
      call: [
        "'ping', ['-c', '1', '--', $host]",
        weak('CWE-78', shell, '`ping -c 1 ${$host}`, { shell: true }'),
        weak('CWE-78', shell, "'ping -c 1 ' + $host, { shell: true }"),
        weak('CWE-78', 'a shell reads the arguments as well', "'ping', ['-c', '1', $host], { shell: true }"),
        weak('CWE-78', shell, "'sh', ['-c', `ping -c 1 ${$host}`]"),
      ],
      words: ["'ping', <list>"],
      list: ["['-c', '1', '--', $host]", "['-c', '1', '-W', '2', '--', $host]"],
      more: ['', ', { timeout: 5000 }'],
      good: ['$out.status === 0', '!$out.status', wrong('it returns the status and not a truth value', '$out.status'), wrong('it tells only that the command ran', '$out !== undefined')],
      is: ['===', wrong('it returns the opposite', '!==')],
      start: [
        "execFileSync('ping', ['-c', '1', '--', $host])",
        "execFileSync('ping', ['-c', '1', '--', $host], { stdio: 'ignore' })",
        "execFileSync('ping', ['-c', '1', '-W', '2', '--', $host])",
        weak('CWE-78', shell, 'execSync(`ping -c 1 ${$host}`)'),
        weak('CWE-78', shell, "execSync('ping -c 1 ' + $host)"),
        weak('CWE-78', shell, "execSync(`ping -c 1 ${$host}`, { stdio: 'ignore' })"),
        weak('CWE-78', shell, "execFileSync('sh', ['-c', `ping -c 1 ${$host}`])"),
        weak('CWE-88', option, "execFileSync('ping', ['-c', '1', $host])"),
        weak('CWE-78', 'quotes do not keep a shell from reading it', 'execSync(`ping -c 1 "${$host}"`)'),
      ],
      worked: ['true', wrong('an answer counts for nothing', 'false')],
      failed: ['false', wrong('a failed ping counts as an answer', 'true')],
    },
    tests: [`${nodePing}nodeAssert.equal($f('host.test'), true)`, `${nodePing}nodeAssert.equal($f('other.test'), false)`],
    exploits: [...bad, '-i0'].map((host) => `${nodePing}try {\n  $f(${JSON.stringify(host)})\n} catch {}\nnodeAssert.deepEqual(ran, [])`),
  },
}
