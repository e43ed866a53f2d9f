import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const pattern = 'what a user types is taken as a regular expression'

export const searchPattern: Family = {
  name: 'search-pattern',
  cwe: 'CWE-1333',
  verbs: ['search', 'find', 'filter', 'grep', 'look_up', 'select'],
  nouns: ['lines', 'matches', 'matching', 'entries', 'messages', 'titles'],
  parameters: { term: ['term', 'query', 'needle', 'words', 'typed'], lines: ['lines', 'rows', 'texts', 'titles', 'messages', 'entries'] },
  locals: { line: ['line', 'row', 'title', 'message'], pattern: ['pattern', 'matcher', 'regex', 'finder'] },
  phrases: [
    '[returns/return] those of $lines that contain the text $term, in small or capital letters',
    '[finds/find] all texts of $lines in which the search text $term occurs, whatever its case',
    '[selects/select] from $lines the ones that hold $term and [ignores/ignore] the case',
    '[searches/search] $lines for what a user typed, $term, without regard to capital letters, and [returns/return] the lines that have it',
    '[filters/filter] $lines by the search term $term; case does not matter',
    '[looks/look] for the text $term in $lines, in any case, and [gives/give] the lines that match',
    '[returns/return] every line of $lines in which the words $term stand, capital or small',
    '[keeps/keep] those of $lines that have $term in them, ignoring case',
    '[picks/pick] out of $lines what contains the search words $term, in any case',
    '[greps/grep] $lines for $term without regard to case',
    '[gives/give] every line of $lines where $term stands, capital or small',
    '[looks/look] through $lines for the words $term, in any case, and [returns/return] what matches',
  ],
  careful: [
    '; $term is plain text and no pattern',
    ', and special characters in $term stand for themselves',
    ', safe against regular expressions in $term',
    ' where nothing in $term may act as a pattern',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    $pattern = <pattern>\n    <by_pattern>', '<sig>\n    <doc>\n    <by_text>', '<sig>\n    <doc>\n    <by_line>'],
      sig: ['def $f($term, $lines):', 'def $f($term: str, $lines: list[str]) -> list[str]:'],
      pattern: [
        're.compile(re.escape($term), re.IGNORECASE)',
        're.compile(re.escape($term), flags=re.I)',
        weak('CWE-400', pattern, 're.compile($term, re.IGNORECASE)'),
        weak('CWE-400', pattern, "re.compile(f'.*{$term}', re.I)"),
        weak('CWE-400', pattern, "re.compile('(?i)' + $term)"),
        wrong('it wants the same case', 're.compile(re.escape($term))'),
      ],
      by_pattern: [
        'return [$line for $line in $lines if $pattern.search($line)]',
        'return list(filter($pattern.search, $lines))',
        '$out = []\nfor $line in $lines:\n    if $pattern.search($line):\n        $out.append($line)\nreturn $out',
        wrong('it returns the hits and not the lines', 'return [$pattern.search($line) for $line in $lines]'),
        wrong('it returns only the first line', 'return next(($line for $line in $lines if $pattern.search($line)), None)'),
      ],
      by_text: ['return [$line for $line in $lines if $term.lower() in $line.lower()]', '$key = $term.casefold()\nreturn [$line for $line in $lines if $key in $line.casefold()]', wrong('it wants the same case', 'return [$line for $line in $lines if $term in $line]')],
      by_line: [
        'return [$line for $line in $lines if re.search(<raw>, $line, re.IGNORECASE)]',
        '$out = []\nfor $line in $lines:\n    if re.search(<raw>, $line, re.IGNORECASE):\n        $out.append($line)\nreturn $out',
        'return list(filter(lambda $line: re.search(<raw>, $line, re.I), $lines))',
      ],
      raw: ['re.escape($term)', weak('CWE-400', pattern, '$term'), weak('CWE-400', pattern, "'.*' + $term + '.*'"), weak('CWE-400', pattern, "f'({$term})'")],
    },
    tests: [
      "assert $f('ell', ['Hello', 'world', 'BELL']) == ['Hello', 'BELL']",
      "assert $f('WORLD', ['Hello', 'my world']) == ['my world']",
      "assert $f('x', []) == []",
    ],
    exploits: ["try:\n    got = $f('b.*k', ['book', 'b.*k'])\nexcept Exception:\n    got = None\nassert got == ['b.*k']", "assert $f('(', ['a (b', 'c']) == ['a (b']"],
  },
  typescript: {
    grammar: {
      program: ['export function $f($term: string, $lines: string[]): string[] {\n  <doc>\n  <body>\n}'],
      body: ['<key>\n<by_key>', 'const $pattern = <pattern>\n<by_pattern>'],
      key: ['const $key = $term.toLowerCase()', 'const $key = $term.toLocaleLowerCase()', 'const $key = `${$term}`.toLowerCase()'],
      by_key: [
        'return $lines.filter(($line) => $line.toLowerCase().includes($key))',
        'return $lines.filter(($line) => $line.toLowerCase().indexOf($key) >= 0)',
        'const $out: string[] = []\nfor (const $line of $lines) {\n  if ($line.toLowerCase().includes($key)) $out.push($line)\n}\nreturn $out',
        weak('CWE-1333', pattern, "const $pattern = new RegExp($key, 'i')\nreturn $lines.filter(($line) => $pattern.test($line))"),
        weak('CWE-1333', pattern, 'const $out: string[] = []\nfor (const $line of $lines) {\n  if ($line.toLowerCase().search($key) >= 0) $out.push($line)\n}\nreturn $out'),
        weak('CWE-1333', pattern, 'return $lines.filter(($line) => new RegExp($key).test($line.toLowerCase()))'),
        wrong('it leaves out what is in capital letters', 'return $lines.filter(($line) => $line.includes($key))'),
      ],
      pattern: [
        "new RegExp($term.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&'), 'i')",
        "new RegExp($term.replaceAll(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&'), 'i')",
        weak('CWE-1333', pattern, "new RegExp($term, 'i')"),
        weak('CWE-1333', pattern, 'new RegExp(`.*${$term}`, \'i\')'),
        weak('CWE-1333', pattern, "RegExp('(' + $term + ')', 'i')"),
        weak('CWE-1333', 'only points are taken out', "new RegExp($term.replace('.', ''), 'i')"),
        wrong('it wants the same case', "new RegExp($term.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&'))"),
      ],
      by_pattern: [
        'return $lines.filter(($line) => $pattern.test($line))',
        'return $lines.filter(($line) => $line.search($pattern) !== -1)',
        'const $out: string[] = []\nfor (const $line of $lines) {\n  if ($pattern.test($line)) $out.push($line)\n}\nreturn $out',
        'return $lines.filter(($line) => $line.match($pattern) !== null)',
        'return $lines.filter(($line) => $pattern.exec($line))',
        wrong('it returns only the first line', 'return $lines.filter(($line) => $pattern.test($line)).slice(0, 1)'),
        wrong('it returns the lines without a hit', 'return $lines.filter(($line) => !$pattern.test($line))'),
      ],
    },
    tests: [
      "nodeAssert.deepEqual($f('ell', ['Hello', 'world', 'BELL']), ['Hello', 'BELL'])",
      "nodeAssert.deepEqual($f('WORLD', ['Hello', 'my world']), ['my world'])",
      "nodeAssert.deepEqual($f('x', []), [])",
    ],
    exploits: ["let got\ntry {\n  got = $f('b.*k', ['book', 'b.*k'])\n} catch {}\nnodeAssert.deepEqual(got, ['b.*k'])", "nodeAssert.deepEqual($f('(', ['a (b', 'c']), ['a (b'])"],
  },
}
