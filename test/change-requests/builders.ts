import { newState } from '../../src/change-requests/new-state.js';
import type { Asked, MessageName, Messages } from '../../src/change-requests/messages.js';
import { objectionTo } from '../../src/change-requests/objections.js';
import type { ChangeState, ClosedPeople, Proposal } from '../../src/change-requests/state.js';

export const FILED_AT = '2026-12-01T09:00:00.000Z';

const contact = (id: string, side: 'customer' | 'speakap', role: string, approves = true) => ({
  ...{ id, side, role, approves, owns: [] },
});

/** A request that was just filed by the customer. */
export function aRequest(kind: Asked = 'mapping'): ChangeState {
  return newState(
    { customer: 'korenaar', by: 'c-hr', kind, text: 'a wish' },
    {
      ...{ changeRequestId: 1, number: 3, manager: 'staff-17', timeZone: 'Europe/Amsterdam' },
      clock: { origin: 0, planOrigin: 0, speed: 1 },
      contacts: [
        contact('c-hr', 'customer', 'HR manager'),
        contact('c-it', 'customer', 'IT', false),
        contact('staff-17', 'speakap', 'project manager'),
      ],
    },
    { at: FILED_AT, via: 'update' },
  );
}

/** Version 4, made from version 3, that waits for the customer. */
export function propose(state: ChangeState, proposal: Partial<Proposal> = {}): ChangeState {
  state.proposal = {
    ...{ version: 4, base: 3, by: 'staff-17', at: FILED_AT, run: 12, counts: { join: 3 }, differences: 1 },
    ...{ closed: [], conflicts: [], test: false, status: 'open', approvals: [] },
    ...proposal,
  };
  state.step = 'approval';
  return state;
}

export function closing(fate: Partial<ClosedPeople>): ClosedPeople {
  return { people: 12, moved: 0, without: 0, leaving: 0, untouched: 0, ...fate };
}

export function objection<Name extends MessageName>(state: ChangeState, name: Name, message: Messages[Name]): string {
  return objectionTo(state, name, message) ?? 'none';
}

/** Hours after the filing. */
export function after(hours: number): string {
  return new Date(Date.parse(FILED_AT) + hours * 3_600_000).toISOString();
}
