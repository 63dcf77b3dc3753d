/**
 * How a report looks on a screen, on a phone, in the dark and on paper; nothing in it is fetched, fonts are those of the machine.
 *
 * @module
 */

/** The style sheet. Charts stay on white, as they are printed; on paper they have the exact size of a column. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1a1c21; --soft: #565c69; --line: #d8dce4; --tint: #f4f6f9; --link: #0b56a3;
  --holds: #0b6b3c; --limits: #7a5100; --fails: #b1221a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161b; --ink: #e7e9ee; --soft: #a6adbb; --line: #363b46; --tint: #1d2027; --link: #8cbcf7;
    --holds: #71d3a0; --limits: #efc064; --fails: #ff9d94;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 66rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
}
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2.75rem 0 1rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); font-size: 1.35rem; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
code { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
sub, sup { font-size: .72em; line-height: 0; }
nav { margin: 1rem 0 0; }
nav a, .files a { display: inline-block; margin-right: 1.1em; padding: .15rem 0; }
.facts, .note, .unit, .source, caption, figcaption { color: var(--soft); }
.facts { margin: .35rem 0 0; }
.note { font-size: .85rem; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { padding: .25rem 0 .5rem; text-align: left; }
caption a { margin-left: .35em; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: inherit; }
.scroll, .sheet { overflow-x: auto; }
.parameters { width: 100%; margin-bottom: 1.25rem; }
.hashes th { white-space: nowrap; }
.parameters th { padding-right: 1.5rem; }
.parameters td { overflow-wrap: anywhere; }
.symbol { margin-left: .25em; color: var(--soft); white-space: nowrap; }
.defaults { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .1rem 2rem; margin: 0; padding: 0; list-style: none; font-size: .92rem; }
.defaults li { display: flex; align-items: baseline; gap: .4em; padding: .15rem 0; border-bottom: 1px solid var(--line); }
.defaults .value { margin-left: auto; text-align: right; overflow-wrap: anywhere; }
.defaults code { font-size: .84em; }
.data { min-width: 100%; }
.data th { font-weight: inherit; font-size: .85rem; line-height: 1.35; }
.data th { min-width: 5.5rem; white-space: normal; }
.data th > * { display: block; }
.data th code { font-weight: 600; font-size: .95rem; }
.number { text-align: right; }
.data td.number { white-space: nowrap; }
.data td, .data th { padding: .3rem .7rem; }
.data tfoot td { border-top: 2px solid var(--line); border-bottom: 0; color: var(--soft); white-space: normal; }
.data tfoot td > span { display: block; white-space: nowrap; }
.hashes { min-width: 100%; margin-top: 1rem; }
.hashes .note { display: block; min-width: 11rem; max-width: 16rem; white-space: normal; }
.hashes td:last-child { width: 60%; }
.whole { white-space: nowrap; }
.hash { font-size: .78rem; white-space: nowrap; }
figure { margin: 0 0 2.5rem; }
.sheet { padding: .75rem; border: 1px solid var(--line); border-radius: .35rem; background: #ffffff; text-align: center; }
.sheet svg { width: calc(var(--width) * 2px); min-width: min(100%, calc(var(--width) * 1.3px)); max-width: 100%; height: auto; }
figcaption { margin-top: .6rem; font-size: .92rem; overflow-wrap: anywhere; }
figcaption p { margin: .15rem 0; }
.claims { margin: 0; padding: 0; list-style: none; }
.claims li { margin: 0 0 1rem; padding: .6rem 1rem; border-left: .3rem solid var(--verdict); background: var(--tint); overflow-wrap: anywhere; }
.claims h3 { margin: 0 0 .35rem; font-size: 1rem; }
.claims dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; font-size: .92rem; }
.claims dt { color: var(--soft); }
.claims dd { margin: 0; }
.claims .holds { --verdict: var(--holds); } .claims .limits { --verdict: var(--limits); } .claims .fails { --verdict: var(--fails); }
.verdict { margin-right: .6em; color: var(--verdict); font-size: .85rem; letter-spacing: .03em; text-transform: uppercase; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 40rem) {
  body { padding: 1.25rem .9rem 3rem; }
  h1 { font-size: 1.4rem; }
  .sheet { padding: .4rem; }
  .sheet svg { min-width: calc(var(--width) * 1.25px); max-width: none; width: 100%; }
  .parameters th { padding-right: .75rem; }
  .hashes .note { min-width: 8rem; }
  .claims li { padding: .6rem .75rem; }
  .claims dl { display: block; }
  .claims dd { margin-bottom: .35rem; }
}
@media print {
  @page { margin: 16mm 14mm; }
  :root {
    color-scheme: light;
    --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --tint: #ffffff; --link: #000000;
    --holds: #0b6b3c; --limits: #7a5100; --fails: #b1221a;
  }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  a { text-decoration: none; }
  h2, h3, caption { break-after: avoid; }
  figure, .data, .claims li, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  .scroll, .sheet { overflow: visible; }
  .sheet { padding: 0; border: 0; text-align: left; }
  .sheet svg { width: calc(var(--width) * 1pt); min-width: 0; max-width: 100%; }
  table { font-size: 8.5pt; }
  .data td, .data th { padding: 2pt 4pt; }
  .data th { font-size: 7.5pt; }
  .data th code { font-size: 8pt; overflow-wrap: anywhere; }
  .hash { font-size: 6.5pt; }
  .hashes .note { min-width: 0; font-size: 7.5pt; }
}
`;
