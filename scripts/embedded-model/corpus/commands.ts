/**
 * What checks of families that run a command begin with: stand-ins for the language's ways to start programs, for the sandbox holds no other programs. `ran` lists what
 * a shell would have run besides; `program` is given the words of the command and what it reads, and answers with its exit status and what it prints.
 */
export const standInCommands = {
  python: `import os, re, shlex, subprocess, tempfile
ran = []
def through_shell(line):
    bare = re.sub(r'"[^"\`$]*"', '', re.sub(r"'[^']*'", '', line))
    if re.search(r'[;&|\`\\n]|[$][(]', bare):
        ran.append(line)
    return shlex.split(re.split('[;&|\\n]', line)[0] if bare != '' else line)
def run(words, shell=False, text=False, stdin=None, **rest):
    words = through_shell(words) if shell else list(words)
    if words[:2] == ['sh', '-c']:
        words = through_shell(words[2])
    status, said = program(words, stdin.read() if stdin else b'')
    if status != 0 and rest.get('check'):
        raise subprocess.CalledProcessError(status, words)
    return subprocess.CompletedProcess(words, status, said if text else said.encode(), '')
subprocess.run = run
subprocess.call = lambda words, **rest: run(words, **rest).returncode
subprocess.check_output = lambda words, **rest: run(words, check=True, **rest).stdout
subprocess.getoutput = lambda line: run(line, shell=True, text=True).stdout.rstrip()
subprocess.getstatusoutput = lambda line: (run(line, shell=True).returncode, '')
os.system = lambda line: run(line, shell=True).returncode << 8
class Piped:
    def __init__(self, line):
        self.read = lambda: run(line, shell=True, text=True).stdout
os.popen = Piped
`,
  typescript: `const started = (await import('node:child_process')).default as any
const ran: string[] = []
const words = (line: string): string[] => (line.match(/'[^']*'|"[^"]*"|[^\\s'"]+/g) ?? []).map((word) => word.replaceAll(/['"]/g, ''))
const throughShell = (line: string): string[] => {
  if (/[;&|\`\\n]|[$][(]/.test(line.replaceAll(/'[^']*'/g, '').replaceAll(/"[^"\`$]*"/g, ''))) ran.push(line)
  return words(line.split(/[;&|\\n]/)[0] ?? '')
}
const run = (all: string[], { input = '', encoding = '' }: any = {}): any => {
  const [status, said] = program(all[0] === 'sh' && all[1] === '-c' ? throughShell(all[2] ?? '') : all, String(input))
  return { status, stdout: encoding === '' ? Buffer.from(said) : said, stderr: '' }
}
const checked = (done: any) => {
  if (done.status !== 0) throw new Error('failed')
  return done.stdout
}
started.spawnSync = (name: string, second: any = [], third: any = {}) => {
  const [given, options] = Array.isArray(second) ? [second, third] : [[], second]
  return run(options.shell ? throughShell([name, ...given].join(' ')) : [name, ...given], options)
}
started.execFileSync = (name: string, given: string[], options?: any) => checked(started.spawnSync(name, given, options))
started.execSync = (line: string, options?: any) => checked(run(throughShell(line), options))
;((await import('node:module')) as any).syncBuiltinESMExports?.()
`,
}
