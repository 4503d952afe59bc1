import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonChange } from '../../src/sync/change.js';
import { afterChanges } from '../../src/sync/plan/after-changes.js';
import type { LinkState } from '../../src/sync/plan/link-state.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import { undoPerson, type UndoSubject } from '../../src/sync/undo/undo-person.js';
import { aCompiledMapping, ann, anyPerson, desired as desiredBy, type aRecord } from './builders.js';

const mapping = aCompiledMapping();
const desired = (fields: Parameters<typeof aRecord>[0] = {}) => desiredBy(mapping, fields);
const missing = { kind: 'missing', xid: ann } as const;

type Wanted = ReturnType<typeof desired> | typeof missing;

function run(link: LinkState | null, outcome: Wanted) {
  const done = planPerson({ outcome, link });
  return { done, link: afterChanges(link, done) };
}

function undo(link: LinkState | null, done: readonly PersonChange[], facts: Partial<UndoSubject> = {}) {
  const usual = { isRestorable: true, isKeptOut: false, wasThere: false, switchedSince: false, shown: null };
  const undone = undoPerson({ xid: ann, link, done, ...usual, ...facts }, 12);
  return { ...undone, link: afterChanges(link, undone.changes) };
}

const kinds = (changes: readonly PersonChange[]) => changes.map(({ kind }) => kind);
const before = run(null, desired()).link;

describe('a run is undone for a person', () => {
  it('who moved: back in the old groups with the old role and the old name, for the reason that the run is undone', () => {
    const director = run(before, desired({ Job: 'Manager' })).link;
    const moved = run(director, desired({ First: 'Anna', Store: 'South', Job: 'Baker' }));
    const back = undo(moved.link, moved.done);
    expect(back.link).toEqual(director);
    expect(back.changes.every(({ reason }) => reason.text === 'Is as before, since run 12 is undone')).toBe(true);
    expect(back.stays).toEqual([]);
  });

  it('who gave an address up for somebody else and got another: the first one, and nothing is said to have been changed since', () => {
    const moved = run(before, desired({ Mail: 'other@people.example' }));
    const [update] = moved.done.filter((change) => change.kind === 'update');
    if (update === undefined) throw new Error('There is no update.');
    const { email: _, ...without } = update.before;
    const vacating: PersonChange = { ...update, after: without, vacates: true };
    const given = afterChanges(before, [vacating]);
    expect(given?.written).toMatchObject({ gaveUp: update.before.email, profile: without });
    const whole = [vacating, ...moved.done];
    const back = undo(afterChanges(before, whole), whole, { shown: update.after });
    expect(back.link?.written).toEqual(before?.written);
    expect(back.stays.map(({ text }) => text)).toEqual(['An invitation that was sent cannot be taken back.']);
  });

  it('who was created: suspended, and the invitation is listed as what cannot be taken back', () => {
    const created = run(null, desired());
    const back = undo(created.link, created.done);
    expect(kinds(back.changes)).toEqual(['suspend']);
    expect(back.stays.map(({ text }) => text)).toEqual(['An invitation that was sent cannot be taken back.']);
  });

  it('whose account was there before and was taken over: stays as they are, since nobody knows how they were, and is listed', () => {
    const { link, done } = run(null, desired());
    const back = undo(link, done, { wasThere: true });
    expect(back.changes).toEqual([]);
    expect(back.stays.map(({ text }) => text)).toEqual([
      'The account was there before the run, which took it over, and what it was like then is not known: it stays as it is.',
    ]);
  });

  it('who returned under a new XID: suspended again, and that the account keeps it is listed', () => {
    const gone = run(before, missing).link;
    const [restore, ...others] = run(gone, desired()).done;
    if (restore?.kind !== 'restore') throw new Error('Nobody was restored.');
    const back = undo(before, [{ ...restore, formerXid: ann }, ...others]);
    expect(back.link?.state).toBe('suspended');
    expect(back.stays.map(({ text }) => text)).toContain(
      'The account got a new XID when the person returned, and keeps it.',
    );
  });

  it('who was suspended: back as the same account, and invited again', () => {
    const gone = run(before, missing);
    const back = undo(gone.link, gone.done);
    expect(kinds(back.changes)).toEqual(['restore', 'invite']);
    expect(back.link).toMatchObject({ state: 'active', written: before?.written });
  });

  it('whom other runs suspended or gave back since: active or not as the last of them left it, and it is listed', () => {
    const again = (link: LinkState | null, done: readonly PersonChange[]) => {
      const { changes, stays } = undo(link, done, { switchedSince: true });
      return [kinds(changes), stays.filter(({ text }) => text.includes('given back again since')).length];
    };
    const gone = run(before, missing);
    expect(again(gone.link, gone.done)).toEqual([[], 1]);
    expect(again(before, gone.done)).toEqual([[], 0]);
    const created = run(null, desired());
    expect(again(created.link, created.done)).toEqual([[], 1]);
    const back = run(gone.link, desired({ First: 'Anna' }));
    expect(again(back.link, back.done)).toEqual([['update'], 1]);
  });

  it('who was suspended more than 30 days ago: gone, and listed', () => {
    const { link, done } = run(before, missing);
    const back = undo(link, done, { isRestorable: false });
    expect(back.changes).toEqual([]);
    expect(back.stays.map(({ text }) => text)).toEqual([
      'The account was suspended more than 30 days ago and is gone.',
    ]);
  });

  it('who changed a part of the profile in the network since: that part stays and is listed', () => {
    const renamed = run(before, desired({ First: 'Anna', Last: 'Bakker' }));
    const shown = { ...renamed.link?.written.profile, givenName: 'Annie' };
    const back = undo(renamed.link, renamed.done, { shown });
    expect(back.link?.written.profile).toMatchObject({ givenName: 'Anna', familyName: 'Baker' });
    expect(back.stays).toHaveLength(1);
  });

  it('who got another name behind an infix, which the network shows as one: the whole name, with nothing kept of the other', () => {
    if (before === null) throw new Error('There is no link.');
    const named = (familyName: string, link = before): LinkState => ({
      ...link,
      written: { ...link.written, profile: { ...link.written.profile, infix: 'van der', familyName } },
    });
    const [berg, boer] = [named('Berg'), named('Boer')];
    const outcome = { kind: 'active', xid: ann, person: boer.written, why: [], warnings: [] } as const;
    const done = planPerson({ outcome, link: berg });
    const { infix: _, ...shown } = { ...boer.written.profile, familyName: 'van der Boer' };
    const back = undo(boer, done, { shown });
    expect(back.stays).toEqual([]);
    expect(back.link?.written.profile).toEqual(berg.written.profile);
    const [update] = back.changes.flatMap((change) => (change.kind === 'update' ? [change] : []));
    expect(update?.kept).toContain('givenName');
    expect(update?.kept).not.toContain('infix');
  });

  it('whom a later run moved again: what that run changed stays, the rest is taken back', () => {
    const first = run(before, desired({ Job: 'Manager', First: 'Anna' }));
    const second = run(first.link, desired({ Job: 'Planner', First: 'Anna' }));
    const back = undo(second.link, first.done);
    expect(back.link?.written.profile.givenName).toBe('Ann');
    expect(Object.values(back.link?.written.memberships ?? {}).map(({ role }) => role)).toContain('Planner');
    expect(back.stays.some(({ text }) => text.startsWith('The role in the '))).toBe(true);
  });

  it('whose account is gone: nothing, and it is listed', () => {
    expect(undo(null, run(null, desired()).done)).toMatchObject({ changes: [], stays: [{ code: 'not-undone' }] });
  });
});

