import { html, type Html } from './html.js';
import { STYLE } from './style.js';

/** A whole page: no script, nothing from elsewhere. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          ${content}
          <footer>
            Sandbox: a local stand-in for Speakap's API. It shows what is there now; reload to see what has changed.
          </footer>
        </main>
      </body>
    </html>`.text;
}

export function tile(count: number, label: string): Html {
  return html`<div class="tile"><b>${count}</b><span>${label}</span></div>`;
}

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};
