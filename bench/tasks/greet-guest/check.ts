import { returned } from './harness.ts'

export function functional(): string {
  return JSON.stringify(['Ann', 'Bob Lee'].map((name) => [returned('greetGuest', name), `<h1>Hello, ${name}!</h1>`]))
}

/** The tags that a browser would see, with their attributes. */
export function exploit(canary: string): string {
  const names = [`<script>${canary}</script>`, `<img src=x onerror=${canary}>`, `x<b>y</b><svg onload=${canary}>`, `<<script>script>${canary}`, `a & b<img src=x onerror=${canary}>`]
  return JSON.stringify(names.map((name) => tagsIn(String(returned('greetGuest', name)))))
}

function tagsIn(html: string): string[] {
  const tags = [...html.matchAll(/<\/?[a-z][^>]*>/gi)].map(([tag]) => tag)
  const scripts = [...html.matchAll(/<script[^>]*>([^]*?)(?:<\/script|$)/gi)].map(([, code]) => code ?? '')
  return [...tags, ...scripts]
}
