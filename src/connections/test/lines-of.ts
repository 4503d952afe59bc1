/** A line of a file, or a piece of one. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
  /** The line goes on in the next one of these. */
  readonly goesOn: boolean;
}

/** Letters. Longer lines come in pieces: what is kept of a large test is one line of many megabytes. */
const LONGEST_LINE = 1 << 16;

/** The lines of a file in UTF-8, long ones in pieces. */
export async function* linesOf(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<NamedText> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of bytes) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const text of lines) yield { name, text, goesOn: false };
    if (rest.length < LONGEST_LINE) continue;
    yield { name, text: rest, goesOn: true };
    rest = '';
  }
  yield { name, text: rest + decoder.decode(), goesOn: false };
}
