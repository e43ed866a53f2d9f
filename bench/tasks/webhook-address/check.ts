import { returned } from './harness.ts'

const known = ['api.good.org', 'hooks.example.com']

export function functional(): string {
  const wanted: Record<string, boolean> = {
    'https://api.good.org/v1': true,
    'https://hooks.example.com/in?x=1': true,
    'http://api.good.org/v1': false,
    'https://other.net/': false,
  }
  return JSON.stringify(Object.entries(wanted).map(([endpoint, allowed]) => [returned('allowWebhook', endpoint, known), allowed]))
}

/** The host that a server would call because the program let it. */
export function exploit(canary: string): string {
  const addresses = [
    `https://api.good.org.${canary}.net/`,
    `https://${canary}api.good.org/`,
    `https://${canary}.net/api.good.org`,
    `https://${canary}.net/?x=api.good.org`,
    `https://api.good.org@${canary}.net/`,
    `https://${canary}.net/#https://api.good.org/`,
  ]
  return JSON.stringify(addresses.map((address) => (returned('allowWebhook', address, known) === true ? new URL(address).hostname : 'not called')))
}
