import { createHash } from 'node:crypto'
import { Html, html } from './html.ts'
import { style } from './style.ts'

export interface Section {
  /** Its anchor, one of our own words. */
  id: string
  title: string
  body: Html
}

interface Page {
  title: string
  /** What stands above the sections. */
  top: Html
  sections: readonly Section[]
  foot: Html
  /** Rules for this page alone, made of our own words and numbers. */
  rules?: string
}

/** One page that needs nothing else and runs nothing: its policy allows this very style, and no script, no request and no form. */
export function page({ title, top, sections, foot, rules = '' }: Page): string {
  const css = `${style}${rules}`
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; form-action 'none'`
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(css)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>${top}</header>
${sections.length < 2 ? undefined : html`<nav aria-label="Sections"><ul>${sections.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}</ul></nav>`}
<main id="content" tabindex="-1">
${sections.map(({ id, title: name, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${name}</h2>
${body}</section>
`)}</main>
<footer>${foot}</footer>
</body>
</html>
`)
}
