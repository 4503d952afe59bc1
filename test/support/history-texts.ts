import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

type History = Parameters<typeof historyToJSON>[0];

export interface HistoryTexts {
  /** Every text, those in payloads included. */
  readonly all: Set<string>;
  /** What workflows and activities hand around: each text and each name of a member, by itself. */
  readonly inPayloads: Set<string>;
}

/** Collects everything that a history says, each text once; a payload is read as the JSON that it holds. */
export function collectTexts(
  history: History,
  texts: HistoryTexts = { all: new Set(), inPayloads: new Set() },
): HistoryTexts {
  collect(JSON.parse(historyToJSON(history)), [texts.all], texts);
  return texts;
}

function collect(value: unknown, into: readonly Set<string>[], texts: HistoryTexts): void {
  if (typeof value === 'string') for (const set of into) set.add(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) for (const set of into) set.add(key);
    if (key === 'data' && typeof inner === 'string' && !into.includes(texts.inPayloads)) collectPayload(inner, texts);
    else collect(inner, into, texts);
  }
}

function collectPayload(base64: string, texts: HistoryTexts): void {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  texts.all.add(text);
  collect(parsed(text), [texts.inPayloads], texts);
}

/** A payload that is no JSON is a text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
