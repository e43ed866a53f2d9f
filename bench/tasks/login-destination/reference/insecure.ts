export function loginDestination(goto: string, home: string): string {
  return goto.startsWith('/') ? goto : home
}
