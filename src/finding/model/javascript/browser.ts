import { defineModel, sink, type Sink } from '../model.ts'

const address: Sink[] = [{ ...sink('ssrf', 0), variant: 'page' }]
const markup: Sink[] = [{ ...sink('html', 0), variant: 'rendered' }]
const program: Sink[] = [sink('code', 0)]

/** Browsers that a server drives: pages they open are its requests, and what they render can reach what it can. */
export const browser = defineModel({
  name: 'browser',
  ambient: { puppeteer: 'puppeteer' },
  aliases: {
    'puppeteer-core': 'puppeteer',
    playwright: 'puppeteer',
    'playwright-core': 'puppeteer',
    'puppeteer.chromium': 'puppeteer',
    'puppeteer.firefox': 'puppeteer',
    'puppeteer.webkit': 'puppeteer',
  },
  calls: {
    'puppeteer.launch': { from: 'none', returns: 'browser.Browser' },
    'browser.Browser.newPage': { from: 'none', returns: 'browser.Page' },
    'browser.Browser.newContext': { from: 'none', returns: 'browser.Browser' },
    sandbox: { from: 'none', returns: 'sandbox.Sandbox' },
  },
  sinks: {
    'browser.Page.goto': address,
    'browser.Page.setContent': markup,
    'browser.Page.evaluate': [{ ...sink('code', 0), variant: 'timer' }],
    'browser.Page.evaluateOnNewDocument': [{ ...sink('code', 0), variant: 'timer' }],
    'wkhtmltoimage.generate': address,
    wkhtmltopdf: address,
    'html-pdf.create': markup,
    'phantom.Page.open': address,
    'sandbox.Sandbox.run': program,
  },
})
