/** One thing that was looked at. `cost` says what is lost without it. */
export interface Finding {
  name: string
  state: 'ok' | 'missing' | 'broken'
  detail: string
  cost?: string
}
