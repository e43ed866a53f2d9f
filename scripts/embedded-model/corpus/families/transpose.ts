import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

const same = 'rows stay rows'

export const transpose: Family = {
  name: 'transpose',
  verbs: ['transpose', 'flip', 'swap', 'turn'],
  nouns: ['matrix', 'rows', 'table', 'grid', 'rows_and_columns'],
  parameters: { rows: ['rows', 'matrix', 'grid', 'table', 'lines'] },
  locals: { row: ['row', 'line', 'record', 'series'], col: ['col', 'column', 'place', 'at'] },
  phrases: [
    '[returns/return] the matrix $rows, a list of equally long lists, with rows and columns exchanged; no rows give no rows',
    '[transposes/transpose] $rows: the first row of the result is the first column, and so on',
    '[swaps/swap] rows and columns of the table $rows, whose rows are of equal length, in a new list of lists',
    '[makes/make] a list for each column of $rows',
    '[flips/flip] the grid $rows over its diagonal and [returns/return] it as lists',
    '[turns/turn] rows of the matrix $rows into columns',
    '[gives/give] $rows with its columns as rows, as lists',
    '[returns/return] the transposed table of $rows, a list of lists',
    '[exchanges/exchange] rows and columns of $rows',
    '[transposes/transpose] the matrix $rows; without rows there are none',
    '[turns/turn] the columns of $rows into rows; a table without rows stays so',
    '[gives/give] the transposed matrix of $rows as a list of lists',
  ],
  examples: [
    { arguments: [[[1, 2, 3], [4, 5, 6]]], result: [[1, 4], [2, 5], [3, 6]] },
    { arguments: [[]], result: [] },
    { arguments: [[[7]]], result: [[7]] },
    { arguments: [[[1], [2]]], result: [[1, 2]] },
    { arguments: [[[1, 2], [3, 4]]], result: [[1, 3], [2, 4]] },
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <short>', '<sig>\n    <doc>\n    <empty>\n    <indexed>', '<sig>\n    <doc>\n    $out = []\n    for $row in $rows:\n        for $i, $item in enumerate($row):\n            if len($out) <= $i:\n                $out.append(<fresh>)\n            <put>\n    return $out'],
      sig: ['def $f($rows):', 'def $f($rows: list[list[int]]) -> list[list[int]]:', 'def $f($rows: list) -> list:'],
      short: [
        'return [list($col) for $col in zip(*$rows)]',
        'return list(map(list, zip(*$rows)))',
        '$out = []\nfor $col in zip(*$rows):\n    $out.append(list($col))\nreturn $out',
        wrong('the new rows are tuples', 'return list(zip(*$rows))'),
        wrong('the star is missing and nothing is exchanged', 'return [list($col) for $col in zip($rows)]'),
        wrong(same, 'return [list($row) for $row in $rows]'),
        wrong('it turns rows round', 'return [list(reversed($row)) for $row in $rows]'),
      ],
      empty: ['if not $rows:\n    return []', 'if len($rows) == 0:\n    return []', wrong('no rows are an error', '')],
      indexed: [
        'return [[$row[$i] for $row in $rows] for $i in range(<width>)]',
        'return [[$rows[$j][$i] for $j in range(len($rows))] for $i in range(<width>)]',
        '$out = []\nfor $i in range(<width>):\n    $out.append([$row[$i] for $row in $rows])\nreturn $out',
        wrong(same, 'return [[$row[$i] for $i in range(len($row))] for $row in $rows]'),
      ],
      width: ['len($rows[0])', wrong('it counts rows and not columns', 'len($rows)'), wrong('the last column is left out', 'len($rows[0]) - 1')],
      fresh: ['[]', 'list()', wrong('all columns begin with a 0', '[0]')],
      put: ['$out[$i].append($item)', '$out[$i] += [$item]', wrong('the columns are upside down', '$out[$i].insert(0, $item)'), wrong('everything goes to the first row', '$out[0].append($item)')],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($rows: number[][]): number[][] {\n  <doc>\n  <body>\n}'],
      body: [
        'return <firstrow>.map((_, $i) => $rows.map(($row) => <cell>))',
        'const $out: number[][] = []\nfor (let $i = 0; $i < <width>; $i += 1) {\n  $out.push($rows.map(($row) => <cell>))\n}\nreturn $out',
        'const $out: number[][] = []\nfor (const $row of $rows) {\n  $row.forEach(($item, $i) => {\n    <put>\n  })\n}\nreturn $out',
        'return Array.from({ length: <width> }, (_, $i) => $rows.map(($row) => <cell>))',
        'return $rows.reduce<number[][]>(($out, $row) => $row.map(($item, $i) => [...($out[$i] ?? []), <added>]), [])',
        'const $out: number[][] = Array.from({ length: <width> }, () => [])\nfor (const $row of $rows) {\n  for (const [$i, $item] of $row.entries()) $out[$i].push(<added>)\n}\nreturn $out',
        wrong(same, 'return $rows.map(($row) => [...$row])'),
      ],
      firstrow: ['($rows[0] ?? [])', '($rows.at(0) ?? [])', wrong('no rows are an error', '$rows[0]')],
      added: ['$item', '$row[$i]', wrong('it is always the first column', '$row[0]')],
      cell: ['$row[$i]', '$row.at($i)!', wrong('columns come from behind', '$row[$row.length - 1 - $i]'), wrong('it is always the first column', '$row[0]')],
      width: ['($rows[0]?.length ?? 0)', '($rows[0] ?? []).length', wrong('it counts rows and not columns', '$rows.length'), wrong('no rows are an error', '$rows[0].length')],
      put: ['$out[$i] = [...($out[$i] ?? []), $item]', '($out[$i] ??= []).push($item)', wrong('only the last row is kept', '$out[$i] = [$item]'), wrong('the columns are upside down', '($out[$i] ??= []).unshift($item)')],
    },
    tests: [],
  },
}
