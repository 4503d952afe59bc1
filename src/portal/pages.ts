import { createHash } from 'node:crypto';
import { countWords } from '../report/words.js';

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

/**
 * Nothing is loaded, no script runs, no other page frames it, and forms go to the page itself only. `styleHashes`: SHA-256, in
 * base64, of styles beside that of this file.
 */
export function contentSecurityPolicy(styleHashes: readonly string[]): string {
  const hashes = [createHash('sha256').update(STYLE).digest('base64'), ...styleHashes];
  return [
    "default-src 'none'",
    `style-src ${hashes.map((hash) => `'sha256-${hash}'`).join(' ')}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

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

/** `claim`: what this page alone knows, letters, digits, hyphens and underscores. */
export function askForLettersPage(letters: number, claim: string): Page {
  return page(200, 'Letters with temporary passwords', [
    `<p>${countWords(letters, 'letter')}, for people who log in to Speakap for the first time.</p>`,
    '<p>They can be opened <strong>only once</strong>, and only on this page. Open them when you are at a printer that nobody else uses, or know where to save them so that only you can read them.</p>',
    `<form method="post"><input type="hidden" name="claim" value="${claim}"><button type="submit">Open the letters; it can be done only once</button></form>`,
  ]);
}

export function lettersDonePage(): Page {
  return page(200, 'The passwords are erased here', [
    '<p>Thank you. The letters cannot be opened again, and their passwords are kept nowhere but on your paper.</p>',
    '<p>Hand each letter to its person in a closed envelope, and destroy those that are left over.</p>',
  ]);
}

/** As `gonePage`, the same for every reason. */
export function lettersGonePage(): Page {
  return page(404, 'This link does not work any more', [
    '<p>Letters can be opened once and for a limited time, and only on the page where it was done. These were opened already, their time is over, or the link is not complete.</p>',
    '<p>If you did not open them yourself, tell your project manager at Speakap at once. If something went wrong while you printed them, reload the page on which you did it.</p>',
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
