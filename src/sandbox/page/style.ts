import { Html } from './html.js';

/** One sheet for all pages, light and dark. It is our own constant, so it needs no escaping. */
export const STYLE = new Html(`
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --ink: #17202b; --soft: #5c6875; --line: #e3e7ec;
  --accent: #0b6bcb; --accent-soft: #e5f0fb; --good: #17794a; --good-soft: #e2f4ea;
  --wait: #8a5a00; --wait-soft: #fdf1d8; --gone: #a3303a; --gone-soft: #fbe6e8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10151b; --card: #181f27; --ink: #e8edf2; --soft: #97a4b2; --line: #2a333e;
    --accent: #63b0ff; --accent-soft: #16304a; --good: #6fd39f; --good-soft: #14352a;
    --wait: #f0c36a; --wait-soft: #3a2f16; --gone: #ff98a0; --gone-soft: #40212a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 64px; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, input:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 6px 14px; margin-bottom: 20px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 16px; margin: 0 0 12px; }
h3 { font-size: 13px; margin: 18px 0 6px; color: var(--soft); font-weight: 600; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
code, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; margin-bottom: 18px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin-bottom: 18px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px; }
.tile b { display: block; font-size: 24px; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 13px; }
.columns { display: grid; grid-template-columns: minmax(280px, 360px) minmax(0, 1fr); gap: 18px; align-items: start; }
@media (max-width: 860px) { .columns { grid-template-columns: minmax(0, 1fr); } }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: 8px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; font-size: 13px; white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.pill { display: inline-block; border-radius: 999px; padding: 1px 9px; font-size: 12.5px; white-space: nowrap;
  background: var(--accent-soft); color: var(--accent); }
.pill.good { background: var(--good-soft); color: var(--good); }
.pill.wait { background: var(--wait-soft); color: var(--wait); }
.pill.gone { background: var(--gone-soft); color: var(--gone); }
.pill.plain { background: transparent; border: 1px solid var(--line); color: var(--soft); }
.groups { display: flex; flex-wrap: wrap; gap: 4px; }
.bar { display: grid; grid-template-columns: minmax(0, 1fr) 72px 40px; align-items: center; gap: 10px; padding: 3px 0; font-size: 14px; }
.bar.below { padding-left: 16px; }
.bar > span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar .track { height: 8px; border-radius: 4px; background: var(--accent-soft); overflow: hidden; }
.bar .track i { display: block; height: 100%; border-radius: 4px; background: var(--accent); }
.bar > span:last-child { text-align: right; font-variant-numeric: tabular-nums; color: var(--soft); }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 0 0 14px; }
input { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: 7px 11px; min-width: 220px; }
button { font: inherit; border: 0; border-radius: 8px; padding: 8px 14px; background: var(--accent); color: var(--card); cursor: pointer; }
.empty { padding: 22px 0; color: var(--soft); text-align: center; }
footer { color: var(--soft); font-size: 13px; }
`);
