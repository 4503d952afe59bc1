import { deliverablesFor, type Deliverable } from './deliverables.js';
import type { Side } from './schedule/types.js';
import { isSettled, itemOf, type ContactRef, type OnboardingState, type Question } from './state.js';

/** The contact who owes an item: whoever claims it, else the project manager, else the first contact of its side. */
export function ownerOf<Contact extends Pick<ContactRef, 'id' | 'side' | 'owns'>>(
  { contacts, manager }: { readonly contacts: readonly Contact[]; readonly manager: string },
  { id, side }: Pick<Deliverable, 'id' | 'side'>,
): Contact | null {
  const mine = contacts.filter((contact) => contact.side === side);
  return (
    mine.find(({ owns }) => owns.includes(id)) ?? mine.find((contact) => contact.id === manager) ?? mine[0] ?? null
  );
}

/** Items that may be worked on now: not settled, and everything they need is. */
export function openItems(state: OnboardingState): readonly Deliverable[] {
  return deliverablesFor(state.source).filter((item) => mayBegin(state, item));
}

export function mayBegin(state: OnboardingState, { id, needs }: Pick<Deliverable, 'id' | 'needs'>): boolean {
  return !isSettled(itemOf(state, id)) && needs.every((need) => isSettled(itemOf(state, need)));
}

export function openQuestions(state: OnboardingState, side?: Side): readonly Question[] {
  return state.questions.filter(
    (question) => question.answer === null && (side === undefined || question.side === side),
  );
}

/** The side and role in words, `customer: HR manager`: never a name. */
export function roleWords(contact: Pick<ContactRef, 'role'> | null, side: Side): string {
  return contact === null ? `${side}: nobody is named` : `${side}: ${contact.role}`;
}
