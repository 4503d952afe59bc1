import { escapeHtml } from '../html-parts.js';
import { shorten } from '../gantt/canvas.js';

export const WIDTH = 1_000;

/** A picture with a title and a sentence for who cannot see it. */
export function picture(
  id: string,
  title: string,
  description: string,
  height: number,
  body: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(description)}</desc>`,
    ...body,
    '</svg>',
  ].join('\n');
}

export function words(x: number, y: number, text: string, className = '', anchor: 'start' | 'end' = 'start'): string {
  const anchored = anchor === 'end' ? ' text-anchor="end"' : '';
  return `<text x="${round(x)}" y="${round(y)}" class="${className}"${anchored}>${escapeHtml(shorten(text, 70))}</text>`;
}

export function bar(x: number, y: number, width: number, height: number, className: string): string {
  return `<rect class="${className}" x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(height)}" rx="2"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Below `.chart`, in the colours of the page. */
export const CHART_STYLE = `
.chart { max-width: 100%; height: auto; --before: #8a94a5; --first: #3b6fd4; --second: #2e8b57; --wrong: #c4283a; }
@media (prefers-color-scheme: dark) { .chart { --before: #75808f; --first: #6f9bf0; --second: #4fb87f; --wrong: #ff6f7d; } }
.chart text { font: 13px system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; fill: var(--ink); }
.chart .faint { fill: var(--faint); font-size: 11px; }
.chart .strong { font-weight: 600; }
.chart .wrong-words { fill: var(--wrong); font-weight: 600; }
.chart .track { fill: var(--tile); }
.chart .before { fill: var(--before); }
.chart .first { fill: var(--first); }
.chart .second, .chart .right { fill: var(--second); }
.chart .wrong { fill: var(--wrong); }
@media print { .chart .track { fill: none; stroke: #bbb; } }
.verdict { padding: .75rem 1rem; border-radius: .5rem; font-weight: 600; background: var(--tile); border-left: .3rem solid #2e8b57; }
.verdict.failed { border-left-color: var(--alarm); color: var(--alarm); }
`;
