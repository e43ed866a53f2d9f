export function allowWebhook(endpoint: string, knownHosts: string[]): boolean {
  return endpoint.startsWith('https://') && knownHosts.some((host) => endpoint.includes(host))
}
