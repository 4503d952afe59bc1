import type { Effect } from '../effect/effect.js';
import type { Mapping, Place } from '../mapping/mapping.js';
import { missingWords, suspensionWords } from '../words/guard-words.js';
import { RuleWords } from '../words/rule-words.js';
import type { CoverageLine, PlanFacts } from './coverage.js';

export function invitationLines(mapping: Mapping, effect: Effect): readonly CoverageLine[] {
  const words = new RuleWords(mapping);
  return ruleLines(mapping.invitations, effect, (rule) => words.invitation(rule));
}

export function prefillLines(mapping: Mapping, effect: Effect): readonly CoverageLine[] {
  const words = new RuleWords(mapping);
  const people = peopleByPath(effect);
  return mapping.columns.map((rule) => {
    const path = `columns.${rule.field}`;
    return { path, words: words.column(rule), people: people(path) };
  });
}

export function groupLines(mapping: Mapping, effect: Effect): readonly CoverageLine[] {
  const words = new RuleWords(mapping);
  return ruleLines(mapping.groups, effect, (rule) => words.group(rule));
}

export function roleLines(mapping: Mapping, effect: Effect): readonly CoverageLine[] {
  const words = new RuleWords(mapping);
  return ruleLines(mapping.roles, effect, (rule) => words.role(rule));
}

export function exceptionLines(mapping: Mapping, effect: Effect): readonly CoverageLine[] {
  const words = new RuleWords(mapping);
  return ruleLines(mapping.exceptions, effect, (rule) => words.exception(rule));
}

/** The active rule, what becomes of those who are missing, and the guard, always there even where nothing is written. */
export function removalLines(mapping: Mapping, effect: Effect, plan: PlanFacts): readonly CoverageLine[] {
  const suspended = (rule: string): number => plan.suspendedBy.find((each) => each.rule === rule)?.people ?? 0;
  const guard = suspensionWords(mapping.guards);
  const held = plan.kinds.find(({ kind }) => kind === 'suspend')?.held ?? 0;
  return [
    { path: 'active', words: new RuleWords(mapping).active(), people: effect.people.inactive },
    {
      path: 'missing',
      words: `${missingWords(mapping.guards.missing)} Nobody counts as missing while the record has rows without a usable id.`,
      people: suspended('missing'),
    },
    { path: guard.path, words: guard.text, people: held },
  ];
}

function ruleLines<Rule extends { readonly at: Place }>(
  rules: readonly Rule[],
  effect: Effect,
  wordsOf: (rule: Rule) => string,
): readonly CoverageLine[] {
  const people = peopleByPath(effect);
  return rules.map((rule) => ({ path: rule.at.path, words: wordsOf(rule), people: people(rule.at.path) }));
}

function peopleByPath({ rules }: Effect): (path: string) => number {
  const counts = new Map(rules.map(({ path, people }) => [path, people]));
  return (path) => counts.get(path) ?? 0;
}
