import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const forged = 'a line break in the value writes lines of its own into the log'

export const logLine: Family = {
  name: 'log-line',
  cwe: 'CWE-117',
  verbs: ['log', 'format', 'write', 'make', 'build', 'record'],
  nouns: ['line', 'log_line', 'event', 'login', 'entry', 'log_entry'],
  parameters: { user: ['user', 'username', 'who', 'account', 'login_name'], action: ['action', 'event', 'what', 'message', 'deed'] },
  locals: { clean: ['clean', 'safe', 'plain', 'stripped'], deed: ['deed', 'said', 'told', 'note'] },
  phrases: [
    '[returns/return] the line of the log for $user and $action: user=, the user, a space, action=, the action, and a line break',
    '[builds/build] the log line user=$user action=$action with a line break at its end',
    '[formats/format] one entry of the log as user=... action=... of $user and $action; it ends with a line break',
    '[makes/make] the text "user=U action=A" of $user and $action and [appends/append] a line break',
    '[gives/give] one line for a log that says user=, then $user, a space, action= and $action, ended by a line break',
    '[renders/render] $user and $action as a log line in the form user=U action=A, line break included',
    '[puts/put] $user and $action into a log entry (user=U action=A) that a line break ends',
  ],
  careful: [
    '; neither of them can begin a line of its own',
    ', and [takes/take] line breaks out of both',
    ', safe against forged log entries',
    ' where no value can forge another entry',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <first>\n    <second>\n    <give>'],
      sig: ['def $f($user, $action):', 'def $f($user: str, $action: str) -> str:'],
      first: [
        "$clean = $user.replace('\\r', '').replace('\\n', '')",
        "$clean = re.sub(r'[\\r\\n]', ' ', $user)",
        "$clean = ' '.join($user.splitlines())",
        "$clean = ''.join($char for $char in $user if $char.isprintable())",
        weak('CWE-117', forged, '$clean = $user'),
        weak('CWE-117', 'only breaks at the ends are taken away', '$clean = $user.strip()'),
        weak('CWE-117', 'only the first line break is taken away', "$clean = $user.replace('\\n', ' ', 1)"),
      ],
      second: [
        "$deed = $action.replace('\\r', ' ').replace('\\n', ' ')",
        "$deed = re.sub(r'\\s+', ' ', $action)",
        "$deed = ' '.join($action.split())",
        weak('CWE-117', forged, '$deed = $action'),
        weak('CWE-117', 'only breaks at the end are taken away', '$deed = $action.rstrip()'),
      ],
      give: [
        "return f'user={$clean} action={$deed}\\n'",
        "return 'user=' + $clean + ' action=' + $deed + '\\n'",
        "return 'user={} action={}\\n'.format($clean, $deed)",
        "return 'user=%s action=%s\\n' % ($clean, $deed)",
        wrong('the line break at the end is missing', "return f'user={$clean} action={$deed}'"),
        wrong('user and action are exchanged', "return f'user={$deed} action={$clean}\\n'"),
        wrong('the space between them is missing', "return f'user={$clean}action={$deed}\\n'"),
      ],
    },
    tests: ["assert $f('ada', 'login') == 'user=ada action=login\\n'", "assert $f('bob', 'deleted a file') == 'user=bob action=deleted a file\\n'"],
    exploits: [
      "assert $f('ada\\nx\\nuser=root', 'login').count('\\n') == 1",
      "assert $f('ada', 'login\\nuser=root action=login').count('\\n') == 1",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($user: string, $action: string): string {\n  <doc>\n  const $clean = <first>\n  const $deed = <second>\n  <give>\n}'],
      first: [
        "$user.replace(/[\\r\\n]/g, ' ')",
        "$user.replaceAll('\\r', '').replaceAll('\\n', '')",
        "$user.split(/[\\r\\n]+/).join(' ')",
        weak('CWE-117', forged, '$user'),
        weak('CWE-117', 'only breaks at the ends are taken away', '$user.trim()'),
        weak('CWE-117', 'only the first line break is taken away', "$user.replace('\\n', ' ')"),
      ],
      second: [
        "$action.replace(/\\s+/g, ' ')",
        "$action.replaceAll(/[\\r\\n]+/g, ' ')",
        weak('CWE-117', forged, '$action'),
        weak('CWE-117', 'only breaks at the end are taken away', '$action.trimEnd()'),
        weak('CWE-117', 'only the first line break is taken away', "$action.replace(/[\\r\\n]/, ' ')"),
      ],
      give: [
        'return `user=${$clean} action=${$deed}\\n`',
        "return 'user=' + $clean + ' action=' + $deed + '\\n'",
        "return ['user=', $clean, ' action=', $deed, '\\n'].join('')",
        wrong('the line break at the end is missing', 'return `user=${$clean} action=${$deed}`'),
        wrong('user and action are exchanged', 'return `user=${$deed} action=${$clean}\\n`'),
        wrong('the space between them is missing', 'return `user=${$clean}action=${$deed}\\n`'),
      ],
    },
    tests: ["nodeAssert.equal($f('ada', 'login'), 'user=ada action=login\\n')", "nodeAssert.equal($f('bob', 'deleted a file'), 'user=bob action=deleted a file\\n')"],
    exploits: [
      "nodeAssert.equal($f('ada\\nx\\nuser=root', 'login').split('\\n').length, 2)",
      "nodeAssert.equal($f('ada', 'login\\nx\\nuser=root action=login').split('\\n').length, 2)",
    ],
  },
}
