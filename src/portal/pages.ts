import { createHash } from 'node:crypto';

/** A page and how it is answered. */
export interface Page {
  readonly status: number;
  readonly html: string;
}

/** What links of this kind show, in words for the customer. */
const SECRETS: Readonly<Record<string, { readonly title: string; readonly use: string }>> = {
  'drop-password': {
    title: 'Your password for uploading by SFTP',
    use: 'It belongs to the user name that was mailed to you, and opens the Speakap file drop.',
  },
};
const ANY_SECRET = { title: 'Your password', use: 'It belongs to the user name that was mailed to you.' };

const STYLE = `
  :root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 36rem; padding: 3rem 1.5rem; }
  h1 { font-size: 1.6rem; line-height: 1.25; }
  button { background: #1257b8; border: 0; border-radius: .4rem; color: #fff; cursor: pointer; font: inherit; font-weight: 600;
    padding: .75rem 1.25rem; }
  button:focus-visible { outline: 3px solid #f5a623; outline-offset: 3px; }
  .secret { border: 2px solid #1257b8; border-radius: .4rem; display: block; font: 1.35rem/1.5 ui-monospace, monospace;
    overflow-wrap: anywhere; padding: .75rem 1rem; user-select: all; }
`;

/** Nothing is loaded, no script runs, no other page frames it, and forms go to the page itself only. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Asks before it shows: programs that follow the links of a mail press no buttons. */
export function askPage(what: string): Page {
  const { title, use } = SECRETS[what] ?? ANY_SECRET;
  return page(200, title, [
    `<p>${use}</p>`,
    '<p>It can be shown <strong>only once</strong>. Have the place ready where you will keep it, for example your password manager.</p>',
    '<form method="post"><button type="submit">Show the password; it can be shown only once</button></form>',
  ]);
}

export function secretPage(what: string, secret: string): Page {
  const { title, use } = SECRETS[what] ?? ANY_SECRET;
  return page(200, title, [
    `<p>${use}</p>`,
    `<p><output class="secret" aria-label="Password">${escape(secret)}</output></p>`,
    '<p>Copy it now. It is not kept here any more, and this page cannot be opened again.</p>',
    '<p>If somebody else may have seen it, ask your project manager at Speakap for a new one.</p>',
  ]);
}

/** The same whether the link was used, has expired, was withdrawn or never existed: whoever guesses learns nothing. */
export function gonePage(): Page {
  return page(404, 'This link does not work any more', [
    '<p>A link like this works once and for a limited time. This one was used already, its time is over, or it is not complete.</p>',
    '<p>If you did not see the password yourself, or have lost it, ask your project manager at Speakap for a new one.</p>',
  ]);
}

export function nothingHerePage(): Page {
  return page(404, 'There is no page here', ['<p>Please open the link from your mail, all of it.</p>']);
}

export function tooManyPage(): Page {
  return page(429, 'Please wait a minute', [
    '<p>Many pages were asked for from your address. Nothing was used up: open the link from your mail again in a minute.</p>',
  ]);
}

export function unavailablePage(): Page {
  return page(503, 'Please try again later', [
    '<p>This page cannot be shown at the moment. Open the link from your mail again in a few minutes.</p>',
    '<p>If it keeps happening, tell your project manager at Speakap.</p>',
  ]);
}

function page(status: number, title: string, body: readonly string[]): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body.join('\n')}
</main>
</body>
</html>
`;
  return { status, html };
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
