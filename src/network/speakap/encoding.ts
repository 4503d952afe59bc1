/** Media types and encodings, exactly as `speakap-api.md` sections 1, 2 and 6 print them. */
export type Answering = 'hal' | 'plain' | 'scim';
export type Pairs = readonly (readonly [name: string, value: string])[];

export type Body =
  | { readonly kind: 'json'; readonly value: object }
  | { readonly kind: 'form'; readonly pairs: Pairs }
  | { readonly kind: 'scim'; readonly value: object };

export function acceptOf(answering: Answering, version: string): string {
  if (answering === 'scim') return 'application/scim+json';
  return `application/vnd.speakap.api-v${version}+json${answering === 'hal' ? '+hal' : ''}`;
}

const CONTENT_TYPES = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
  scim: 'application/scim+json',
} as const;

export function contentTypeOf(body: Body): string {
  return CONTENT_TYPES[body.kind];
}

export function encodeBody(body: Body): string {
  return body.kind === 'form' ? encodeForm(body.pairs) : JSON.stringify(body.value);
}

/** A space becomes `%20`, which every server reads alike, and never `+`. */
export function encodeQuery(pairs: Pairs): string {
  if (pairs.length === 0) return '';
  return `?${pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Fills `{net}` and the like. @throws RangeError when a part is missing. */
export function fillPath(pattern: string, parts: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parts[name];
    if (value === undefined) throw new RangeError(`The path ${pattern} needs {${name}}.`);
    return encodeURIComponent(value);
  });
}

/** `groups[]=...&groups[]=...` */
export function listPairs(name: string, values: readonly string[]): Pairs {
  return values.map((value) => [`${name}[]`, value]);
}

/** `memberships[<key>]=<value>` */
export function mapPairs(name: string, values: ReadonlyMap<string, string>): Pairs {
  return [...values].map(([key, value]) => [`${name}[${key}]`, value]);
}

/** `invitees[0][name]=...&invitees[0][email]=...` */
export function objectListPairs(name: string, values: readonly Readonly<Record<string, string>>[]): Pairs {
  return values.flatMap((value, index) =>
    Object.entries(value).map(([member, text]) => [`${name}[${index}][${member}]`, text] as const),
  );
}

/** A SCIM filter, its value quoted as JSON text (RFC 7644, 3.4.2.2). */
export function equalsFilter(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}

function encodeForm(pairs: Pairs): string {
  const form = new URLSearchParams();
  for (const [name, value] of pairs) form.append(name, value);
  return form.toString();
}
