// Colours of text have a contrast of at least 4.5 on every background here, in both themes; colour never says what words or signs do not.
export const style = `
:root { color-scheme: light dark; --paper: #fff; --card: #f5f6f8; --ink: #1a1d21; --soft: #565d67; --line: #d3d8de; --good: #14692f; --bad: #ad241c; --warn: #7d4a00; --accent: #2150ad;
  --gone: #ffebe9; --come: #e5f6ea; --gone-part: #ffc9c5; --come-part: #a9e6ba }
@media (prefers-color-scheme: dark) { :root { --paper: #131518; --card: #1c1f24; --ink: #e7e9ec; --soft: #a5acb6; --line: #3a3f47; --good: #74d391; --bad: #ff9a92; --warn: #efb75f; --accent: #90b8ff;
  --gone: #3b1d1f; --come: #16311f; --gone-part: #742d2f; --come-part: #1f5d34 } }
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; overflow-wrap: anywhere }
a { color: var(--accent) } a:focus-visible, summary:focus-visible, input:focus-visible, main:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
main:focus { outline-offset: .5rem }
.skip { position: absolute; left: -100rem } .skip:focus { position: static }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) ; white-space: nowrap }
h1 { font-size: 1.45rem; line-height: 1.3; margin: .2rem 0 1rem; font-weight: 650 }
h2 { font-size: 1.2rem; margin: 0 0 .8rem; padding-top: 1.6rem; border-top: 1px solid var(--line) }
h3 { font-size: 1rem; margin: 1.4rem 0 .5rem } h4 { font-size: .95rem; margin: 1rem 0 .3rem }
section { margin-top: 2rem } p { margin: .4rem 0 } small, .soft { color: var(--soft) } small { font-size: .85rem }
code, pre, .code { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: .84rem; unicode-bidi: isolate }
pre { line-height: 1.5; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .7rem .8rem; margin: .5rem 0; white-space: pre-wrap; tab-size: 4 }
pre.lines { counter-reset: line; padding-left: 0 } pre.lines > span { display: block; padding-left: 3.6rem; text-indent: -3.6rem; counter-increment: line }
pre.lines > span::before { content: counter(line); display: inline-block; width: 3rem; margin-right: .6rem; text-indent: 0; text-align: right; color: var(--soft); user-select: none }
ul, ol { padding-left: 1.3rem; margin: .4rem 0 } .bare { list-style: none; padding: 0 }
details { margin: .5rem 0 } summary { cursor: pointer; padding: .25rem 0 } details[open] > summary { margin-bottom: .3rem }
.kicker { color: var(--soft); margin: 0 }
.verdict { border: 1px solid var(--line); border-left: .4rem solid var(--soft); border-radius: .5rem; background: var(--card); padding: .8rem 1.1rem; margin: 0 0 1.2rem }
.verdict strong { font-size: 1.25rem } .verdict.good { border-left-color: var(--good) } .verdict.warn { border-left-color: var(--warn) } .verdict.bad { border-left-color: var(--bad) }
.good > strong, .badge.good { color: var(--good) } .warn > strong, .badge.warn { color: var(--warn) } .bad > strong, .badge.bad { color: var(--bad) }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .55rem; font-size: .82rem; font-weight: 600; white-space: nowrap; margin-right: .35rem; color: var(--soft) }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 } dl.facts dt { color: var(--soft) } dl.facts dd { margin: 0 }
nav { margin: 1.5rem 0 0 } nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: 0 }
nav a { display: block; border: 1px solid var(--line); border-radius: 1rem; padding: .15rem .8rem; text-decoration: none; background: var(--card) } nav a:hover { text-decoration: underline }
table { border-collapse: collapse } td .bar { width: 9rem } caption { text-align: left; color: var(--soft); padding-bottom: .4rem } th { text-align: left; font-weight: 600; font-size: .85rem; color: var(--soft) }
td, th { border-bottom: 1px solid var(--line); padding: .4rem .7rem .4rem 0; vertical-align: top } tbody th { font-size: 1rem; color: var(--ink) } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.funnel { display: grid; grid-template-columns: max-content max-content minmax(4rem, 1fr); gap: .2rem .8rem; align-items: center; list-style: none; padding: 0; max-width: 44rem } .funnel li { display: contents } .funnel b { text-align: right; font-variant-numeric: tabular-nums }
svg.bar { width: 100%; height: .7rem; display: block } svg.bar rect { fill: var(--accent) } svg.bar .rail { fill: var(--line) }
.timeline { list-style: none; padding: 0; margin: 0 } .timeline li { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr) 9rem 5rem; gap: 0 1rem; align-items: baseline; padding: .35rem 0; border-bottom: 1px solid var(--line) }
.timeline time, .timeline .took { font-variant-numeric: tabular-nums; color: var(--soft); text-align: right } .timeline .untimed { grid-column: 1 / -1 }
fieldset.order { border: 0; padding: 0; margin: 0 0 .6rem; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem } fieldset.order legend { float: left; margin-right: 1rem; color: var(--soft) } fieldset.order label { white-space: nowrap }
.scores table, .scores tbody, .scores thead { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1 } .scores table { gap: 0 }
.scores tr { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1 } .scores .why { grid-column: 2 / -1; border: 0; padding-top: 0; color: var(--soft) } .scores caption { grid-column: 1 / -1; display: block }
.scores tbody tr { border-bottom: 1px solid var(--line) } .scores tbody td, .scores tbody th { border: 0 } .scores .chosen > th::before { content: '✓ '; color: var(--good) }
table.diff { table-layout: fixed; width: 100%; background: var(--card); border: 1px solid var(--line); margin: .4rem 0 } table.diff td, table.diff th { border: 0; padding: .05rem .5rem; } table.diff thead th { padding: .3rem .5rem; border-bottom: 1px solid var(--line) }
table.diff .line { width: 3.4rem; text-align: right; color: var(--soft); font-size: .8rem; font-weight: 400; user-select: none } table.diff td.code { white-space: pre-wrap; tab-size: 4; border-right: 1px solid var(--line) } table.diff .gap { color: var(--soft); text-align: center }
table.diff .gone { background: var(--gone) } table.diff .come { background: var(--come) } del, ins { text-decoration: none } del del { background: var(--gone-part) } ins ins { background: var(--come-part) } table.diff .sign { user-select: none; font-weight: 700 }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1.1rem; margin: .9rem 0 } article > :first-child { margin-top: 0 }
.turn { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .9rem; margin: .8rem 0 } .turn h4 { margin: 0 } .claims { list-style: none; padding: 0 } .claims li { margin: .45rem 0 } .use { margin: .5rem 0 } .use p { margin: .1rem 0 .1rem 1.1rem } .use code { margin-right: .35rem }
.wide { overflow-x: auto } .wide table { overflow-wrap: normal } .wide td[colspan] { overflow-wrap: anywhere }
.path { list-style: none; padding: 0; counter-reset: step } .path li { counter-increment: step; padding: .2rem 0 .2rem 1.5rem; position: relative } .path li::before { content: counter(step); position: absolute; left: 0; color: var(--soft) }
svg.drawing { width: 100%; max-width: 46rem; height: auto; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); display: block } svg.drawing .point { fill: var(--paper); stroke: var(--accent); stroke-width: 1.5 } svg.drawing .standing { fill: var(--accent); stroke: var(--ink) }
svg.drawing text { font: 600 11px system-ui, sans-serif; fill: var(--ink); text-anchor: middle } svg.drawing text.on { fill: var(--paper) }
ul.tree, ul.tree ul { list-style: none; border-left: 2px solid var(--line); padding-left: 1rem } .unused { color: var(--soft) }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem }
@media (max-width: 48rem) {
  body { padding: 1rem .8rem 2rem } article { padding: .7rem .8rem } dl.facts { grid-template-columns: 5.5rem 1fr; gap: .15rem .7rem }
  .timeline li { grid-template-columns: 4.2rem minmax(0, 1fr) 4rem; gap: 0 .6rem } .timeline svg { display: none }
  .scores table { display: block } .scores thead { display: none } .scores tbody { display: flex; flex-direction: column } .scores tr { display: block; padding: .5rem 0 } .scores td, .scores tbody th { display: block; text-align: left; padding: .1rem 0 }
  .scores td[data-label]::before { content: attr(data-label) ': '; color: var(--soft) } .scores td.place { float: right; font-weight: 600 }
  .funnel { grid-template-columns: max-content 1fr } .funnel svg { display: none }
  table.diff, table.diff tbody, table.diff tr { display: block } table.diff thead, table.diff .line, table.diff .none, table.diff .same-before { display: none } table.diff td.code { display: block; border: 0 }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --good: #0a5024; --bad: #8a1c15; --warn: #5f3800; --accent: #123a86; --gone: #fff; --come: #fff; --gone-part: #eee; --come-part: #eee }
  body { max-width: none; padding: 0; font-size: 10.5pt } nav, .skip, fieldset.order { display: none } details::details-content { content-visibility: visible; block-size: auto } article, tr, .turn { break-inside: avoid } h2, h3, h4 { break-after: avoid } a { color: inherit; text-decoration: none }
  del { text-decoration: line-through } ins { text-decoration: underline }
}
`
