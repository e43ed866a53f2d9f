import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, openBrowser } from '../../../test/support/browser.ts'
import { Folder } from '../../../test/support/folder.ts'
import { hostileRun } from '../../../test/support/hostile-run.ts'
import { abstainedRun, attackedRun, chainRun, criticRun, killedRun, plainRun, wideRun } from '../../../test/support/told-run.ts'
import { modulePage } from '../module-page.ts'
import { reportPage } from './report.ts'

const pages: [name: string, make: () => Promise<string>][] = [
  ['a hybrid run', async () => reportPage(await plainRun())],
  ['a run in rounds', async () => reportPage(await chainRun())],
  ['a run with critics', async () => reportPage(await criticRun())],
  ['a run with attacks', async () => reportPage(await attackedRun())],
  ['an abstention', async () => reportPage(await abstainedRun())],
  ['a killed run', async () => reportPage(await killedRun())],
  ['a thousand candidates', async () => reportPage(await wideRun(1000))],
  ['sub-modules alone', async () => modulePage(await chainRun())],
]

describe.skipIf(browserPath === undefined)(`in a browser${browserPath === undefined ? ' (skipped: needs chromium)' : ''}`, () => {
  let browser: Browser
  let folder: Folder
  beforeAll(async () => {
    folder = new Folder()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    folder?.[Symbol.dispose]()
  })

  /** Opens a page from its file, and says what it asked for and complained of. */
  async function opened(text: string, options: BrowserContextOptions) {
    const path = join(folder.path, 'page.html')
    writeFileSync(path, text)
    const context = await browser.newContext(options)
    const tab = await context.newPage()
    const seen: string[] = []
    tab.on('console', (message) => seen.push(`console: ${message.text()}`))
    tab.on('pageerror', (error) => seen.push(`error: ${error.message}`))
    tab.on('dialog', (dialog) => {
      seen.push('dialog')
      void dialog.dismiss()
    })
    tab.on('request', (request) => request.url() === `file://${path}` || seen.push(`request: ${request.url()}`))
    await tab.goto(`file://${path}`)
    return { tab, seen, close: async () => await context.close() }
  }

  test.each(pages)('%s is accessible in both themes, asks for nothing, and fits a narrow screen', async (_, make) => {
    const { tab, seen, close } = await opened(await make(), { colorScheme: 'light', viewport: { width: 1200, height: 900 } })
    await tab.evaluate(axe.source)
    const violations = async (options: object) => (await tab.evaluate(`axe.run(${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`)) as string[]
    expect(await violations({})).toEqual([])
    await tab.emulateMedia({ colorScheme: 'dark' })
    expect(await violations({ runOnly: ['color-contrast'] })).toEqual([])
    for (const landmark of ['banner', 'main', 'contentinfo'] as const) expect(await tab.getByRole(landmark).count()).toBe(1)
    await tab.setViewportSize({ width: 400, height: 800 })
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400)
    expect(seen).toEqual([])
    await close()
  })

  test('the scores are put in another order with the keyboard, and folded parts open when it is printed', async () => {
    const run = await plainRun()
    const worstFirst = { ...run, ...(run.verdict && { verdict: { ...run.verdict, ranking: run.verdict.ranking.toReversed() } }) }
    const { tab, close } = await opened(reportPage(worstFirst), { viewport: { width: 1200, height: 900 } })
    const places = async () => (await tab.evaluate("[...document.querySelectorAll('.scores tbody tr')].map((row) => ({ row: row.className, top: row.getBoundingClientRect().top })).sort((a, b) => a.top - b.top).map(({ row }) => row)")) as string[]
    const before = await places()
    await tab.getByLabel('Tests', { exact: true }).focus()
    await tab.keyboard.press('Space')
    const after = await places()
    expect(after).not.toEqual(before)
    expect(after.toSorted()).toEqual(before.toSorted())
    const hidden = async () => (await tab.evaluate("[...document.querySelectorAll('details:not([open]) pre')].filter((pre) => !pre.checkVisibility({ contentVisibilityAuto: true })).length")) as number
    expect(await hidden()).toBeGreaterThan(0)
    await tab.emulateMedia({ media: 'print' })
    await expect.poll(hidden).toBe(0)
    await close()
  })

  test.each([
    ['with its policy', (page: string) => page],
    ['without its policy', (page: string) => page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')],
  ])('hostile text in every field runs nothing %s', async (name, policy) => {
    const runs = [await criticRun(), await chainRun(), await attackedRun()].map(hostileRun)
    for (const page of runs.flatMap((run) => [reportPage(run), modulePage(run)])) {
      const text = policy(page)
      expect(text.includes('Content-Security-Policy')).toBe(name === 'with its policy')
      const { tab, seen, close } = await opened(text, {})
      const found = await tab.evaluate(`({
        hit: typeof window.hit,
        foreign: document.querySelectorAll('script, img, iframe, object, embed, link, base, form, audio, video, svg[onload]').length,
        handlers: [...document.querySelectorAll('*')].filter(({ attributes }) => [...attributes].some(({ name, value }) => /^on/i.test(name) || /^\\s*javascript:/i.test(value))).length,
        leads: [...document.querySelectorAll('[href]')].filter((link) => !link.getAttribute('href').startsWith('#')).length,
        shown: document.body.textContent.includes('<script>window.hit=1</script>'),
      })`)
      expect({ found, seen }).toEqual({ found: { hit: 'undefined', foreign: 0, handlers: 0, leads: 0, shown: true }, seen: [] })
      await close()
    }
  })

  test('a page that did not escape would be noticed', async () => {
    const { tab, close } = await opened('<!doctype html><p>x<img src=x onerror="window.hit=1">', {})
    await tab.waitForFunction('window.hit === 1')
    expect(await tab.evaluate("document.querySelectorAll('img').length")).toBe(1)
    await close()
  })
})
