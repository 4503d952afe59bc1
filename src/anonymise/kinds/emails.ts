import type { Draw, Keyed } from '../keyed/keyed.js';
import type { Words } from '../words/words.js';
import { givenName } from './names.js';
import { styledAs } from './style.js';

/** Domains to which nothing can ever be delivered (RFC 2606, RFC 6761); the others for rules that look for letters of the first. */
const NOWHERE = ['invalid', 'test', 'example'];

/** How e-mail addresses are disguised in one test. */
export class EmailDomains {
  private readonly nowhere: string;

  constructor(
    private readonly keyed: Keyed,
    /** For every address, where no rule reads domains. */
    private readonly domain: string,
    private readonly isRead: boolean,
    /** Words that rules look for anywhere in an address: a label has them after as before. */
    private readonly words: readonly string[] = [],
  ) {
    this.nowhere = NOWHERE.find((top) => !words.some((word) => top.includes(word.toLowerCase()))) ?? 'invalid';
  }

  /** Where rules read domains, each of their labels has its own disguise, so that what ends in the same domain still does. */
  of(domain: string): string {
    if (!this.isRead) return styledAs(domain, this.domain);
    return `${this.labels(domain)}.${styledAs(domain, this.nowhere)}`;
  }

  /** What a rule looks for in addresses: `@shop.example`, `.example`, or a part of what stands before the `@`. */
  part(literal: string, isEnd: boolean): string {
    const at = literal.lastIndexOf('@');
    if (at === -1 && !literal.includes('.') && !isEnd) return literal;
    const [local, domain] = at === -1 ? ['', literal] : [literal.slice(0, at + 1), literal.slice(at + 1)];
    if (domain === '') return literal;
    return local + (isEnd ? this.of(domain) : this.labels(domain));
  }

  private labels(domain: string): string {
    return domain
      .split('.')
      .map((label) => (label === '' ? '' : this.label(label)))
      .join('.');
  }

  private label(label: string): string {
    const folded = label.toLowerCase();
    const looked = this.words
      .filter((word) => folded.includes(word.toLowerCase()))
      .map((word) => label.slice(folded.indexOf(word.toLowerCase())).slice(0, word.length));
    let made = '';
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const drawn = code(this.keyed.draw('domain', folded, String(attempt)), 6);
      made = styledAs(label, 'd') + looked.join('') + styledAs(label, drawn);
      if (this.words.every((word) => made.includes(word) === label.includes(word))) break;
    }
    return made;
  }
}

export function isEmail(text: string): boolean {
  return text.includes('@') && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** Whether something stands before an `@` and something behind it: enough to look for a domain. */
export function hasDomain(text: string): boolean {
  return /.@[^@]/.test(text);
}

/** Made-up names and a code of 55 keyed bits: among a million addresses, no two are alike but once in a hundred thousand keys. */
export function madeUpLocalPart(text: string, words: Words, draw: Draw): string {
  const name = `${givenName(words, draw)}.${draw.of(words.familyBeginnings)}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '');
  const made = `${name}.${code(draw, 11)}`.toLowerCase();
  return text === text.toUpperCase() && text !== text.toLowerCase() ? made.toUpperCase() : made;
}

const CODE = [...'abcdefghijkmnpqrstuvwxyz23456789'];

/** Five bits a letter. */
export function code(draw: Draw, length: number): string {
  let made = '';
  for (let index = 0; index < length; index += 1) made += draw.of(CODE);
  return made;
}
