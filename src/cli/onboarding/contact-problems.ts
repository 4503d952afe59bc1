import { deliverablesFor, type SourceKind } from '../../onboarding/deliverables.js';
import { didYouMean } from '../../sync/nearest.js';
import { doubles, looseDocument, type CrossProblem, type LooseContact, type LooseDocument } from './loose-document.js';

/** Four eyes: two people at Speakap check the mapping (timeline, week 2). */
const APPROVERS_AT_SPEAKAP = 2;

/** Who is missing, doubled, or owes what nobody asks of them. */
export function contactProblems(value: unknown): readonly CrossProblem[] {
  const document = looseDocument(value);
  const contacts = document.contacts ?? [];
  if (document.contacts === undefined) return [];
  return [
    ...doubles(contacts, ({ id }) => id).map(({ at, key }) => ({
      ...{ path: ['contacts', at, 'id'], text: `"${key}" is the id of a contact above already.` },
    })),
    ...sideProblems(contacts),
    ...managerProblems(document, contacts),
    ...contacts.flatMap((contact, at) => ownsProblems(contact, at, document.onboarding?.source ?? null)),
    ...claimedTwice(contacts),
  ];
}

function sideProblems(contacts: readonly LooseContact[]): readonly CrossProblem[] {
  const count = (side: string, needsApproval: boolean): number =>
    contacts.filter((contact) => contact.side === side && (!needsApproval || contact.approves !== false)).length;
  const texts = [
    count('customer', false) === 0
      ? 'Nobody is of the side of the customer.'
      : count('customer', true) === 0 && 'Nobody of the side of the customer may approve: `approves: true` is missing.',
    count('speakap', false) === 0
      ? 'Nobody is of the side of speakap.'
      : count('speakap', true) < APPROVERS_AT_SPEAKAP &&
        'Two contacts of the side of speakap have to be there who may approve: four eyes are two people.',
  ];
  return texts.flatMap((text) => (text === false ? [] : [{ path: ['contacts'], text }]));
}

function managerProblems({ manager }: LooseDocument, contacts: readonly LooseContact[]): readonly CrossProblem[] {
  if (manager === undefined || contacts.some(({ id, side }) => id === manager && side === 'speakap')) return [];
  const text = `The manager "${manager}" is not among the contacts of the side of speakap. Reminders that nobody heeds go there.`;
  return [{ path: ['manager'], text }];
}

function ownsProblems(
  { owns = [], side }: LooseContact,
  at: number,
  source: SourceKind | null,
): readonly CrossProblem[] {
  const asked = source === null ? [...deliverablesFor('sftp'), ...deliverablesFor('api')] : deliverablesFor(source);
  const known = [...new Set(asked.map(({ id }) => id))];
  return owns.flatMap((id, index) => {
    if (id === undefined) return [];
    const path = ['contacts', at, 'owns', index];
    const item = asked.find((entry) => entry.id === id);
    if (item === undefined) {
      const where = source === null ? '' : ` where the record comes by ${source}`;
      return [
        {
          path,
          text: `There is no deliverable "${id}"${where}.${didYouMean(id, known) || ` There are: ${known.join(', ')}.`}`,
        },
      ];
    }
    if (side === undefined || item.side === side) return [];
    return [{ path, text: `"${id}" is owed by the side of ${item.side}, and this contact is of the side of ${side}.` }];
  });
}

function claimedTwice(contacts: readonly LooseContact[]): readonly CrossProblem[] {
  const claims = contacts.flatMap(({ owns = [] }, at) => owns.map((id, index) => ({ id, at, index })));
  return doubles(claims, ({ id }) => id).flatMap(({ at: position, key }) => {
    const claim = claims[position];
    if (claim === undefined) return [];
    const { at, index } = claim;
    return [{ path: ['contacts', at, 'owns', index], text: `"${key}" is owed by a contact above already.` }];
  });
}
