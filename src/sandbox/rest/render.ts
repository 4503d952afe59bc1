import type { Answer, Call } from '../http/call.js';
import { DEFAULT_LIMIT, parseView, type View } from './view.js';
import { hasType, KINDS, type KindName } from './kinds.js';

/** One resource on its way out. */
export interface Resource {
  readonly kind: KindName;
  readonly eid: string;
  readonly href: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Host-relative; null where there is nothing to link to. */
  readonly links: Readonly<Record<string, string | null>>;
  /** What a relation leads to; one or none for a singular relation. */
  readonly related: (relation: string) => readonly Resource[];
}

const NO_PAGE = { offset: 0, limit: DEFAULT_LIMIT };

export function single(call: Call, resource: Resource): Answer {
  return { status: 200, body: render(resource, parseView(call, resource.kind, 'single'), '') };
}

/** One page of a collection. It gives no total: the last page is the one that is short. */
export function collection<T>(
  call: Call,
  kind: KindName,
  items: readonly T[],
  toResource: (item: T) => Resource,
  toHref: (item: T) => string,
): Answer {
  const view = parseView(call, kind, 'collection');
  const page = items.slice(view.page.offset, view.page.offset + view.page.limit);
  const { plural } = KINDS[kind];
  if (view.layout !== 'hal')
    return { status: 200, body: { [plural]: page.map((item) => render(toResource(item), view, '')) } };
  const links = { self: { href: `${base(call)}/${plural}/` }, [plural]: page.map((item) => ({ href: toHref(item) })) };
  if (!view.withItems) return { status: 200, body: { _links: links } };
  const embedded = { [plural]: page.map((item) => render(toResource(item), view, '')) };
  return { status: 200, body: { _links: links, _embedded: embedded } };
}

export function base(call: Call): string {
  return `/networks/${call.network.eid}`;
}

function render(resource: Resource, view: View, path: string): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const embedded = renderEmbedded(resource, view, path);
  if (view.layout === 'hal') {
    body['_links'] = renderLinks(resource);
    if (embedded !== null) body['_embedded'] = embedded;
  }
  body['EID'] = resource.eid;
  if (hasType(resource.kind)) body['type'] = resource.kind;
  addFields(body, resource, view.properties.get(path));
  return view.layout === 'hal' || embedded === null ? body : Object.assign(body, embedded);
}

function addFields(body: Record<string, unknown>, resource: Resource, only: ReadonlySet<string> | undefined): void {
  for (const name in resource.fields) {
    if (only === undefined || only.has(name)) body[name] = resource.fields[name];
  }
}

function renderLinks(resource: Resource): Record<string, unknown> {
  const links: Record<string, unknown> = { self: { href: resource.href } };
  for (const [name, href] of Object.entries(resource.links)) {
    if (href !== null) links[name] = { href };
  }
  return links;
}

function renderEmbedded(resource: Resource, view: View, path: string): Record<string, unknown> | null {
  const prefix = path === '' ? '' : `${path}.`;
  let embedded: Record<string, unknown> | null = null;
  for (const [name, relation] of Object.entries(KINDS[resource.kind].relations)) {
    const at = prefix + name;
    if (!view.embedded.has(at)) continue;
    embedded ??= {};
    const found = resource.related(name);
    if (relation.many) embedded[name] = pageOf(found, view, at).map((item) => render(item, view, at));
    else if (found[0] !== undefined) embedded[name] = render(found[0], view, at);
  }
  return embedded;
}

function pageOf(items: readonly Resource[], view: View, path: string): readonly Resource[] {
  const { offset, limit } = view.pages.get(path) ?? NO_PAGE;
  return items.slice(offset, offset + limit);
}
