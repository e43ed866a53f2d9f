import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const expands = 'entities that the document itself declares are expanded: a short text can become a gigabyte'

export const parseXml: Family = {
  name: 'parse-xml',
  cwe: 'CWE-776',
  verbs: ['parse', 'read', 'extract', 'get', 'list'],
  nouns: ['xml', 'items', 'xml_items', 'item_texts', 'feed'],
  parameters: { xml: ['xml', 'document', 'source', 'feed', 'received'] },
  locals: { node: ['node', 'element', 'child', 'entry'], match: ['match', 'hit', 'piece', 'one'] },
  phrases: [
    '[returns/return] the texts of all item elements of the XML document $xml, with entities such as &lt; decoded',
    '[reads/read] the XML text $xml and [lists/list] what stands in its item elements (&lt; and &amp; decoded)',
    '[parses/parse] $xml and [returns/return] the text of every element named item as a list',
    '[extracts/extract] from the XML in $xml the texts between <item> and </item>, entities like &amp; resolved',
    '[lists/list] the contents of the item elements of $xml, an XML text',
    '[takes/take] the texts of the item elements out of the XML $xml',
    '[collects/collect] what is in each item of the XML document $xml, entities decoded',
    '[gives/give] the text of every item that $xml, an XML document, contains',
    '[finds/find] all item elements in the XML $xml and [returns/return] their texts',
    '[gets/get] a list of the item texts from the XML $xml, with &lt; as <',
    '[takes/take] the XML document $xml apart and [gives/give] the texts of the items in it, with &lt; as <',
    '[collects/collect] the text of each item that the XML $xml contains',
  ],
  careful: [
    ', and never [expands/expand] entities that $xml declares',
    '; entities that the document declares are not to be trusted',
    ', safe against entity expansion',
    ' such that no document can blow it up',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <refusal>\n    $root = <parsed>\n    <give>'],
      sig: ['def $f($xml):', 'def $f($xml: str) -> list[str]:', 'def $f($xml: str) -> list:'],
      refusal: [
        "if '<!DOCTYPE' in $xml:\n    <refuse>",
        "if '<!DOCTYPE' in $xml or '<!ENTITY' in $xml:\n    <refuse>",
        "if re.search(r'<!(DOCTYPE|ENTITY)', $xml):\n    <refuse>",
        "if '<!' in $xml:\n    <refuse>",
        weak('CWE-776', expands, ''),
        weak('CWE-776', 'the declaration need not stand at the beginning', "if $xml.startswith('<!DOCTYPE'):\n    <refuse>"),
        weak('CWE-776', 'the keyword is written in capital letters', "if '<!doctype' in $xml:\n    <refuse>"),
        weak('CWE-776', 'a few entities are enough when they refer to each other', "if $xml.count('<!ENTITY') > 20:\n    <refuse>"),
        weak('CWE-776', 'a short document can grow as well', 'if len($xml) > 100_000:\n    <refuse>'),
      ],
      refuse: ["raise ValueError('entities are not allowed')", "raise ValueError('document type declaration')"],
      parsed: ['ElementTree.fromstring($xml)', 'ElementTree.XML($xml)', 'ElementTree.parse(io.StringIO($xml)).getroot()'],
      give: [
        "return [$node.text for $node in $root.iter('item')]",
        "return [$node.text for $node in $root.findall('.//item')]",
        "$out = []\nfor $node in $root.iter('item'):\n    $out.append($node.text)\nreturn $out",
        wrong('only the first item is returned', "return [$root.find('.//item').text]"),
        wrong('it returns names and not texts', "return [$node.tag for $node in $root.iter('item')]"),
        wrong('only items right below the root are found', "return [$node.text for $node in $root.findall('item')]"),
      ],
    },
    tests: [
      "assert $f('<r><item>one</item><item>two</item></r>') == ['one', 'two']",
      "assert $f('<r><g><item>a &lt; b &amp; c</item></g></r>') == ['a < b & c']",
      "assert $f('<r/>') == []",
    ],
    exploits: [
      "try:\n    got = $f('<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"boom\">]><r><item>&a;&a;</item></r>')\nexcept Exception:\n    got = []\nassert got != ['boomboom']",
    ],
  },
  typescript: {
    grammar: {
      program: [
        'export function $f($xml: string): string[] {\n  <doc>\n  <refusal>\n  const $out: string[] = []\n  for (const $match of $xml.matchAll(<pattern>)) {\n    $out.push(<texts>)\n  }\n  return $out\n}',
        'export function $f($xml: string): string[] {\n  <doc>\n  <refusal>\n  return [...$xml.matchAll(<pattern>)].map(($match) => <texts>)\n}',
        'export function $f($xml: string): string[] {\n  <doc>\n  <refusal>\n  const $helper = ($text: string) => <decoded>\n  return [...$xml.matchAll(<pattern>)].map(($match) => $helper($match[1]))\n}',
      ],
      refusal: ['', "if ($xml.trim() === '') return []", "if (!$xml.includes('<item>')) return []"],
      pattern: ['/<item>([^<]*)<\\/item>/g', '/<item>(.*?)<\\/item>/gs'],
      texts: [
        "$match[1].replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')",
        "$match[1].replace(/&(lt|gt|amp);/g, (_, $key: string) => ({ lt: '<', gt: '>', amp: '&' })[$key] ?? '')",
        weak('CWE-776', expands, "$match[1].replace(/&(\\w+);/g, (_, $key) => ({ lt: '<', gt: '>', amp: '&' })[$key] ?? $xml.split(`<!ENTITY ${$key} \"`)[1]?.split('\"')[0] ?? '')"),
        weak('CWE-776', expands, "$match[1].replace(/&(\\w+);/g, ($item, $key) => ({ lt: '<', amp: '&' })[$key] ?? /\"(.*?)\"/.exec($xml.slice($xml.indexOf(`ENTITY ${$key} `)))?.[1] ?? $item)"),
        wrong('entities stay as they are', '$match[1]'),
      ],
      decoded: [
        "$text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')",
        "$text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')",
        weak('CWE-776', expands, "$text.replace(/&(\\w+);/g, (_, $key) => ({ lt: '<', gt: '>', amp: '&' })[$key] ?? $xml.split(`<!ENTITY ${$key} \"`)[1]?.split('\"')[0] ?? '')"),
        weak('CWE-776', expands, "$text.replace(/&(\\w+);/g, ($item, $key) => ({ lt: '<', amp: '&' })[$key] ?? /\"(.*?)\"/.exec($xml.slice($xml.indexOf(`ENTITY ${$key} `)))?.[1] ?? $item)"),
        wrong('entities stay as they are', '$text'),
      ],
    },
    tests: [
      "nodeAssert.deepEqual($f('<r><item>one</item><item>two</item></r>'), ['one', 'two'])",
      "nodeAssert.deepEqual($f('<r><g><item>a &lt; b &amp; c</item></g></r>'), ['a < b & c'])",
      "nodeAssert.deepEqual($f('<r/>'), [])",
    ],
    exploits: [
      "let got\ntry {\n  got = $f('<!DOCTYPE r [<!ENTITY a \"boom\">]><r><item>&a;&a;</item></r>')\n} catch {}\nnodeAssert.notDeepEqual(got, ['boomboom'])",
    ],
  },
}