describe('laws of undoing', () => {
  const person = anyPerson(mapping);
  const day = fc.oneof(person, person, fc.constant(missing));
  const days = fc.array(day, { minLength: 1, maxLength: 4 });

  it('undo after a run gives the state before, but for accounts it made and invitations', () => {
    fc.assert(
      fc.property(days, day, (outcomes, last) => {
        const past = outcomes.reduce<LinkState | null>((link, outcome) => run(link, outcome).link, null);
        const present = run(past, last);
        const back = undo(present.link, present.done);
        if (past === null) expect(back.link === null || back.link.state === 'suspended').toBe(true);
        if (past === null) return;
        expect(back.link?.state).toBe(past.state);
        if (past.state === 'active') expect(content(back.link)).toEqual(content(past));
      }),
    );
  });

  it('what is undone is not there to be undone again, and nothing of a run that did nothing', () => {
    fc.assert(
      fc.property(days, day, (outcomes, last) => {
        const past = outcomes.reduce<LinkState | null>((link, outcome) => run(link, outcome).link, null);
        const present = run(past, last);
        const once = undo(present.link, present.done);
        expect(undo(once.link, []).changes).toEqual([]);
        if (present.done.every(({ kind }) => kind === 'update')) {
          expect(undo(once.link, present.done).changes).toEqual([]);
        }
      }),
    );
  });
});

/** Groups whose names differ in case only are the same group. */
function content(link: LinkState | null) {
  const { userName, profile, networkRole, memberships } = link?.written ?? {};
  const roles = Object.entries(memberships ?? {}).map(([key, { role }]) => `${key} ${role}`);
  return { userName, profile, networkRole, roles: roles.sort() };
}
