/** Sheets on screen, one sheet a page on paper. Typed words are set so that l, 1 and I differ. */
export const LETTERS_STYLE = `
* { box-sizing: border-box; }
body { margin: 0; background: #e8ebf0; color: #1d2129; font: 12pt/1.5 system-ui, 'Segoe UI', Arial, sans-serif; }
header { max-width: 190mm; margin: 0 auto; padding: 2rem 1.25rem 0; }
header h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
header .alarm { background: #fff3df; border-radius: .4rem; color: #8a4b00; padding: .75rem 1rem; }
button { background: #1257b8; border: 0; border-radius: .4rem; color: #fff; cursor: pointer; font: inherit; font-weight: 600;
  padding: .75rem 1.25rem; }
button:focus-visible { outline: 3px solid #f5a623; outline-offset: 3px; }
.sheet { background: #fff; box-shadow: 0 1px 6px #0003; margin: 1.5rem auto; max-width: 190mm; min-height: 130mm;
  padding: 25mm 25mm 20mm; overflow-wrap: anywhere; }
.sheet h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 1.25rem; }
.place { color: #5d6675; margin: 0 0 1.5rem; text-align: right; }
.login { border: 2px solid #1d2129; border-radius: .4rem; line-height: 2; padding: .5rem 1rem; }
.typed { font: 700 14pt/1.5 ui-monospace, 'DejaVu Sans Mono', Consolas, monospace; }
.cover ul { columns: 2; list-style: none; margin: 0; padding: 0; }
.cover li::before { content: '\\2610\\00a0\\00a0'; }
@page { margin: 0; size: A4; }
@media print {
  body { background: #fff; }
  header { display: none; }
  .sheet { box-shadow: none; break-after: page; margin: 0; max-width: none; min-height: 0; }
  .sheet:last-child { break-after: auto; }
}
`;
