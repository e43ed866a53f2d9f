// Languages people write programs in that no front end reads yet, by their files' endings: a scan says what it did not look at.
const endings: Readonly<Record<string, string>> = {
  Python: 'py pyi pyw',
  JavaScript: 'js mjs cjs jsx',
  TypeScript: 'ts mts cts tsx',
  Java: 'java',
  Kotlin: 'kt kts',
  Scala: 'scala sc',
  Groovy: 'groovy gradle',
  Go: 'go',
  PHP: 'php phtml',
  'C#': 'cs cshtml razor',
  'Visual Basic': 'vb',
  'F#': 'fs fsx',
  Ruby: 'rb erb rake',
  C: 'c h',
  'C++': 'cc cpp cxx hh hpp hxx',
  'Objective-C': 'm mm',
  Rust: 'rs',
  Swift: 'swift',
  Dart: 'dart',
  Shell: 'sh bash zsh ksh fish',
  PowerShell: 'ps1 psm1',
  Batch: 'bat cmd',
  Perl: 'pl pm',
  Lua: 'lua',
  R: 'r',
  Julia: 'jl',
  Elixir: 'ex exs',
  Erlang: 'erl hrl',
  Haskell: 'hs',
  Clojure: 'clj cljs cljc',
  OCaml: 'ml mli',
  SQL: 'sql',
  Solidity: 'sol',
  Vue: 'vue',
  Svelte: 'svelte',
  HTML: 'html htm xhtml jsp asp aspx ejs hbs jinja jinja2 j2 mustache twig',
  Terraform: 'tf hcl',
  Notebook: 'ipynb',
}
const names = new Map(Object.entries(endings).flatMap(([name, list]) => list.split(' ').map((ending): [string, string] => [ending, name])))

const interpreters: readonly (readonly [RegExp, string])[] = [
  [/^#!.*\bpython[\d.]*\b/, 'python'],
  [/^#!.*\b(?:node|bun)\b/, 'javascript'],
  [/^#!.*\bdeno\b/, 'typescript'],
]

/** The programming language that a path's ending tells, as people write it; `undefined` when it is none that is known here. */
export function languageNamed(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  if (name === 'dockerfile' || name.endsWith('.dockerfile')) return 'Dockerfile'
  if (name === 'makefile') return 'Make'
  return names.get(/\.(\w+)$/.exec(name)?.[1] ?? '')
}

/** The language of a script without an ending, by its first line. */
export function languageOfScript(text: string): string | undefined {
  if (!text.startsWith('#!')) return undefined
  const [first = ''] = text.slice(0, 200).split('\n', 1)
  return interpreters.find(([pattern]) => pattern.test(first))?.[1]
}
