import { notAcceptable } from './refusal.js';

/** How an answer is laid out: with links, plain, or plain and as a whole. */
export type Layout = 'hal' | 'json' | 'minimal';

export interface Accepted {
  readonly layout: Layout;
  /** What the answer says it is. */
  readonly contentType: string;
}

/** Versions the documents show in use. */
const VERSIONS: ReadonlySet<string> = new Set(['1.8.2', '2024.3.2']);
const MEDIA_TYPE = /^application\/vnd\.speakap\.api-v([0-9]+(?:\.[0-9]+)*)\+(json\+hal|json|minimal\+json)$/;
const LAYOUTS: Readonly<Record<string, Layout>> = { 'json+hal': 'hal', json: 'json', 'minimal+json': 'minimal' };

const known = new Map<string, Accepted>();

/**
 * Chooses the best of the listed media types (`speakap-api.md`, 1).
 * @throws Refusal 406 for a missing or unversioned type, and when no listed version is known.
 */
export function parseAccept(header: string | undefined, version: string | undefined): Accepted {
  if (version !== undefined) return fromQuery(header, version);
  const cached = known.get(header ?? '');
  if (cached !== undefined) return cached;
  const accepted = fromHeader(header);
  if (known.size < 100) known.set(header ?? '', accepted);
  return accepted;
}

function fromHeader(header: string | undefined): Accepted {
  if (header === undefined) throw notAcceptable('send an Accept header with a version');
  const ranges = header.split(',').map(parseRange);
  const best = ranges.filter((range) => VERSIONS.has(range.version)).sort((a, b) => b.q - a.q)[0];
  if (best === undefined || best.q === 0) throw notAcceptable('none of the accepted versions is known');
  return { layout: best.layout, contentType: `${best.type}; charset=utf-8` };
}

function parseRange(text: string): { type: string; version: string; layout: Layout; q: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const match = MEDIA_TYPE.exec(type);
  if (match === null) throw notAcceptable('a media type in Accept is not one of the documented, versioned forms');
  return { type, version: match[1] ?? '', layout: LAYOUTS[match[2] ?? ''] ?? 'hal', q: parseQuality(parameters) };
}

function parseQuality(parameters: readonly string[]): number {
  if (parameters.length === 0) return 1;
  const match = /^q=(0(?:\.\d{1,3})?|1(?:\.0{1,3})?)$/.exec(parameters[0] ?? '');
  if (match === null || parameters.length > 1) throw notAcceptable('only q is known as a parameter of a media type');
  return Number(match[1]);
}

/** `?v=` fixes the version; the layout still comes from Accept, and is HAL when that says nothing. */
function fromQuery(header: string | undefined, version: string): Accepted {
  if (!VERSIONS.has(version)) throw notAcceptable('the version in v is not known');
  if (header === undefined || header === '*/*') return hal(version);
  if (header === 'application/json') {
    return { layout: 'json', contentType: `application/vnd.speakap.api-v${version}+json; charset=utf-8` };
  }
  return fromHeader(header);
}

function hal(version: string): Accepted {
  return { layout: 'hal', contentType: `application/vnd.speakap.api-v${version}+json+hal; charset=utf-8` };
}
