import type { GroupName, ValueRule } from './mapping.js';
import type { Path, Places } from './places.js';
import type { DocumentGroupName, DocumentValue } from './schema.js';
import type { SourceRule, Step, TableLine } from './value-rule.js';
import type { DocumentSteps } from './value-schema.js';

export function readValue(value: DocumentValue, path: Path, places: Places): ValueRule {
  const source = readSource(value, path, places);
  const steps = readSteps(value, path, places);
  return steps.length === 0 ? source : { kind: 'made', source, steps, at: places.of(path) };
}

/** A group with a name of its own is called so; all others are called after what stands in the record. */
export function readGroupName({ name, separator, ...rest }: DocumentGroupName, path: Path, places: Places): GroupName {
  if (name !== undefined) return readNamed(name, rest, path, places);
  if (separator === undefined) return readValue(rest, path, places);
  return {
    kind: 'separated',
    source: readSource(rest, path, places),
    separator,
    steps: readSteps(rest, path, places),
    at: places.of([...path, 'separator']),
  };
}

function readNamed(name: string, steps: DocumentSteps, path: Path, places: Places): ValueRule {
  const source: SourceRule = { kind: 'fixed', text: name, at: places.of([...path, 'name']) };
  const made = readSteps(steps, path, places);
  return made.length === 0 ? source : { kind: 'made', source, steps: made, at: places.of(path) };
}

function readSource(value: DocumentValue, path: Path, places: Places): SourceRule {
  const below = (key: string) => places.of([...path, key]);
  const each = (values: readonly DocumentValue[], key: string) =>
    values.map((one, index) => readValue(one, [...path, key, index], places));
  if (value.column !== undefined) return { kind: 'column', column: value.column, at: below('column') };
  if (value.value !== undefined) return { kind: 'fixed', text: value.value, at: below('value') };
  if (value.firstOf !== undefined)
    return { kind: 'first', values: each(value.firstOf, 'firstOf'), at: below('firstOf') };
  if (value.join !== undefined) return { kind: 'joined', values: each(value.join, 'join'), at: below('join') };
  return { kind: 'template', template: value.template ?? '', at: places.ofText(templatePath(path, places)) };
}

/** A template may stand at the key itself (`userName: "{A}"`) or one below it. */
function templatePath(path: Path, places: Places): Path {
  const below = [...path, 'template'];
  const [inner, outer] = [places.of(below), places.of(path)];
  return inner.line === outer.line && inner.column === outer.column ? path : below;
}

/** Always in this order: what is looked up or read is mended before, and its letters are changed after. */
function readSteps(steps: DocumentSteps, path: Path, places: Places): readonly Step[] {
  const { replace, lookup, unknown = 'warn', date, phone, case: letters, default: instead } = steps;
  const at = (key: string) => places.of([...path, key]);
  const lines = (table: Readonly<Record<string, string>>, key: string): readonly TableLine[] =>
    Object.entries(table).map(([from, to]) => ({ from, to, at: places.ofKey([...path, key], from) }));
  const read: readonly (Step | false | undefined)[] = [
    replace && { kind: 'replace', texts: lines(replace, 'replace'), at: at('replace') },
    lookup && { kind: 'lookup', table: lines(lookup, 'lookup'), unknown, at: at('lookup') },
    date !== undefined && { kind: 'date', format: date, at: at('date') },
    phone && { kind: 'phone', country: phone.country ?? null, column: phone.column ?? null, at: at('phone') },
    letters && { kind: 'case', letters, at: at('case') },
    instead !== undefined && { kind: 'default', text: instead, at: at('default') },
  ];
  return read.filter((step) => step !== false && step !== undefined);
}
