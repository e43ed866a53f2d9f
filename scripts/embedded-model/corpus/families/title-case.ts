import type { Family } from '../family.ts'
import { wrong } from '../grammar.ts'

export const titleCase: Family = {
  name: 'title-case',
  verbs: ['title', 'capitalize', 'make', 'convert'],
  nouns: ['case', 'title_case', 'words', 'each_word', 'title'],
  parameters: { phrase: ['text', 'sentence', 'phrase', 's', 'heading', 'line'] },
  locals: { word: ['word', 'w', 'piece', 'term'], words: ['words', 'parts', 'pieces', 'terms'] },
  phrases: [
    '[returns/return] $phrase with every word beginning with a capital letter and small letters behind it; blanks part the words',
    '[writes/write] each word of $phrase, parted by single blanks, with a capital first letter and the rest in small letters',
    '[capitalizes/capitalize] the first letter of every word in $phrase and [makes/make] all others small',
    '[converts/convert] $phrase to title case, where only what stands after a blank begins with a capital',
    '[puts/put] the words of $phrase into title case: first letter capital, the others small',
    '[turns/turn] $phrase into a title in which each word has a capital at its beginning and nowhere else',
    '[gives/give] $phrase such that all its words start with a capital letter and go on in small ones',
  ],
  examples: [
    { arguments: ['hello world'], result: 'Hello World' },
    { arguments: [''], result: '' },
    { arguments: ['THE oLD man'], result: 'The Old Man' },
    { arguments: ["it's late"], result: "It's Late" },
    { arguments: ['a b'], result: 'A B' },
  ],
  stage: { takes: 'text', gives: 'text' },
  python: {
    grammar: {
      program: ["<sig>\n    <doc>\n    <short>", "<sig>\n    <doc>\n    $words = []\n    for $word in <words>:\n        <add>\n    return <joined>", "<sig>\n    <doc>\n    $out = ''\n    for $i, $char in enumerate($phrase):\n        <char>\n    return $out"],
      sig: ['def $f($phrase):', 'def $f($phrase: str) -> str:'],
      words: ["$phrase.split(' ')", '$phrase.split()'],
      short: [
        "return ' '.join(<cased> for $word in <words>)",
        "return ' '.join([<cased> for $word in <words>])",
        "return ' '.join(map(str.capitalize, <words>))",
        wrong('a letter behind an apostrophe becomes capital as well', 'return $phrase.title()'),
        wrong('only the first word gets a capital', 'return $phrase.capitalize()'),
        wrong('the blanks are lost', "return ''.join(<cased> for $word in <words>)"),
      ],
      cased: ['$word.capitalize()', '$word[:1].upper() + $word[1:].lower()', wrong('the rest stays as it is', '$word[:1].upper() + $word[1:]'), wrong('all letters become capital', '$word.upper()')],
      add: ['$words.append(<cased>)', '$words += [<cased>]', wrong('the word is added as it was', '$words.append($word)')],
      joined: ["' '.join($words)", wrong('it returns a list and not a text', '$words')],
      char: ["$out += $char.upper() if $i == 0 or $phrase[$i - 1] == ' ' else $char.lower()", "if $i == 0 or $phrase[$i - 1] == ' ':\n    $out += $char.upper()\nelse:\n    $out += $char.lower()", wrong('the first word is left out', "$out += $char.upper() if $phrase[$i - 1] == ' ' and $i > 0 else $char.lower()"), wrong('capitals inside of words stay', "$out += $char.upper() if $i == 0 or $phrase[$i - 1] == ' ' else $char")],
    },
    tests: [],
  },
  typescript: {
    grammar: {
      program: ['export function $f($phrase: string): string {\n  <doc>\n  <body>\n}'],
      body: [
        "return $phrase.split(' ').map(($word) => <cased>).join(' ')",
        "const $words = $phrase.split(' ')\nreturn $words.map(($word) => <cased>).join(<between>)",
        "const $words: string[] = []\nfor (const $word of $phrase.split(' ')) $words.push(<cased>)\nreturn $words.join(<between>)",
        "let $out = ''\nfor (const [$i, $char] of [...$phrase].entries()) {\n  <char>\n}\nreturn $out",
        "const $words = $phrase.split(' ')\nfor (const [$i, $word] of $words.entries()) $words[$i] = <cased>\nreturn $words.join(<between>)",
        'return $phrase.toLowerCase().replace(<first>, ($char) => $char.toUpperCase())',
        wrong('only the first word gets a capital', 'return $phrase.charAt(0).toUpperCase() + $phrase.slice(1).toLowerCase()'),
      ],
      cased: ['$word.charAt(0).toUpperCase() + $word.slice(1).toLowerCase()', '`${$word.slice(0, 1).toUpperCase()}${$word.slice(1).toLowerCase()}`', '$word.slice(0, 1).toUpperCase() + $word.substring(1).toLowerCase()', wrong('the rest stays as it is', '$word.charAt(0).toUpperCase() + $word.slice(1)'), wrong('all letters become capital', '$word.toUpperCase()'), wrong('an empty word is an error', '$word[0].toUpperCase() + $word.slice(1).toLowerCase()')],
      between: ["' '", wrong('the blanks are lost', "''")],
      char: ["$out += $i === 0 || $phrase[$i - 1] === ' ' ? $char.toUpperCase() : $char.toLowerCase()", "if ($i === 0 || $phrase[$i - 1] === ' ') $out += $char.toUpperCase()\nelse $out += $char.toLowerCase()", wrong('capitals inside of words stay', "$out += $i === 0 || $phrase[$i - 1] === ' ' ? $char.toUpperCase() : $char"), wrong('the first word is left out', "$out += $phrase[$i - 1] === ' ' ? $char.toUpperCase() : $char.toLowerCase()")],
      first: ['/(^| )[a-z]/g', '/(?<![^ ])[a-z]/g', wrong('a letter behind an apostrophe becomes capital as well', '/\\b[a-z]/g'), wrong('only the first word gets a capital', '/(^| )[a-z]/')],
    },
    tests: [],
  },
}
