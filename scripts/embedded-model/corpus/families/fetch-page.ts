import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const anyone = 'the certificate is not verified: anybody on the way can read and change what is sent'

// The network stands still in the checks: what asks for a page is given one, and what it was asked with is looked at.
const fakeOpen =
  "import io, urllib.request\nasked = []\ndef fake(url, **more):\n    asked.append((url, more))\n    return io.BytesIO(b'one\\ntwo')\nreal, urllib.request.urlopen = urllib.request.urlopen, fake\ntry:\n    got = $f('guide')\nfinally:\n    urllib.request.urlopen = real\n"
const fakeFetch =
  "const real = globalThis.fetch\nlet asked = ''\nglobalThis.fetch = async (url) => {\n  asked = String(url)\n  return new Response('one\\ntwo')\n}\nlet got\ntry {\n  got = await $f('guide')\n} finally {\n  globalThis.fetch = real\n}\n"

export const fetchPage: Family = {
  name: 'fetch-page',
  cwe: 'CWE-295',
  verbs: ['fetch', 'get', 'download', 'load', 'retrieve', 'read'],
  nouns: ['page', 'url', 'text', 'website', 'remote_text', 'document'],
  parameters: { path: ['path', 'page', 'name', 'topic', 'chapter'] },
  locals: { url: ['url', 'address', 'link'], context: ['context', 'tls', 'ssl_context', 'ctx', 'secure'], reply: ['reply', 'response', 'resp', 'page'] },
  phrases: [
    '[fetches/fetch] the page $path of https://docs.example.com/ and [returns/return] its text',
    '[downloads/download] https://docs.example.com/ with $path behind it and [returns/return] the body as text',
    '[returns/return] the text that docs.example.com serves over HTTPS under $path',
    '[loads/load] the page https://docs.example.com/PATH, where PATH is $path, as text',
    '[requests/request] $path from https://docs.example.com/ and [gives/give] back what the server sends, as text',
    '[gets/get] https://docs.example.com/ followed by $path as text',
    '[returns/return] the text of the page $path on docs.example.com, fetched by HTTPS',
    '[retrieves/retrieve] $path from docs.example.com over https and [decodes/decode] the answer',
    '[asks/ask] the server docs.example.com for $path by HTTPS and [returns/return] the text',
    '[reads/read] the document $path of the site https://docs.example.com/',
    '[gets/get] the document $path from the server docs.example.com by HTTPS and [decodes/decode] it to text',
    '[retrieves/retrieve] the text of https://docs.example.com/ followed by $path',
  ],
  careful: [
    '; the certificate of the server must be verified',
    ', with TLS that is checked',
    ' and [insists/insist] on a valid certificate',
    ' over a connection that nobody can listen to',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <context>\n    <ask>'],
      sig: ['def $f($path):', 'def $f($path: str) -> str:'],
      address: ["f'https://docs.example.com/{$path}'", "'https://docs.example.com/' + $path"],
      context: [
        '$context = ssl.create_default_context()',
        '$context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH)',
        '$context = ssl.create_default_context()\n$context.minimum_version = ssl.TLSVersion.TLSv1_2',
        weak('CWE-295', anyone, '$context = ssl._create_unverified_context()'),
        weak('CWE-295', anyone, '$context = ssl.create_default_context()\n$context.check_hostname = False\n$context.verify_mode = ssl.CERT_NONE'),
        weak('CWE-295', 'the name in the certificate may be that of another server', '$context = ssl.create_default_context()\n$context.check_hostname = False'),
        weak('CWE-295', anyone, '$context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n$context.check_hostname = False\n$context.verify_mode = ssl.CERT_NONE'),
      ],
      ask: [
        'with urllib.request.urlopen(<address>, timeout=10, context=$context) as $reply:\n    <give>',
        "$url = <address>\nwith urllib.request.urlopen($url, timeout=10, context=$context) as $reply:\n    <give>",
        '$reply = urllib.request.urlopen(<address>, timeout=10, context=$context)\n<give>',
        'with urllib.request.urlopen(<address>, context=$context, timeout=5) as $reply:\n    <give>',
      ],
      give: ['return $reply.read().decode()', "return $reply.read().decode('utf-8')", "$text = $reply.read()\nreturn $text.decode('utf-8', 'replace')", wrong('it returns bytes and not text', 'return $reply.read()'), wrong('it returns only the first line', 'return $reply.readline().decode()')],
    },
    tests: [`${fakeOpen}assert got == 'one\\ntwo'`, `${fakeOpen}assert asked[0][0] == 'https://docs.example.com/guide'`],
    exploits: [`import ssl\n${fakeOpen}context = asked[0][1].get('context')\nassert context is None or (context.check_hostname and context.verify_mode == ssl.CERT_REQUIRED)`],
  },
  typescript: {
    grammar: {
      program: ['export async function $f($path: string): Promise<string> {\n  <doc>\n  <before>\n  const $reply = await fetch(<address><options>)\n  <status>\n  <give>\n}'],
      before: [
        '',
        "if ($path === '') throw new Error('no page')",
        weak('CWE-295', anyone, "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'"),
        weak('CWE-295', anyone, "process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'"),
        weak('CWE-295', anyone, 'process.env.NODE_TLS_REJECT_UNAUTHORIZED = String(0)'),
      ],
      address: ['`https://docs.example.com/${$path}`', "'https://docs.example.com/' + $path"],
      options: ['', ', { signal: AbortSignal.timeout(10_000) }', ", { redirect: 'follow' }"],
      status: ['', 'if (!$reply.ok) throw new Error(`status ${$reply.status}`)', "if ($reply.status !== 200) throw new Error('no page')"],
      give: ['return $reply.text()', 'return await $reply.text()', 'const $text = await $reply.text()\nreturn $text', wrong('it returns the response and not its text', 'return $reply as never'), wrong('it returns the status', 'return String($reply.status)'), wrong('it returns only the first line', "return (await $reply.text()).split('\\n')[0]")],
    },
    tests: [`${fakeFetch}nodeAssert.equal(got, 'one\\ntwo')`, `${fakeFetch}nodeAssert.equal(asked, 'https://docs.example.com/guide')`],
    exploits: [`delete process.env.NODE_TLS_REJECT_UNAUTHORIZED\n${fakeFetch}const off = process.env.NODE_TLS_REJECT_UNAUTHORIZED\ndelete process.env.NODE_TLS_REJECT_UNAUTHORIZED\nnodeAssert.notEqual(off, '0')`],
  },
}
