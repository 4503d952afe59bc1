import type { CompiledMapping } from '../mapping/compile.js';
import type { Profile } from '../person.js';
import type { Fields } from '../record.js';

/** Empty values are absent. */
export function profileOf(mapping: CompiledMapping, fields: Fields): Profile {
  const profile: { -readonly [Field in keyof Profile]: Profile[Field] } = {};
  for (const { field, textOf } of mapping.profile) {
    const text = textOf(fields);
    if (text !== '') profile[field] = text;
  }
  return profile;
}
