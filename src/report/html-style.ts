/** One style for screen, dark screen and paper. */
export const STYLE = `
:root { --ink: #1d2129; --faint: #5d6675; --paper: #fff; --line: #d9dee6; --tile: #f4f6f9; --attention: #8a4b00; --attention-tile: #fff3df; --alarm: #a11222; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --faint: #9aa5b5; --paper: #14171c; --line: #333a45; --tile: #1d222a; --attention: #ffc36b; --attention-tile: #3a2b12; --alarm: #ff8a94; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.fact { color: var(--faint); margin: 0; }
.alarm { color: var(--alarm); font-weight: 600; }
.held { background: var(--attention-tile); color: var(--attention); padding: .75rem 1rem; border-radius: .5rem; }
.next { margin-top: 2rem; }
.summary { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr)); gap: .5rem; margin: 1.5rem 0; }
.tile { background: var(--tile); border-radius: .5rem; padding: .5rem .75rem; }
.tile dt { color: var(--faint); font-size: .8rem; }
.tile dd { margin: 0; font-size: 1.2rem; font-variant-numeric: tabular-nums; }
.attention { background: var(--attention-tile); color: var(--attention); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { color: var(--faint); font-weight: 600; font-size: .85rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
@media print {
  :root { --ink: #000; --faint: #444; --paper: #fff; --line: #bbb; --tile: #fff; --attention: #000; --attention-tile: #fff; --alarm: #000; }
  main { max-width: none; padding: 0; }
  thead { display: table-header-group; }
  tr, .tile, .held { break-inside: avoid; }
  .tile, .held { border: 1px solid var(--line); }
  .scroll { overflow: visible; }
}
`;
