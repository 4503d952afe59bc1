import type { Call } from '../http/call.js';
import { toCount, type Query } from '../http/query.js';
import { insufficientScope, invalidRequest } from '../http/refusal.js';
import { KINDS, type KindName } from './kinds.js';

export const DEFAULT_LIMIT = 20;
export const MOST_LIMIT = 1000;
const WHOLE: Page = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** What of a resource the caller wants to see. Paths are relative to the resource: '' is itself, `organizationGroups` what it leads to. */
export interface View {
  readonly layout: Call['accepted']['layout'];
  /** Whether the items of a HAL collection come embedded. */
  readonly withItems: boolean;
  readonly embedded: ReadonlySet<string>;
  readonly pages: ReadonlyMap<string, Page>;
  readonly properties: ReadonlyMap<string, ReadonlySet<string>>;
  /** Page of the collection itself. */
  readonly page: Page;
}

export const VIEW_PARAMETERS = ['embed', 'offset', 'limit', 'properties', 'v'] as const;
export const VIEW_PATH_PARAMETERS = ['offset', 'limit', 'properties'] as const;

/** @throws Refusal 400 for a relation, property or path that does not exist, 403 for one without permission. */
export function parseView(call: Call, kind: KindName, shape: 'collection' | 'single'): View {
  const { query, accepted } = call;
  const root = KINDS[kind].plural;
  const wanted = new Set(query.list('embed') ?? []);
  const withItems = shape === 'collection' && [...wanted].some((path) => path === root || path.startsWith(`${root}.`));
  const embedded = new Set<string>();
  for (const path of wanted) addWithParents(embedded, relative(path, root, shape));
  embedded.delete('');
  for (const path of embedded) checkRelation(call, kind, path);
  if (accepted.layout === 'minimal') call.need('infinite_limit');
  const pages = parsePages(query, root, embedded);
  const page = pages.get('') ?? { offset: 0, limit: DEFAULT_LIMIT };
  if (shape === 'single' && pages.has('')) throw invalidRequest('a single resource has no offset and limit');
  return {
    layout: accepted.layout,
    withItems,
    embedded,
    pages,
    properties: parseProperties(query, kind, root, embedded),
    page: accepted.layout === 'minimal' && !hasLimit(query) ? { ...WHOLE, offset: page.offset } : page,
  };
}

/** The kind at the end of a path of relations. */
function kindAt(kind: KindName, path: string): KindName {
  let at = kind;
  for (const name of path === '' ? [] : path.split('.')) {
    const relation = KINDS[at].relations[name];
    if (relation === undefined) throw invalidRequest(`unknown relation ${name.slice(0, 40)}`);
    at = relation.to;
  }
  return at;
}

function checkRelation(call: Call, kind: KindName, path: string): void {
  const cut = path.lastIndexOf('.');
  const from = kindAt(kind, cut < 0 ? '' : path.slice(0, cut));
  const relation = KINDS[from].relations[path.slice(cut + 1)];
  if (relation === undefined) throw invalidRequest(`unknown relation ${path.slice(0, 40)} in embed`);
  if (relation.permission === undefined || call.network.network.permissions.includes(relation.permission)) return;
  throw insufficientScope(relation.permission);
}

/** `users.organizationGroups` of a collection of users is `organizationGroups` of each. */
function relative(path: string, root: string, shape: 'collection' | 'single'): string {
  if (path === root) return '';
  if (path.startsWith(`${root}.`)) return path.slice(root.length + 1);
  if (shape === 'collection') throw invalidRequest(`unknown relation ${path.slice(0, 40)} in embed`);
  return path;
}

/** To embed the innermost implies what lies between. */
function addWithParents(paths: Set<string>, path: string): void {
  const names = path.split('.');
  for (let length = 1; length <= names.length; length += 1) paths.add(names.slice(0, length).join('.'));
}

function parsePages(query: Query, root: string, embedded: ReadonlySet<string>): Map<string, Page> {
  const pages = new Map<string, Page>();
  const offsets = byPath(query, 'offset', root, embedded);
  const limits = byPath(query, 'limit', root, embedded);
  for (const path of new Set([...offsets.keys(), ...limits.keys()])) {
    pages.set(path, {
      offset: toCount(offsets.get(path) ?? '0', 'offset', 0, 999_999_999),
      limit: toCount(limits.get(path) ?? String(DEFAULT_LIMIT), 'limit', 1, MOST_LIMIT),
    });
  }
  return pages;
}

function hasLimit(query: Query): boolean {
  return query.text('limit') !== undefined || query.text('limit[self]') !== undefined;
}

function byPath(query: Query, name: string, root: string, embedded: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [path, value] of query.paths(name)) {
    const own = path === '' || path === 'self' ? '' : path.startsWith(`${root}.`) ? path.slice(root.length + 1) : path;
    if (own !== '' && !embedded.has(own)) throw invalidRequest(`${name}[...] names a relation that is not embedded`);
    if (found.has(own)) throw invalidRequest(`${name} is repeated for one path`);
    found.set(own, value);
  }
  return found;
}

function parseProperties(
  query: Query,
  kind: KindName,
  root: string,
  embedded: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const [path, text] of query.paths('properties')) {
    const own =
      path === '' || path === 'self' || path === root
        ? ''
        : path.startsWith(`${root}.`)
          ? path.slice(root.length + 1)
          : path;
    if (own !== '' && !embedded.has(own)) throw invalidRequest('properties[...] names a relation that is not embedded');
    if (found.has(own)) throw invalidRequest('properties is repeated for one path');
    const known = KINDS[kindAt(kind, own)].properties;
    for (const name of text.split(',')) {
      if (name !== 'EID' && name !== 'type' && !known.includes(name)) {
        throw invalidRequest(`unknown property ${name.slice(0, 40)}`);
      }
    }
    found.set(own, new Set(text.split(',')));
  }
  return found;
}
