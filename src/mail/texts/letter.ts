import { oneLine } from '../address.js';

/** What a mail says, once: its text and its page are made of the same pieces, so they never differ. */
export interface Letter {
  /** Of the language: `en`. */
  readonly language: string;
  readonly subject: string;
  readonly pieces: readonly Piece[];
}

/** A paragraph, or something that stands out. */
export type Piece =
  | string
  /** Lines of a name and a value. */
  | { readonly table: readonly (readonly [name: string, value: string])[] }
  | { readonly list: readonly string[] }
  /** What somebody wrote, in their own lines. */
  | { readonly quote: string }
  /** To be copied letter by letter. */
  | { readonly code: string };

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export function writeLetter({ language, subject, pieces }: Letter): MailText {
  const body = pieces.map(htmlOf).join('\n');
  return {
    subject: oneLine(subject),
    text: `${pieces.map(textOf).join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}">\n<head><meta charset="utf-8"></head>\n<body style="${FONT}">\n${body}\n</body>\n</html>\n`,
  };
}

const FONT = "font-family: 'Segoe UI', Arial, sans-serif; font-size: 15px; line-height: 1.5; color: #1f2937";

function textOf(piece: Piece): string {
  if (typeof piece === 'string') return oneLine(piece);
  if ('table' in piece) return piece.table.map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`).join('\n');
  if ('list' in piece) return piece.list.map((item) => `- ${oneLine(item)}`).join('\n');
  if ('quote' in piece)
    return linesOf(piece.quote)
      .map((line) => `> ${line}`)
      .join('\n');
  return `    ${oneLine(piece.code)}`;
}

function htmlOf(piece: Piece): string {
  if (typeof piece === 'string') return `<p>${escaped(piece)}</p>`;
  if ('table' in piece) {
    const lines = piece.table.map(([name, value]) => `<strong>${escaped(name)}:</strong> ${escaped(value)}`);
    return `<p>${lines.join('<br>\n')}</p>`;
  }
  if ('list' in piece) return `<ul>\n${piece.list.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
  if ('quote' in piece) return `<blockquote>${linesOf(piece.quote).map(escaped).join('<br>\n')}</blockquote>`;
  return `<p style="font-family: Consolas, monospace; font-size: 20px">${escaped(piece.code)}</p>`;
}

function linesOf(text: string): readonly string[] {
  return text
    .trim()
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map(oneLine);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
