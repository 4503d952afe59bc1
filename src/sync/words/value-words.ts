import type { GroupKind, GroupRef } from '../group.js';
import type { GroupName, GroupTarget, ValueRule } from '../mapping/mapping.js';
import type { Step } from '../mapping/value-rule.js';
import { groupWords } from '../plan/words.js';
import type { NameWords } from './names.js';
import { columnWords } from './names.js';
import { stepWords } from './step-words.js';

/** What a text is: `what stands in the column FirstName`. */
export function valueWords(rule: ValueRule, nameWords: NameWords): string {
  switch (rule.kind) {
    case 'column':
      return `what stands in the column ${columnWords(rule.column)}`;
    case 'fixed':
      return `"${rule.text}" for everybody`;
    case 'template':
      return `${templateWords(rule.template, nameWords)} (nothing when one of them is empty)`;
    case 'first':
      return `the first that there is of: ${rule.values.map((value) => valueWords(value, nameWords)).join('; ')}`;
    case 'joined':
      return `put together, with blanks between, from what there is of: ${rule.values.map((value) => valueWords(value, nameWords)).join('; ')}`;
    case 'made':
      return `${valueWords(rule.source, nameWords)}, ${stepsWords(rule.steps)}`;
  }
}

function stepsWords(steps: readonly Step[]): string {
  return steps.map(stepWords).join(', ');
}

/** `{First}.{Last}@shop.example` is First, then ".", then Last, then "@shop.example". */
function templateWords(template: string, nameWords: NameWords): string {
  return template
    .split(/\{([^{}]*)\}/)
    .map((part, index) => (index % 2 === 1 ? nameWords(part.trim()) : part === '' ? '' : `"${part}"`))
    .filter((part) => part !== '')
    .join(', then ');
}

/** A group that a rule names: by its name, or by what stands in a column. */
export function targetWords(target: GroupTarget, nameWords: NameWords): string {
  if (target.kind === 'local_department') {
    const { businessUnit, department } = target;
    if (businessUnit.kind === 'fixed' && department.kind === 'fixed') {
      return `the ${groupWords({ kind: 'local_department', businessUnit: businessUnit.text, department: department.text })}`;
    }
    return `the local department ${calledWords(department, nameWords)}, of the business unit ${calledWords(businessUnit, nameWords)}`;
  }
  if (target.name.kind === 'fixed') return `the ${groupWords(named(target.kind, target.name.text))}`;
  return `the ${kindWords(target.kind)} ${calledWords(target.name, nameWords)}`;
}

function named(kind: Exclude<GroupKind, 'local_department'>, name: string): GroupRef {
  return { kind, name };
}

function calledWords(rule: GroupName, nameWords: NameWords): string {
  switch (rule.kind) {
    case 'fixed':
      return `"${rule.text}"`;
    case 'column':
      return `that stands in ${columnWords(rule.column)}`;
    case 'template':
      return `called ${templateWords(rule.template, nameWords)}`;
    case 'first':
    case 'joined':
      return `called ${valueWords(rule, nameWords)}`;
    case 'made':
      return `${calledWords(rule.source, nameWords)} (${stepsWords(rule.steps)})`;
    case 'separated': {
      const steps = rule.steps.length === 0 ? '' : `; each ${stepsWords(rule.steps)}`;
      return `${calledWords(rule.source, nameWords)} (several, with "${rule.separator}" between them${steps})`;
    }
  }
}

const KIND_WORDS: Readonly<Record<GroupKind, string>> = {
  business_unit: 'business unit',
  department: 'department',
  local_department: 'local department',
  topic: 'topic group',
};

export function kindWords(kind: GroupKind): string {
  return KIND_WORDS[kind];
}
