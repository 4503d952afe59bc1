import type { Become } from './messages.js';
import type { ChangeState, ClosedPeople } from './state.js';

type Facts = Pick<ChangeState, 'filed' | 'proposal' | 'people'>;

/** Whether somebody has to say what becomes of people: something is removed, or the version empties a group. */
export function needsPeopleStatement({ filed, proposal }: Facts): boolean {
  return filed.asked.startsWith('remove-') || (proposal?.closed.length ?? 0) > 0;
}

/** Why a version cannot be approved because of the people of what it closes; null when it can. */
export function objectionToPeople(facts: Facts): string | null {
  const { proposal, people } = facts;
  if (proposal === null || !needsPeopleStatement(facts)) return null;
  if (people === null) {
    return `Nobody has said yet what becomes of the people of what is closed. ${closedWords(proposal.closed)} Send "people" first.`;
  }
  const { become } = people;
  const fitting = proposal.closed.every((group) => fits(become, group));
  if (fitting) return null;
  return (
    `It was said that they ${SAID[become]}, and version ${proposal.version} does something else. ${closedWords(proposal.closed)} ` +
    'Propose another version, or send "people" with what is meant.'
  );
}

/** People whose row is wrong stay as they are, whatever was said; they are told of in any case. */
function fits(become: Become, { moved, without, leaving }: ClosedPeople): boolean {
  switch (become) {
    case 'move':
      return without === 0 && leaving === 0;
    case 'leave':
      return moved === 0 && without === 0;
    case 'stay':
      return moved === 0 && leaving === 0;
    case 'mixed':
      return true;
  }
}

const SAID: Readonly<Record<Become, string>> = {
  move: 'move to another one',
  leave: 'leave the network',
  stay: 'stay in the network without one',
  mixed: 'do different things',
};

export function becomeWords(become: Become): string {
  return SAID[become];
}

/** `1 group loses its 12 people: 10 are in another one then, 2 leave the network.` */
export function closedWords(closed: readonly ClosedPeople[]): string {
  if (closed.length === 0) return 'No group with people in it is emptied.';
  const sum = (of: keyof ClosedPeople): number => closed.reduce((total, group) => total + group[of], 0);
  const parts = [
    part(sum('moved'), 'is in another one then', 'are in another one then'),
    part(sum('without'), 'stays without one', 'stay without one'),
    part(sum('leaving'), 'leaves the network', 'leave the network'),
    part(sum('untouched'), 'is left as they are, because of their row', 'are left as they are, because of their rows'),
  ].filter((text) => text !== null);
  const groups = closed.length === 1 ? '1 group loses all its people' : `${closed.length} groups lose all their people`;
  return `${groups} (${sum('people')}): ${parts.join(', ')}.`;
}

function part(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
}
