import { once } from 'node:events';
import { coloured, plain, type Paint } from '../report/paint.js';

export interface OutputSettings {
  /** Answers are JSON on standard output, and so are errors on standard error. */
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What a command says: answers on standard output, everything else on standard error. */
export class Output {
  readonly json: boolean;
  readonly quiet: boolean;
  /** For answers. */
  readonly paint: Paint;

  constructor({ json, quiet }: OutputSettings, env: NodeJS.ProcessEnv) {
    this.json = json;
    this.quiet = quiet;
    this.paint = !json && hasColours(process.stdout, env) ? coloured : plain;
  }

  /** Whether a person looks at standard error while we work. */
  get isLive(): boolean {
    return process.stderr.isTTY && !this.quiet;
  }

  /** Letters in a line of an answer. */
  get width(): number {
    return process.stdout.isTTY ? Math.max(80, process.stdout.columns) : 140;
  }

  /** The answer of a command, for programs or for people. */
  answer(data: unknown, text: () => string): void {
    this.write(this.json ? JSON.stringify(data, null, 2) : text());
  }

  /** A line of text on standard output. */
  write(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** A part of a long answer, as it is; waits when its reader is slow. */
  async writePiece(piece: string): Promise<void> {
    if (!process.stdout.write(piece) && !process.stdout.destroyed) await once(process.stdout, 'drain');
  }

  /** Something beside the answer, for people. */
  note(text: string): void {
    if (!this.quiet) process.stderr.write(`${text}\n`);
  }
}

/** Only a terminal gets colours, and not with NO_COLOR (no-color.org). */
export function hasColours(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}
