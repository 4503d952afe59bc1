import type { GroupName } from '../../sync/mapping/mapping.js';
import type { Step } from '../../sync/mapping/value-rule.js';

/** What a value says, in one line: `first of (column "Mail", column "Private"), case lower`. */
export function valueText(value: GroupName): string {
  switch (value.kind) {
    case 'column':
      return columnText(value.column);
    case 'fixed':
      return JSON.stringify(value.text);
    case 'template':
      return `template ${JSON.stringify(value.template)}`;
    case 'first':
    case 'joined':
      return `${value.kind === 'first' ? 'first of' : 'joined'} (${value.values.map(valueText).join(', ')})`;
    case 'made':
      return [valueText(value.source), ...value.steps.map(stepText)].join(', ');
    case 'separated':
      return [
        valueText(value.source),
        `separated by ${JSON.stringify(value.separator)}`,
        ...value.steps.map(stepText),
      ].join(', ');
  }
}

export function columnText(name: string): string {
  return `column ${JSON.stringify(name)}`;
}

function stepText(step: Step): string {
  switch (step.kind) {
    case 'replace':
      return `replace ${tableText(step.texts)}`;
    case 'lookup':
      return `lookup ${tableText(step.table)} (unknown: ${step.unknown})`;
    case 'date':
      return `date ${step.format}`;
    case 'phone':
      return `phone ${[step.country, step.column === null ? null : columnText(step.column)].filter((part) => part !== null).join(' or ')}`;
    case 'case':
      return `case ${step.letters}`;
    case 'default':
      return `default ${JSON.stringify(step.text)}`;
  }
}

/** The order of a table means nothing. */
function tableText(lines: readonly { readonly from: string; readonly to: string }[]): string {
  const texts = lines.map(({ from, to }) => `${JSON.stringify(from)} -> ${JSON.stringify(to)}`);
  return `{ ${texts.sort().join(', ')} }`;
}
