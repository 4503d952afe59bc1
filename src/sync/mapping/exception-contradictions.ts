import { groupKey } from '../group.js';
import type { Xid } from '../ids.js';
import type { ExceptionRule, Mapping, MappingProblem } from './mapping.js';
import { namedGroups } from './named-groups.js';

/** Exceptions that say nothing, or two things at once. An XID stands in no sentence: these end up in errors. */
export function exceptionContradictions({ exceptions }: Mapping): readonly MappingProblem[] {
  return [...exceptions.flatMap(withinOne), ...betweenExceptions(exceptions)];
}

function withinOne(rule: ExceptionRule): readonly MappingProblem[] {
  const { at, leaveAlone, notInNetwork, addTo, notIn, role, noInvitation } = rule;
  const saysMore = addTo.length > 0 || notIn.length > 0 || role !== null || noInvitation;
  const texts = [
    !leaveAlone &&
      !notInNetwork &&
      !saysMore &&
      'This exception says nothing: give `leaveAlone`, `notInNetwork`, `addTo`, `notIn`, `role` or `noInvitation`.',
    leaveAlone && notInNetwork && 'Who is left alone is not removed: give `leaveAlone` or `notInNetwork`, not both.',
    leaveAlone && saysMore && 'Nothing is changed for whom `leaveAlone` is set, so nothing else can stand beside it.',
    notInNetwork &&
      saysMore &&
      'Who is not in the network has no groups, roles or invitation: leave them out, or `notInNetwork`.',
  ];
  const problems = texts.filter((text) => text !== false).map((text) => ({ ...at, text }));
  return [...problems, ...bothInAndOut(rule), ...namedTwice(rule)];
}

function bothInAndOut({ addTo, notIn }: ExceptionRule): readonly MappingProblem[] {
  const added = new Set(addTo.flatMap(({ group }) => namedGroups(group)).map(({ group }) => groupKey(group)));
  return notIn
    .flatMap(({ group }) => namedGroups(group).filter((named) => named.group.kind === group.kind))
    .filter(({ group }) => added.has(groupKey(group)))
    .map(({ at }) => ({ ...at, text: 'This group stands under `addTo` as well: `notIn` would win.' }));
}

function namedTwice({ whom }: ExceptionRule): readonly MappingProblem[] {
  if (whom.kind !== 'ids') return [];
  const ids = whom.ids.map(({ xid }) => xid);
  return whom.ids
    .filter(({ xid }, index) => ids.indexOf(xid) < index)
    .map(({ at }) => ({ ...at, text: 'This id stands in the list twice.' }));
}

/** One person cannot be left alone by one exception and kept out of the network by another. */
function betweenExceptions(exceptions: readonly ExceptionRule[]): readonly MappingProblem[] {
  const said = new Map<Xid, ExceptionRule>();
  return exceptions.flatMap((rule) => {
    if (rule.whom.kind !== 'ids' || !(rule.leaveAlone || rule.notInNetwork)) return [];
    return rule.whom.ids.flatMap(({ xid, at }) => {
      const other = said.get(xid);
      if (other === undefined) said.set(xid, rule);
      if (other === undefined || other.leaveAlone === rule.leaveAlone) return [];
      const says = other.leaveAlone ? 'leaves the person alone' : 'keeps the person out of the network';
      return [
        { ...at, text: `This id stands under ${other.at.path} in line ${other.at.line} as well, which ${says}.` },
      ];
    });
  });
}
