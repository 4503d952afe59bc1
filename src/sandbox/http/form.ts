import { invalidRequest } from './refusal.js';

/** The fields of an `application/x-www-form-urlencoded` body, in their order. `[]` fields may repeat, others not. */
export type Form = readonly (readonly [name: string, value: string])[];

export function parseForm(body: string): Form {
  const fields: [string, string][] = [];
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (!name.endsWith('[]') && seen.has(name)) throw invalidRequest('a form field is repeated');
    seen.add(name);
    fields.push([name, value]);
  }
  return fields;
}

/** `groups[]=a&groups[]=b`; also `groups[0]=a`, which means the same. */
export function formList(form: Form, name: string): readonly string[] {
  const values: string[] = [];
  for (const [field, value] of form) {
    if (!new RegExp(`^${name}\\[\\d*\\]$`).test(field)) throw invalidRequest(`unknown form field, expected ${name}[]`);
    values.push(value);
  }
  if (values.length === 0) throw invalidRequest(`the form has no ${name}[]`);
  return values;
}

/** `memberships[a]=x&memberships[b]=y` as a map. */
export function formMap(form: Form, name: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [field, value] of form) {
    const key = new RegExp(`^${name}\\[([^\\[\\]]+)\\]$`).exec(field)?.[1];
    if (key === undefined) throw invalidRequest(`unknown form field, expected ${name}[...]`);
    values.set(key, value);
  }
  if (values.size === 0) throw invalidRequest(`the form has no ${name}[...]`);
  return values;
}

/** `people[0][name]=x&people[0][email]=y` as a list of maps, counted from 0 without a gap. */
export function formRows(form: Form, name: string, members: readonly string[]): readonly ReadonlyMap<string, string>[] {
  const rows: Map<string, string>[] = [];
  const pattern = new RegExp(`^${name}\\[(\\d{1,6})\\]\\[([A-Za-z]+)\\]$`);
  for (const [field, value] of form) {
    const match = pattern.exec(field);
    const member = match?.[2] ?? '';
    if (match === null || !members.includes(member))
      throw invalidRequest(`unknown form field, expected ${name}[i][...]`);
    (rows[Number(match[1])] ??= new Map()).set(member, value);
  }
  for (let index = 0; index < rows.length; index += 1) {
    if (rows[index] === undefined) throw invalidRequest(`${name} must be numbered from 0 without a gap`);
  }
  return rows;
}
