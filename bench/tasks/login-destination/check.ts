import { returned } from './harness.ts'

const home = '/start'

export function functional(): string {
  const wanted: Record<string, string> = { '/account': '/account', '/a/b?c=d': '/a/b?c=d', '': home, 'nowhere': home }
  return JSON.stringify(Object.entries(wanted).map(([goto, path]) => [returned('loginDestination', goto, home), path]))
}

/** Where a browser on our site would be sent. */
export function exploit(canary: string): string {
  const hosts = [`https://${canary}.net/`, `//${canary}.net/`, `/\\${canary}.net/`, `\\\\${canary}.net/`, `HTTPS://${canary}.net`, `javascript:${canary}`, `//site.test@${canary}.net/`]
  return JSON.stringify(hosts.map((goto) => destination(String(returned('loginDestination', goto, home)))))
}

function destination(location: string): string {
  if (!URL.canParse(location, 'https://site.test/login')) return 'nowhere'
  const { protocol, host, href } = new URL(location, 'https://site.test/login')
  return protocol === 'https:' || protocol === 'http:' ? host : href
}
