import { candidatesFor, optionOf, type Candidate } from './candidates.js';
import type { Described } from './described.js';
import { FIELD_RULES, type FieldRule, type PersonField } from './field-rules.js';
import { decide, type Decision, type Option } from './proposal.js';
import { AMONG_RIVALS, LEAST_CHOSEN, MOST_ALTERNATIVES, RIVALRY } from './weights.js';

/** The fields of a person and their id: the best columns, each used once. */
export function proposePersonFields(described: readonly Described[]): readonly Decision[] {
  const candidates = candidatesFor(described);
  const chosen = choose(candidates);
  const taken = new Set([...chosen.values()].map((each) => each.described.column.name));
  return FIELD_RULES.map((rule) => {
    const best = chosen.get(rule.field);
    const others = candidates.filter(
      (each) => each.field === rule.field && each !== best && !taken.has(each.described.column.name),
    );
    return best ? withRivals(rule, best, others) : noColumn(rule, others);
  });
}

/** The surest choice first; what it takes, no other field gets. */
function choose(candidates: readonly Candidate[]): ReadonlyMap<PersonField, Candidate> {
  const chosen = new Map<PersonField, Candidate>();
  const taken = new Set<string>();
  for (const candidate of candidates) {
    const { name } = candidate.described.column;
    if (candidate.score < LEAST_CHOSEN || chosen.has(candidate.field) || taken.has(name)) continue;
    chosen.set(candidate.field, candidate);
    taken.add(name);
  }
  return chosen;
}

function withRivals({ field }: FieldRule, best: Candidate, others: readonly Candidate[]): Decision {
  const rivals = others.filter(({ score }) => score > best.score - RIVALRY);
  const option = optionOf(best);
  const alternatives = others.slice(0, MOST_ALTERNATIVES).map(optionOf);
  if (rivals.length === 0) return decide(field, option, alternatives);
  const names = rivals.slice(0, MOST_ALTERNATIVES).map((each) => `"${each.described.column.name}"`);
  return decide(
    field,
    {
      ...option,
      confidence: Math.min(option.confidence, AMONG_RIVALS),
      reason: `${option.reason} It could as well be ${names.join(' or ')}.`,
    },
    alternatives,
  );
}

function noColumn({ field, called }: FieldRule, others: readonly Candidate[]): Decision {
  const option: Option = {
    choice: { kind: 'none' },
    confidence: others.length === 0 ? 0.7 : 0.5,
    reason: others.length === 0 ? `No column looks like ${called}.` : `No column is likely enough to be ${called}.`,
  };
  return decide(field, option, others.slice(0, MOST_ALTERNATIVES).map(optionOf));
}
