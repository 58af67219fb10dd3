"""The look of rendered pages, on a screen and on paper; no font or image comes from anywhere."""

from typing import Final

STYLE: Final = """
:root { --ink: #1a202c; --grey: #5c6572; --line: #cbd1d8; --tint: #eff2f6; --red: #9d1c24; }
* { box-sizing: border-box; }
html { background: #e6e9ee; }
body { margin: 0; color: var(--ink); background: #e6e9ee; line-height: 1.35;
  font: 14px/1.35 Lato, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 1280px; margin: 24px auto; padding: 36px 44px; background: #fff;
  box-shadow: 0 1px 4px rgb(0 0 0 / 18%); }
header { display: flex; justify-content: space-between; align-items: flex-end; gap: 24px;
  border-bottom: 2px solid var(--ink); padding-bottom: 10px; margin-bottom: 22px; }
.system, .second, footer { color: var(--grey); }
.system { font-size: 12px; }
h1 { font-size: 26px; line-height: 1.2; margin: 2px 0 0; }
h2 { font-size: 16px; margin: 28px 0 10px; padding-bottom: 5px; border-bottom: 1px solid var(--line); }
.second { display: block; font-weight: 400; font-size: .82em; }
h1 .second { font-size: 15px; margin-top: 3px; }
.kind { text-align: right; font-weight: 700; font-size: 15px; }
.environment { display: inline-block; margin-bottom: 8px; padding: 3px 10px; color: #fff;
  background: var(--red); font-size: 12px; letter-spacing: .02em; }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: 7px 24px;
  align-items: baseline; }
dt { color: var(--grey); font-size: 13px; max-width: 21em; overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 48px; align-items: start; }
.with-code { display: flex; justify-content: space-between; gap: 36px; align-items: flex-start; }
.code { width: 176px; flex: none; text-align: center; font-size: 12px; font-weight: 700; }
.code svg { width: 176px; height: 176px; display: block; }
.code a { color: inherit; text-decoration: none; }
.strong { font-weight: 700; }
.scroll { overflow-x: auto; margin-top: 24px; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 1120px;
  font-size: 13px; }
.upo th:nth-child(1) { width: 60px; }
.upo th:nth-child(2) { width: 28%; }
.upo th:nth-child(4), .upo th:nth-child(5) { width: 9%; }
.upo th:nth-child(6), .upo th:nth-child(7) { width: 11.5%; }
.upo th:nth-child(8) { width: 7.5%; }
.session th:nth-child(1) { width: 70px; }
.session th:nth-child(2) { width: 22%; }
.session th:nth-child(3) { width: 26.5%; }
.session th:nth-child(4) { width: 13%; }
.session th:nth-child(6) { width: 9%; }
thead { display: table-header-group; }
th { text-align: left; vertical-align: top; background: var(--tint); font-size: 12px;
  border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink); }
th, td { padding: 5px 9px; }
td { vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere;
  unicode-bidi: isolate; }
.fixed { white-space: nowrap; overflow-wrap: normal; }
.right { text-align: right; }
td small { display: block; color: var(--grey); font-size: 10.5px; }
.sum { font-weight: 700; border-top: 1.5px solid var(--ink); padding-top: 8px; margin: 0; }
.good { color: #1d6b3a; } .open { color: #8a5a00; } .bad { color: var(--red); }
footer { margin-top: 22px; font-size: 12px; }
section + section { break-before: page; margin-top: 60px; }
@media screen and (max-width: 820px) { main { padding: 20px; } .columns { grid-template-columns: 1fr; }
  .with-code { flex-direction: column; } }
@page { size: A4; margin: 14mm 12mm; }
@page wide { size: A4 landscape; margin: 12mm; }
.wide { page: wide; }
@media print {
  html, body { background: #fff; font-size: 9.5pt; }
  main { margin: 0; padding: 0; max-width: none; box-shadow: none; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; min-width: 0; } th { font-size: 7.5pt; } td small { font-size: 6.8pt; }
  th, td { padding: 3pt 5pt; }
  tr, dl > *, .with-code { break-inside: avoid; }
  .environment, th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
