import type { Condition, ExceptionRule, Mapping } from '../../sync/mapping/mapping.js';
import { columnUse } from '../../sync/words/column-use.js';
import { columnWords } from '../../sync/words/names.js';
import { guardWords } from '../../sync/words/guard-words.js';
import { optionWords } from '../../sync/words/option-words.js';
import { RuleWords } from '../../sync/words/rule-words.js';
import type { DraftLine } from './lines.js';

/** Everything in a mapping that a customer can say something about, in the order of the document. */
export function draftLines(mapping: Mapping, columns: readonly string[]): readonly DraftLine[] {
  const words = new RuleWords(mapping);
  return [
    ...columnLines(mapping, columns, words),
    ...optionLines(mapping, words),
    ...mapping.groups.map((rule): DraftLine => {
      const target = words.target(rule.group);
      return { letter: 'G', about: [target, ...whenOf(rule.when)], text: words.group(rule), path: rule.at.path };
    }),
    ...mapping.invitations.map((rule): DraftLine => {
      return {
        letter: 'I',
        about: [rule.audience, ...whenOf(rule.when)],
        text: words.invitation(rule),
        path: rule.at.path,
      };
    }),
    ...mapping.roles.map((rule): DraftLine => {
      const what = `${rule.target} ${rule.group === null ? '' : words.target(rule.group)} ${rule.role}`;
      return { letter: 'R', about: [what, ...whenOf(rule.when)], text: words.role(rule), path: rule.at.path };
    }),
    ...mapping.exceptions.map((rule) => exceptionLine(rule, words)),
  ];
}

function columnLines(mapping: Mapping, columns: readonly string[], words: RuleWords): readonly DraftLine[] {
  const { inRules, unused } = columnUse(mapping, columns);
  const id = mapping.externalId;
  return [
    {
      letter: 'C',
      about: ['externalId'],
      text: `The employee id comes from the column ${columnWords(id.column)}. It is taken as text: zeros at its beginning count.`,
      path: 'externalId',
    },
    ...mapping.columns.map((rule): DraftLine => {
      return { letter: 'C', about: [rule.field], text: words.column(rule), path: `columns.${rule.field}` };
    }),
    ...listed('inRules', 'Only used in the rules below', inRules),
    ...listed('unused', 'Not used', unused),
  ];
}

function listed(path: string, what: string, columns: readonly string[]): readonly DraftLine[] {
  if (columns.length === 0) return [];
  return [{ letter: 'C', about: [path], text: `${what}: ${columns.map(columnWords).join(', ')}.`, path }];
}

function optionLines(mapping: Mapping, words: RuleWords): readonly DraftLine[] {
  return [
    { letter: 'O', about: ['active'], text: words.active(), path: 'active' },
    ...words.dates().map(({ path, text }): DraftLine => ({ letter: 'O', about: [path], text, path })),
    ...optionWords(mapping.options).map(({ option, text }): DraftLine => {
      return { letter: 'O', about: [option], text, path: `options.${option}` };
    }),
    ...guardWords(mapping.guards).map(({ path, text }): DraftLine => {
      return { letter: 'O', about: [path === 'guards.suspensions' ? 'guards' : path], text, path };
    }),
  ];
}

function exceptionLine(rule: ExceptionRule, words: RuleWords): DraftLine {
  const effects = words.effects(rule).join('; ');
  const ids = rule.whom.kind === 'ids' ? rule.whom.ids.map(({ xid }) => xid) : [];
  const about = rule.whom.kind === 'ids' ? effects : words.whom(rule.whom);
  return { letter: 'E', about: [about, effects], text: words.exception(rule), path: rule.at.path, behind: ids };
}

/** A rule for everybody is not known by its condition. */
function whenOf(when: Condition | null): readonly string[] {
  return when === null ? [] : [when.source];
}
