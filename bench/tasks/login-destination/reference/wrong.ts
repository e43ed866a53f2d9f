export function loginDestination(goto: string, home: string): string {
  return /^\/(?![/\\])/.test(goto) ? goto.split('?')[0]! : home
}
