import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';
import type { Connection } from './database.js';

type Cell = string | number | boolean | null;

/** Writes rows to Postgres by COPY, with back-pressure. `target` is a table with its columns: `staged (xid, row)`. */
export class CopyWriter {
  readonly #stream;
  #buffer: string[] = [];
  #failure: Error | null = null;

  constructor(connection: Connection, target: string) {
    this.#stream = connection.query(copyFrom(`COPY ${target} FROM STDIN`));
    this.#stream.on('error', (error) => (this.#failure = error));
  }

  /** @throws the error of Postgres when a row written before was refused. */
  async write(row: readonly Cell[]): Promise<void> {
    this.#buffer.push(row.map(encode).join('\t'));
    if (this.#buffer.length >= 1000) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
    const finished = once(this.#stream, 'finish');
    this.#stream.end();
    await finished;
  }

  async #flush(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    if (this.#buffer.length === 0) return;
    const text = this.#buffer.join('\n') + '\n';
    this.#buffer = [];
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** COPY's text format. A NUL cannot be stored in Postgres text at all, so it becomes the replacement character. */
function encode(cell: Cell): string {
  if (cell === null) return '\\N';
  return String(cell)
    .replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character)
    .replaceAll('\0', '\uFFFD');
}

/** JSON for a `jsonb` column: `\u0000` is refused by Postgres, so it becomes the replacement character. */
export function toJsonb(value: unknown): string {
  return JSON.stringify(value).replaceAll('\\u0000', '\\ufffd');
}
