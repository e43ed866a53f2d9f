import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a browser is that tests can drive; absent where there is none. */
export const browserPath = process.env['COUNTERSIGN_CHROMIUM'] ?? places.find((path) => existsSync(path))

/** The system's Chromium without a window. Its own sandbox needs rights that root and containers lack; the pages are ours, from `file://`. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox', '--disable-gpu'] })
}
