import type { Actor } from '../messages.js';
import type { Side } from '../schedule/types.js';
import type { ContactRef, OnboardingState } from '../state.js';

type Contacts = Pick<OnboardingState, 'contacts'>;

/** Why these people cannot act, or null. Only ids and roles are told. */
export function objectionToActor(state: Contacts, { by, recordedBy }: Actor): string | null {
  if (contactOf(state, by) === null) return unknownContact(state, by);
  if (recordedBy === undefined) return null;
  const writer = contactOf(state, recordedBy);
  if (writer === null) return unknownContact(state, recordedBy);
  return writer.side === 'speakap'
    ? null
    : `"${recordedBy}" is no contact of Speakap, and only Speakap writes down for others.`;
}

/** Why this actor may not act for a side, or null. */
export function objectionToSide(state: Contacts, { by }: Actor, side: Side, what: string): string | null {
  const contact = contactOf(state, by);
  if (contact === null || contact.side === side) return null;
  const other = state.contacts.find((entry) => entry.side === side)?.id ?? `a contact of ${side}`;
  return side === 'customer'
    ? `${what} is the customer's, and "${by}" belongs to Speakap. To write it down on the customer's behalf: {"by": "${other}", "recordedBy": "${by}"}.`
    : `${what} is Speakap's, and "${by}" belongs to the customer. Somebody such as "${other}" has to do it.`;
}

export function contactOf(state: Contacts, id: string): ContactRef | null {
  return state.contacts.find((contact) => contact.id === id) ?? null;
}

function unknownContact(state: Contacts, id: string): string {
  const known = state.contacts.map((contact) => `${contact.id} (${contact.side}, ${contact.role})`).join(', ');
  return `There is no contact "${id}". There are: ${known === '' ? 'none' : known}.`;
}
