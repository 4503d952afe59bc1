import type { ColumnTest } from '../propose/proposal.js';

/** A condition in the expression language of the mapping (`docs/mapping.md`). */
export function conditionText(column: string, test: ColumnTest): string {
  const field = fieldText(column);
  switch (test.kind) {
    case 'empty':
      return `empty(${field})`;
    case 'oneOf':
      return isOneOf(field, test.values);
    case 'oneOfFolded':
      return isOneOf(`lower(${field})`, test.values);
  }
}

function isOneOf(value: string, texts: readonly string[]): string {
  const [only, ...others] = texts.map(quoted);
  return others.length === 0 ? `${value} == ${only ?? '""'}` : `${value} in (${[only, ...others].join(', ')})`;
}

const RESERVED = new Set(['and', 'or', 'not', 'in']);
const NAME = /^[_\p{L}][_\p{L}\p{N}\p{M}]*$/u;

function fieldText(column: string): string {
  const isBare = column.split('.').every((part) => NAME.test(part) && !RESERVED.has(part));
  return isBare ? column : `'${column.replace(/['"\\]/g, '\\$&')}'`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
