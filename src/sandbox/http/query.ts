import { invalidRequest } from './refusal.js';
import { parseEid } from '../state/ids.js';
import type { Eid } from '../state/entities.js';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;
const NAME = /^([A-Za-z_]+)(?:\[([A-Za-z.]+)\])?$/;

/** The query of one request. A parameter that nobody may send, or sent twice, is refused. */
export class Query {
  static readonly empty = new Query(new Map());

  private constructor(private readonly values: ReadonlyMap<string, string>) {}

  /** @throws Refusal 400 for a parameter that is repeated or does not decode. */
  static parse(text: string): Query {
    if (text === '') return Query.empty;
    const values = new Map<string, string>();
    for (const part of text.split('&')) {
      if (part === '') continue;
      const equals = part.indexOf('=');
      const name = decode(equals < 0 ? part : part.slice(0, equals));
      if (values.has(name)) throw invalidRequest(`the parameter ${name} is repeated`);
      values.set(name, equals < 0 ? '' : decode(part.slice(equals + 1)));
    }
    return new Query(values);
  }

  /** @throws Refusal 400 for a parameter outside `names`, and for one with a `[path]` outside `withPath`. */
  allow(names: readonly string[], withPath: readonly string[]): void {
    for (const name of this.values.keys()) {
      if (names.includes(name)) continue;
      const match = NAME.exec(name);
      if (match?.[2] !== undefined && withPath.includes(match[1] ?? '')) continue;
      throw invalidRequest(`unknown query parameter ${name.slice(0, 40)}`);
    }
  }

  text(name: string): string | undefined {
    return this.values.get(name);
  }

  /** Values by path of `name[path]`; the bare name has the path ''. */
  paths(name: string): Map<string, string> {
    const found = new Map<string, string>();
    for (const [key, value] of this.values) {
      if (key === name) found.set('', value);
      else if (key.startsWith(`${name}[`)) found.set(key.slice(name.length + 1, -1), value);
    }
    return found;
  }

  list(name: string): readonly string[] | undefined {
    const text = this.values.get(name);
    if (text === undefined) return undefined;
    const items = text.split(',');
    if (items.includes('')) throw invalidRequest(`the list in ${name} has an empty entry`);
    return items;
  }

  eid(name: string): Eid | undefined {
    const text = this.values.get(name);
    return text === undefined ? undefined : toEid(text, name);
  }

  eids(name: string): readonly Eid[] | undefined {
    return this.list(name)?.map((text) => toEid(text, name));
  }

  /** false when absent. */
  flag(name: string): boolean {
    const text = this.values.get(name);
    if (text !== undefined && text !== 'true' && text !== 'false') {
      throw invalidRequest(`${name} must be true or false`);
    }
    return text === 'true';
  }

  choice(name: string, options: readonly string[]): string | undefined {
    const text = this.values.get(name);
    if (text !== undefined && !options.includes(text))
      throw invalidRequest(`${name} must be one of ${options.join(', ')}`);
    return text;
  }

  /** Milliseconds. */
  instant(name: string): number | undefined {
    const text = this.values.get(name);
    if (text === undefined) return undefined;
    const time = DATE_TIME.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(time)) throw invalidRequest(`${name} must be an ISO 8601 time with its zone`);
    return time;
  }
}

export function toEid(text: string, where: string): Eid {
  const eid = parseEid(text);
  if (eid === null) throw invalidRequest(`${where} must be an EID of 16 hexadecimal digits`);
  return eid;
}

export function toCount(text: string, where: string, least: number, most: number): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (count < least || count > most) throw invalidRequest(`${where} must be a whole number from ${least} to ${most}`);
  return count;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidRequest('the query is not correctly percent-encoded');
  }
}
