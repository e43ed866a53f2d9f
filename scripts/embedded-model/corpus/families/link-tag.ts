import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const raw = 'markup in the label is not escaped'
const anyScheme = 'an address that begins with javascript: runs code'
const quote = 'a quote in the address ends the attribute'
const clean = "$item.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')"

export const linkTag: Family = {
  name: 'link-tag',
  cwe: 'CWE-79',
  verbs: ['make', 'build', 'render', 'format', 'write'],
  nouns: ['link', 'anchor', 'link_tag', 'html_link', 'hyperlink'],
  parameters: { url: ['url', 'address', 'target', 'href', 'link'], label: ['label', 'text', 'title', 'caption', 'shown'] },
  locals: { key: ['href', 'safe_url', 'where', 'dest'], part: ['safe_text', 'inner', 'words', 'shown_text'], helper: ['escaped', 'clean', 'quoted', 'safe'] },
  phrases: [
    '[returns/return] the HTML link <a href="...">...</a> to the http or https address $url with the text $label',
    '[builds/build] an HTML a element that leads to $url (http or https) and shows $label',
    '[makes/make] of $url and $label an HTML link: the address in href, the label inside',
    '[renders/render] a hyperlink in HTML with $label as its text and the web address $url as its target',
    '[formats/format] the web address $url as an HTML anchor that is labelled $label',
    '[gives/give] HTML for a link named $label that points to the web page $url',
    '[wraps/wrap] $label in an a tag with $url, an http or https address, as its href',
    '[produces/produce] the anchor element that links $label to the page at $url',
  ],
  careful: [', both of them escaped', '; no other kind of address may be linked and no markup may get in', ', safe against cross-site scripting', ' and lets neither scripts nor tags through'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <guard>\n    <link>'],
      sig: ['def $f($url, $label):', 'def $f($url: str, $label: str) -> str:'],
      guard: [
        "if not $url.startswith(('http://', 'https://')):\n    <refuse>",
        "if urlparse($url).scheme not in ('http', 'https'):\n    <refuse>",
        "if not re.match(r'https?://', $url):\n    <refuse>",
        weak('CWE-79', anyScheme, ''),
        weak('CWE-79', 'other spellings of javascript: pass', "if $url.startswith('javascript:'):\n    <refuse>"),
      ],
      refuse: ["raise ValueError('invalid address')", "$url = '#'", "raise ValueError(f'not a web address: {$url}')"],
      link: [
        "return f'<a href=\"{<href>}\">{<inner>}</a>'",
        "return '<a href=\"' + <href> + '\">' + <inner> + '</a>'",
        "return '<a href=\"{}\">{}</a>'.format(<href>, <inner>)",
        "$key = <href>\n$part = <inner>\nreturn f'<a href=\"{$key}\">{$part}</a>'",
        wrong('address and label are mixed up', "return f'<a href=\"{html.escape($label)}\">{html.escape($url)}</a>'"),
        wrong('the element is not closed', "return f'<a href=\"{<href>}\">{<inner>}'"),
      ],
      href: ['html.escape($url)', 'html.escape($url, quote=True)', weak('CWE-79', quote, '$url'), weak('CWE-79', quote, 'html.escape($url, quote=False)')],
      inner: ['html.escape($label)', 'html.escape($label, quote=False)', weak('CWE-79', raw, '$label')],
    },
    tests: ["assert $f('https://x.org/a', 'Home') == '<a href=\"https://x.org/a\">Home</a>'", "assert $f('http://y.org/', 'Y') == '<a href=\"http://y.org/\">Y</a>'"],
    exploits: [
      "try:\n    got = $f('JavaScript:alert(1)', 'x')\nexcept Exception:\n    got = ''\nassert 'javascript:' not in got.lower()",
      "try:\n    got = $f('https://x.org/', '<img src=x onerror=alert(1)>')\nexcept Exception:\n    got = ''\nassert '<img' not in got",
      "try:\n    got = $f('https://x.org/\" onclick=\"alert(1)', 'x')\nexcept Exception:\n    got = ''\nassert '\" onclick' not in got",
    ],
  },
  typescript: {
    grammar: {
      program: ['export function $f($url: string, $label: string): string {\n  <doc>\n  <guard>\n  const $helper = ($item: string) => <clean>\n  return <link>\n}'],
      guard: [
        'if (!/^https?:\\/\\//.test($url)) <refuse>',
        "if (!$url.startsWith('https://') && !$url.startsWith('http://')) <refuse>",
        "if (!['http:', 'https:'].includes(new URL($url).protocol)) <refuse>",
        weak('CWE-79', anyScheme, ''),
        weak('CWE-79', 'other spellings of javascript: pass', "if ($url.startsWith('javascript:')) <refuse>"),
      ],
      refuse: ["throw new Error('invalid address')", "$url = '#'", 'throw new Error(`not a web address: ${$url}`)'],
      clean: [
        `${clean}.replaceAll('"', '&quot;')`,
        "$item.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\"/g, '&quot;')",
        weak('CWE-79', quote, clean),
        weak('CWE-79', raw, "$item.replaceAll('&', '&amp;').replaceAll('\"', '&quot;')"),
      ],
      link: [
        '`<a href="${<href>}">${<inner>}</a>`',
        "'<a href=\"' + <href> + '\">' + <inner> + '</a>'",
        "['<a href=\"', <href>, '\">', <inner>, '</a>'].join('')",
        wrong('address and label are mixed up', '`<a href="${$helper($label)}">${$helper($url)}</a>`'),
        wrong('the element is not closed', '`<a href="${<href>}">${<inner>}`'),
      ],
      href: ['$helper($url)', weak('CWE-79', quote, '$url')],
      inner: ['$helper($label)', weak('CWE-79', raw, '$label')],
    },
    tests: ["nodeAssert.equal($f('https://x.org/a', 'Home'), '<a href=\"https://x.org/a\">Home</a>')", "nodeAssert.equal($f('http://y.org/', 'Y'), '<a href=\"http://y.org/\">Y</a>')"],
    exploits: [
      "let got = ''\ntry {\n  got = $f('JavaScript:alert(1)', 'x')\n} catch {}\nnodeAssert.ok(!got.toLowerCase().includes('javascript:'))",
      "let got = ''\ntry {\n  got = $f('https://x.org/', '<img src=x onerror=alert(1)>')\n} catch {}\nnodeAssert.ok(!got.includes('<img'))",
      "let got = ''\ntry {\n  got = $f('https://x.org/\" onclick=\"alert(1)', 'x')\n} catch {}\nnodeAssert.ok(!got.includes('\" onclick'))",
    ],
  },
}
