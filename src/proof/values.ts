import type { Fields } from '../sync/record.js';
import type { DocumentValue } from './document.js';
import { lettersOf, toE164, toIsoDate } from './steps.js';

/** A value made ready: what it gives for a row, and the columns that it looks at. */
export interface Value {
  readonly of: (row: Fields) => string;
  readonly columns: readonly string[];
}

/** Several names in one cell. */
export interface Values {
  readonly of: (row: Fields) => readonly string[];
  readonly columns: readonly string[];
}

/** Which column a name stands for. */
export type NameOf = (name: string) => string;

/** More names in one cell are taken for a mistake (`docs/mapping.md`, `separator`). */
const MOST_NAMES = 200;

export function valueOf(value: DocumentValue, nameOf: NameOf): Value {
  const source = sourceOf(value, nameOf);
  return {
    of: (row) => withSteps(value, source.of(row), row, nameOf),
    columns: [...source.columns, ...stepColumns(value, nameOf)],
  };
}

/** The names that a group rule gives for a row: none for an empty cell. */
export function valuesOf(value: DocumentValue, nameOf: NameOf): Values {
  const { separator } = value;
  if (separator === undefined) {
    const { of, columns } = valueOf(value, nameOf);
    return { of: (row) => named([of(row)]), columns };
  }
  const source = sourceOf(value, nameOf);
  return {
    of: (row) => {
      const parts = named(source.of(row).split(separator));
      if (parts.length > MOST_NAMES) return [];
      // `default` is for a cell in which nothing stands.
      return named((parts.length === 0 ? [''] : parts).map((part) => withSteps(value, part, row, nameOf)));
    },
    columns: [...source.columns, ...stepColumns(value, nameOf)],
  };
}

export function cellOf(row: Fields, column: string): string {
  return (row[column] ?? '').trim();
}

function named(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
}

function sourceOf(value: DocumentValue, nameOf: NameOf): Value {
  const { column, template, firstOf, join } = value;
  const fixed = value.value ?? value.name;
  if (column !== undefined) {
    const name = nameOf(column);
    return { of: (row) => cellOf(row, name), columns: [name] };
  }
  if (template !== undefined) return templateOf(template, nameOf);
  if (fixed !== undefined) return { of: () => fixed.trim(), columns: [] };
  const parts = (firstOf ?? join ?? []).map((part) => valueOf(part, nameOf));
  const texts = (row: Fields) => parts.map(({ of }) => of(row)).filter((text) => text !== '');
  return {
    of: (row) => (firstOf === undefined ? texts(row).join(' ') : (texts(row)[0] ?? '')),
    columns: parts.flatMap(({ columns }) => columns),
  };
}

/** No value when one of its cells is empty. */
function templateOf(template: string, nameOf: NameOf): Value {
  const holes = [...template.matchAll(/\{([^{}]*)\}/g)].map(([hole, name = '']) => ({
    hole,
    name: nameOf(name.trim()),
  }));
  return {
    of: (row) => {
      let left = template;
      let filled = '';
      for (const { hole, name } of holes) {
        const text = cellOf(row, name);
        if (text === '') return '';
        const at = left.indexOf(hole);
        filled += left.slice(0, at) + text;
        left = left.slice(at + hole.length);
      }
      return (filled + left).trim();
    },
    columns: holes.map(({ name }) => name),
  };
}

/** Steps in the order of the documents, whatever their order in the mapping. */
function withSteps(value: DocumentValue, source: string, row: Fields, nameOf: NameOf): string {
  let text = source;
  if (value.replace !== undefined) text = replaceTexts(text, value.replace).trim();
  if (value.lookup !== undefined) text = lookUp(text, value.lookup, value.unknown === 'keep');
  if (value.date !== undefined) text = toIsoDate(text, value.date) ?? '';
  if (value.phone !== undefined) {
    const { country, column } = value.phone;
    const own = column === undefined ? '' : cellOf(row, nameOf(column));
    text = toE164(text, own, country ?? '') ?? '';
  }
  if (value.case !== undefined) text = lettersOf(text, value.case);
  return text === '' ? (value.default ?? '').trim() : text;
}

function stepColumns({ phone }: DocumentValue, nameOf: NameOf): readonly string[] {
  return phone?.column === undefined ? [] : [nameOf(phone.column)];
}

/** From left to right; of two that fit the longer; what was put in is passed over. */
function replaceTexts(text: string, table: Readonly<Record<string, string>>): string {
  let made = '';
  let at = 0;
  while (at < text.length) {
    const fitting = Object.keys(table).filter((from) => text.startsWith(from, at));
    const longest = fitting.reduce((one, other) => (other.length > one.length ? other : one), '');
    made += longest === '' ? text[at] : table[longest];
    at += Math.max(1, longest.length);
  }
  return made;
}

function lookUp(text: string, table: Readonly<Record<string, string>>, keeps: boolean): string {
  if (text === '') return '';
  const line = Object.entries(table).find(([from]) => isSame(from, text));
  return line === undefined ? (keeps ? text : '') : line[1].trim();
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
