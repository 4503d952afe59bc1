import type { Payload } from '@temporalio/common';

/**
 * Members under which people write what they like: questions, answers, comments, reasons. `words` and `finding` tell of what
 * a customer handed over, by the names that it chose; a `publicKey` often ends in the name of a person.
 */
export const FREE_TEXT_KEYS: readonly string[] = [
  ...['text', 'comment', 'reason', 'note', 'answer', 'question'],
  ...['words', 'finding', 'publicKey'],
];

const PLAIN_JSON = 'json/plain';

/** Whether a payload is JSON with a free text at any depth. What is not readable as JSON carries none of ours. */
export function carriesFreeText({ metadata, data }: Payload): boolean {
  if (decodeText(metadata?.['encoding']) !== PLAIN_JSON) return false;
  return holdsFreeText(parse(decodeText(data)));
}

/** Bytes as text; empty when there are none. */
export function decodeText(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

function holdsFreeText(root: unknown): boolean {
  // A list and no recursion: how deep a text nests is up to whoever sends it.
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (FREE_TEXT_KEYS.includes(key) && inner !== null && inner !== '') return true;
      open.push(inner);
    }
  }
  return false;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
