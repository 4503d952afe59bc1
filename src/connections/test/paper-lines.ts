import type { NamedText } from './lines-of.js';

/** Lists and maps of more than this have a line for each of their items. */
const LONG = 100;
const PIECE = 1 << 16;

/** Before the lines of a field that is long. */
interface FieldLine {
  readonly field: string;
  readonly of: 'list' | 'map';
  readonly items: number;
}

/**
 * A value as JSON, in pieces of its file. What has an entry for every person has a line for each: no text is ever as long as a large
 * test, and none longer than one can be. Maps and sets stay what they are.
 */
export function* writtenInLines(value: unknown): Generator<Buffer> {
  let text = '';
  for (const line of linesOfValue(value)) {
    text += `${line}\n`;
    if (text.length < PIECE) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** The value that was written. @throws SyntaxError when its file was changed */
export async function readFromLines<Value>(lines: AsyncIterable<NamedText>): Promise<Value> {
  let value: unknown;
  let open: { items: number; readonly take: (item: unknown) => unknown } | null = null;
  let line = '';
  for await (const { text, goesOn } of lines) {
    line += text;
    if (goesOn || line === '') continue;
    const read: unknown = JSON.parse(line, restored);
    line = '';
    if (value === undefined) value = read;
    else if (open !== null && open.items > 0) {
      open.take(read);
      open.items -= 1;
    } else open = fieldOf(value as Record<string, unknown>, read as FieldLine);
  }
  return value as Value;
}

function* linesOfValue(value: unknown): Generator<string> {
  const long = longFieldsOf(value);
  const short = Object.fromEntries(long.map(([field]) => [field, undefined]));
  yield JSON.stringify(long.length === 0 ? value : { ...(value as object), ...short }, flattened);
  for (const [field, items] of long) {
    const isMap = items instanceof Map;
    const head: FieldLine = { field, of: isMap ? 'map' : 'list', items: isMap ? items.size : items.length };
    yield JSON.stringify(head);
    for (const item of items) yield JSON.stringify(item, flattened);
  }
}

type Long = readonly unknown[] | Map<unknown, unknown>;

function longFieldsOf(value: unknown): readonly (readonly [string, Long])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Map) return [];
  return Object.entries(value).filter((entry): entry is [string, Long] => {
    const [, items] = entry as readonly [string, unknown];
    return (Array.isArray(items) && items.length > LONG) || (items instanceof Map && items.size > LONG);
  });
}

function fieldOf(value: Record<string, unknown>, { field, of, items }: FieldLine) {
  if (of === 'list') {
    const list: unknown[] = [];
    value[field] = list;
    return { items, take: (item: unknown) => list.push(item) };
  }
  const map = new Map<unknown, unknown>();
  value[field] = map;
  return {
    items,
    take: (item: unknown) => {
      const [key, each] = item as readonly [unknown, unknown];
      map.set(key, each);
    },
  };
}

function flattened(_: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  return value instanceof Set ? { $set: [...value] } : value;
}

function restored(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$map' in value && Array.isArray(value.$map)) return new Map(value.$map as [unknown, unknown][]);
  return '$set' in value && Array.isArray(value.$set) ? new Set(value.$set) : value;
}
