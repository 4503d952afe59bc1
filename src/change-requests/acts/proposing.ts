import { note, type Occasion } from '../../onboarding/events.js';
import { objectionToSide } from '../../onboarding/acts/people.js';
import { becomeWords, closedWords } from '../closed-people.js';
import type { People, Propose } from '../messages.js';
import { isTested, type ChangeState, type Proposal } from '../state.js';

/** Why nothing can be taken back any more. */
export const APPLIED_ALREADY =
  'It is being applied already. What was applied is taken back with "usersync sync undo", and the version before is activated again.';

export function objectionToPropose(state: ChangeState, message: Propose): string | null {
  const objection = objectionToSide(state, message, 'speakap', 'Proposing a version of the mapping');
  if (objection !== null) return objection;
  if (state.step === 'applying') return 'The version that was approved is being applied.';
  const { proposal } = state;
  return proposal !== null && message.version <= proposal.version && proposal.status === 'changes requested'
    ? `Version ${proposal.version} was sent back; the next proposal is a newer version.`
    : null;
}

/** It takes the place of the one before; whatever was approved of that does not count for it. */
export function takePropose(
  state: ChangeState,
  message: Propose,
  occasion: Occasion,
  found: Pick<Proposal, 'base' | 'run' | 'counts' | 'differences' | 'closed' | 'conflicts'>,
): string {
  const { version, by, test = false } = message;
  state.proposal = { ...found, version, by, test, at: occasion.at, status: 'open', approvals: [] };
  if (!isTested(state)) state.test = null;
  state.step = 'approval';
  note(state, message, occasion, {
    what: 'proposed',
    about: `mapping/${version}`,
    text: proposalWords(state.proposal),
  });
  return `Version ${version} is proposed to the customer: ${proposalWords(state.proposal)}`;
}

/** What a version would do, in numbers. */
export function proposalWords({ differences, counts, closed, base, conflicts, run }: Proposal): string {
  const kinds = Object.entries(counts).map(([kind, people]) => `${people} × ${kind.replace('_', ' ')}`);
  const words = [
    `${differences === 1 ? '1 rule differs' : `${differences} rules differ`} from version ${base}.`,
    kinds.length === 0
      ? `Dry run ${run} changes nobody.`
      : `Dry run ${run} would change people in the network: ${kinds.join(', ')}.`,
  ];
  if (closed.length > 0) words.push(closedWords(closed));
  if (conflicts.length > 0)
    words.push(`In conflict with change ${conflicts.join(', ')}, which touches the same rules.`);
  return words.join(' ');
}

export function objectionToPeopleMessage(state: ChangeState): string | null {
  return state.step === 'applying' ? APPLIED_ALREADY : null;
}

export function takePeople(state: ChangeState, message: People, occasion: Occasion): string {
  const { become, text, by } = message;
  state.people = { become, text, by, at: occasion.at };
  note(state, message, occasion, { what: `said that the people ${becomeWords(become)}`, text });
  return `Noted: the people of what is closed ${becomeWords(become)}.`;
}

/** A version that is not good: the next one is awaited. */
export function sendBack(state: ChangeState): void {
  if (state.proposal !== null) state.proposal.status = 'changes requested';
  state.step = 'mapping';
}
