import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import type { WritePolicy } from '../../src/sync/mapping/mapping.js';
import { afterChanges } from '../../src/sync/plan/after-changes.js';
import type { LinkState } from '../../src/sync/plan/link-state.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import type { WritePolicies } from '../../src/sync/plan/profile-changes.js';
import { RuleWords } from '../../src/sync/words/rule-words.js';
import { aCompiledMapping, aMapping, ann, aRecord, KORENAAR, problemsOf } from './builders.js';

const mapping = aCompiledMapping();
const desired = (fields: Parameters<typeof aRecord>[0] = {}) => mapRows(mapping, ann, [aRecord(fields)]);

function planned(fields: Parameters<typeof aRecord>[0], link: LinkState | null, writes: WritePolicies) {
  return planPerson({ outcome: desired(fields), link, writes });
}

function linkOf(fields: Parameters<typeof aRecord>[0] = {}, writes: WritePolicies = new Map()): LinkState {
  const link = afterChanges(null, planned(fields, null, writes));
  if (link === null) throw new Error('There is no link.');
  return link;
}

describe('feature 14: a field that is written', () => {
  const onChange: WritePolicies = new Map([['jobTitle', 'onChange']]);
  const once: WritePolicies = new Map([['jobTitle', 'once']]);

  it('always is in every update', () => {
    const [update] = planned({ Last: 'Cook' }, linkOf(), new Map());
    expect(update).toMatchObject({ kind: 'update', after: { jobTitle: 'Baker', familyName: 'Cook' } });
    expect(update).not.toHaveProperty('kept');
  });

  it('on change is left to the person while HR says the same, and written when it does not', () => {
    expect(planned({ Last: 'Cook' }, linkOf(), onChange)).toMatchObject([{ kind: 'update', kept: ['jobTitle'] }]);
    const [update] = planned({ Last: 'Cook', Job: 'Chef' }, linkOf(), onChange);
    expect(update).toMatchObject({ kind: 'update', after: { jobTitle: 'Chef' } });
    expect(update).not.toHaveProperty('kept');
  });

  it('on change goes for the whole name: the infix is not left behind when the family name changes, nor doubled when it changes', () => {
    const link = linkOf();
    const { written } = link;
    const person = { ...written, profile: { ...written.profile, infix: 'van der', familyName: 'Berg' } };
    const writes: WritePolicies = new Map([
      ['infix', 'onChange'],
      ['familyName', 'onChange'],
    ]);
    for (const part of [{ familyName: 'Boer' }, { infix: 'van den' }]) {
      const changed = { ...person, profile: { ...person.profile, ...part } };
      const outcome = { kind: 'active', xid: ann, person: changed, why: [], warnings: [] } as const;
      const [update] = planPerson({ outcome, link: { ...link, written: person }, writes });
      expect(update).toMatchObject({ kind: 'update', after: changed.profile });
      expect(update).not.toHaveProperty('kept');
    }
  });

  it('once is in the new account, and never again', () => {
    expect(planned({}, null, once)[0]).toMatchObject({ kind: 'create', person: { profile: { jobTitle: 'Baker' } } });
    const clerk = linkOf({ Job: 'Clerk' });
    expect(planned({ Job: 'Chef' }, clerk, once)).toEqual([]);
    expect(planned({ Job: 'Chef', Last: 'Cook' }, clerk, once)).toMatchObject([
      { kind: 'update', after: { jobTitle: 'Clerk', familyName: 'Cook' }, kept: ['jobTitle'] },
    ]);
    expect(planned({ Job: 'Chef' }, linkOf({ Job: '' }), once)).toEqual([]);
  });

  it('in any way leaves nothing to plan once its plan was applied', () => {
    const text = fc.constantFrom('', 'A', 'B');
    const fields = fc.record({
      First: text,
      Last: text,
      Job: text,
      Mail: fc.constantFrom('', 'a@x.example', 'b@x.example'),
    });
    const policy = fc.constantFrom<WritePolicy>('always', 'onChange', 'once');
    const policies = fc.record({ givenName: policy, familyName: policy, jobTitle: policy, email: policy });
    fc.assert(
      fc.property(fields, fields, policies, (before, after, each) => {
        const writes: WritePolicies = new Map([
          ...([
            ['givenName', each.givenName],
            ['familyName', each.familyName],
          ] as const),
          ...([
            ['jobTitle', each.jobTitle],
            ['email', each.email],
          ] as const),
        ]);
        const first = planned({ ...before, Last: 'Baker' }, null, writes);
        const link = afterChanges(null, first);
        const second = planned({ ...after, Last: after.Last || 'Baker' }, link, writes);
        expect(
          planned(
            { ...after, Last: after.Last || 'Baker' },
            second.reduce((l, c) => afterChanges(l, [c]), link),
            writes,
          ),
        ).toEqual([]);
      }),
    );
  });

  it('is said so in the concept', () => {
    const text = KORENAAR.replace('jobTitle: Job', 'jobTitle: { column: Job, write: onChange }').replace(
      'givenName: First',
      'givenName: { column: First, write: once }',
    );
    const { columns, ...rest } = aMapping(text);
    const words = new RuleWords({ columns, ...rest });
    expect(columns.map((column) => words.column(column)).slice(0, 3)).toEqual([
      'The given name is what stands in the column First. It is filled in when the account is made, and the person’s own from then on.',
      'The family name is what stands in the column Last.',
      'The job title is what stands in the column Job. A person’s own change in the network stays until the record says something else.',
    ]);
  });

  it.each([
    [
      'jobTitle: { column: Job, write: onchange }',
      'columns.jobTitle.write: One of always, onChange, once is needed here. Did you mean "onChange"?',
    ],
    ['upn: { column: Job, write: once }', 'columns.upn.column: The network does not show a UPN'],
    ['infix: { column: Infix, write: onChange }', 'columns.infix.column: Infix and family name are one in the network'],
  ])('is refused where the network cannot keep it: %s', (line, problem) => {
    const text = KORENAAR.replace('jobTitle: Job', line);
    expect(problemsOf(text).join('\n')).toContain(problem);
  });
});

describe('a new e-mail address', () => {
  const link = linkOf();

  it('is written, and gets a new invitation for whoever has not activated the account', () => {
    const [update, invite, ...others] = planned({ Mail: 'new@example.com' }, link, new Map());
    expect(others).toEqual([]);
    expect(update).toMatchObject({ kind: 'update', audience: 'email' });
    expect(invite).toMatchObject({ kind: 'invite', audience: 'email', again: true });
    expect(invite?.reason.text).toMatch(/new address, unless the account is activated/);
  });

  it('is invited by the next run when this one could not', () => {
    const [update] = planned({ Mail: 'new@example.com' }, link, new Map());
    const half = afterChanges(link, update ? [update] : []);
    expect(half?.invited).toBe(false);
    expect(planned({ Mail: 'new@example.com' }, half, new Map()).map(({ kind }) => kind)).toEqual(['invite']);
  });

  it('is no reason to invite whoever has none any more, or was told by letter', () => {
    expect(planned({ Mail: '' }, link, new Map()).map(({ kind }) => kind)).toEqual(['update']);
    expect(planned({ Mail: 'new@example.com' }, linkOf({ Mail: '' }), new Map()).map(({ kind }) => kind)).toEqual([
      'update',
    ]);
  });
});
