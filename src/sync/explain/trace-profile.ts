import { noInvitationBy } from '../desired/exceptions.js';
import { fieldName } from '../desired/duplicates.js';
import { canReach, invitationFor } from '../desired/invitation.js';
import { profileOf } from '../desired/profile.js';
import { NEEDED } from '../mapping/contradictions.js';
import type { Profile } from '../person.js';
import { audienceWords } from '../plan/words.js';
import type { TracedRule } from './trace.js';
import { emptyBecause, placeText, traced, type Seen } from './seen.js';

/** Each field, of the first row in canonical order: it is the one that is shown. */
export function traceColumns({ mapping, rows }: Seen): readonly TracedRule[] {
  const first = rows.slice(0, 1);
  return mapping.profile.map(({ field, textOf, columns, at }) => {
    const place = { path: `columns.${field}`, line: at.line };
    const gives = first.map(({ fields }) => textOf(fields)).filter((text) => text !== '');
    if (gives.length > 0) return traced(place, 'holds', first, { gives });
    return traced(place, 'gives nothing', first, { because: emptyBecause(columns, first) });
  });
}

/** The first that is meant for the person and reaches them is taken. */
export function traceInvitations({ mapping, rows, met }: Seen): readonly TracedRule[] {
  const [first] = rows;
  if (first === undefined) return [];
  const profile = profileOf(mapping, first.fields);
  const taken = invitationFor(mapping, first, profile);
  const silencedBy = noInvitationBy(met);
  return mapping.invitations.map((rule) => {
    const { at, audience, when } = rule;
    if (!when(first.fields)) return traced(at, 'does not hold', [first]);
    if (!canReach(audience, profile)) return traced(at, 'gives nothing', [first], { because: lackOf(audience) });
    if (rule !== taken) {
      const because = taken === null ? null : `${placeText(taken.at)} came first`;
      return traced(at, 'second', [first], { because });
    }
    if (silencedBy !== null && audience !== 'sso')
      return traced(at, 'second', [first], { because: `an exception forbids it (${placeText(silencedBy)})` });
    return traced(at, 'holds', [first], { gives: [audienceWords(audience)] });
  });
}

function lackOf(audience: keyof typeof NEEDED): string {
  const needed: keyof Profile | undefined = NEEDED[audience];
  return needed === undefined ? 'it reaches nobody' : `the person has nothing in ${fieldName(needed)}`;
}
