import { SaxesParser } from 'saxes';
import { DamagedWorkbook } from '../errors.js';

/** Attributes by name, without prefixes of namespaces. */
export type Attributes = Readonly<Record<string, string>>;

/** Names come without prefixes of namespaces, which writers choose as they like. */
export interface XmlHandlers {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Takes XML in pieces and calls its handlers on the way. */
export class XmlReader {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly parser = new SaxesParser({ xmlns: false, position: false });

  constructor({ open, close, text }: XmlHandlers) {
    this.parser.on('opentag', ({ name, attributes }) => open(local(name), withoutPrefixes(attributes)));
    if (close) this.parser.on('closetag', ({ name }) => close(local(name)));
    if (text) {
      this.parser.on('text', text);
      this.parser.on('cdata', text);
    }
    // Excel writes none; what it declares could be made to grow without end.
    this.parser.on('doctype', () => refuse('a part of it declares a document type'));
    // The words of the parser may hold what it read.
    this.parser.on('error', () => refuse('a part of it is no well-formed XML'));
  }

  /** @throws DamagedWorkbook, and what handlers throw */
  write(bytes: Buffer): void {
    this.parser.write(this.decode(bytes));
  }

  /** @throws DamagedWorkbook */
  end(): void {
    this.parser.write(this.decode()).close();
  }

  private decode(bytes?: Buffer): string {
    try {
      return bytes === undefined ? this.decoder.decode() : this.decoder.decode(bytes, { stream: true });
    } catch {
      return refuse('a part of it is not in UTF-8');
    }
  }
}

/** Reads a whole part. @throws DamagedWorkbook, and what handlers throw */
export async function readXml(part: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  const reader = new XmlReader(handlers);
  for await (const piece of part) reader.write(piece);
  reader.end();
}

/** `_x000D_` stands for a character that XML cannot hold, `_x005F_` for the underscore before what only looks so. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  // A file with the character 0 counts as binary.
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16) || 0xfffd),
  );
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function withoutPrefixes(attributes: Attributes): Attributes {
  for (const name in attributes) {
    if (!name.includes(':')) continue;
    return Object.fromEntries(Object.entries(attributes).map(([each, value]) => [local(each), value]));
  }
  return attributes;
}

function refuse(detail: string): never {
  throw new DamagedWorkbook(detail);
}
