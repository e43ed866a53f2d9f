export function allowWebhook(endpoint: string, knownHosts: string[]): boolean {
  const { protocol, hostname } = new URL(endpoint)
  return protocol === 'https:' && knownHosts.includes(hostname)
}
