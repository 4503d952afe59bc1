import type { Overview } from '../overview/overview.js';
import type { Described } from './described.js';
import { decide, type Decision } from './proposal.js';
import { unitCandidate, UNITS, type UnitCandidate, type UnitTarget } from './unit-candidates.js';
import { AMONG_RIVALS, LEAST_CHOSEN, MOST_ALTERNATIVES, RIVALRY } from './weights.js';

/** Business unit, department and local department. Columns in `taken` are fields of a person already. */
export function proposeGroups(
  described: readonly Described[],
  overview: Overview | null,
  taken: ReadonlySet<string>,
): readonly Decision[] {
  const free = described.filter(({ column }) => !taken.has(column.name));
  const candidates = (['businessUnit', 'department'] as const)
    .flatMap((target) => free.flatMap((each) => unitCandidate(target, each, overview) ?? []))
    .sort((a, b) => b.option.confidence - a.option.confidence || (a.column < b.column ? -1 : 1));
  const chosen = choose(candidates);
  const businessUnit = unitDecision('businessUnit', chosen, candidates);
  const department = unitDecision('department', chosen, candidates);
  return [businessUnit, department, localDepartment(businessUnit, department, overview)];
}

function choose(candidates: readonly UnitCandidate[]): ReadonlyMap<UnitTarget, UnitCandidate> {
  const chosen = new Map<UnitTarget, UnitCandidate>();
  for (const candidate of candidates) {
    const isUsed = [...chosen.values()].some(({ column }) => column === candidate.column);
    if (candidate.option.confidence < LEAST_CHOSEN || isUsed || chosen.has(candidate.target)) continue;
    chosen.set(candidate.target, candidate);
  }
  return chosen;
}

function unitDecision(
  target: UnitTarget,
  chosen: ReadonlyMap<UnitTarget, UnitCandidate>,
  candidates: readonly UnitCandidate[],
): Decision {
  const best = chosen.get(target);
  const used = [...chosen.values()].map(({ column }) => column);
  const others = candidates.filter((each) => each.target === target && !used.includes(each.column));
  const alternatives = others.slice(0, MOST_ALTERNATIVES).map(({ option }) => option);
  if (!best) {
    const reason = `No column is likely enough to be ${UNITS[target].called}.`;
    return decide(
      target,
      { choice: { kind: 'none' }, confidence: others.length > 0 ? 0.5 : 0.7, reason },
      alternatives,
    );
  }
  const rivals = others.filter(({ option }) => option.confidence > best.option.confidence - RIVALRY);
  if (rivals.length === 0) return decide(target, best.option, alternatives);
  const names = rivals.slice(0, MOST_ALTERNATIVES).map(({ column }) => `"${column}"`);
  const reason = `${best.option.reason} It could as well be ${names.join(' or ')}.`;
  return decide(
    target,
    { ...best.option, confidence: Math.min(best.option.confidence, AMONG_RIVALS), reason },
    alternatives,
  );
}

function localDepartment(businessUnit: Decision, department: Decision, overview: Overview | null): Decision {
  const [unit, dept] = [businessUnit.choice, department.choice];
  if (unit.kind !== 'column' || dept.kind !== 'column') {
    const reason = 'A local department needs a column for its business unit and one for its department.';
    return decide('localDepartment', { choice: { kind: 'none' }, confidence: 0.7, reason });
  }
  const weaker = Math.min(businessUnit.confidence, department.confidence);
  const [factor, reason] =
    overview === null
      ? ([
          0.85,
          'A department at a location is a local department; there is no overview that says which exist.',
        ] as const)
      : overview.pairs.length > 0
        ? ([1, 'The overview says which departments are at which locations.'] as const)
        : ([
            0.55,
            'The overview does not say which departments are at which locations, so there may be no local departments.',
          ] as const);
  return decide('localDepartment', {
    choice: { kind: 'columns', businessUnit: unit.column, department: dept.column },
    confidence: weaker * factor,
    reason,
  });
}
