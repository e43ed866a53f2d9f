export function allowWebhook(endpoint: string, knownHosts: string[]): boolean {
  return knownHosts.includes(new URL(endpoint).hostname)
}
