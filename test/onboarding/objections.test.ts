import { describe, expect, test } from 'vitest';
import { openAgreement, takeApproval, unsettledNeeds } from '../../src/onboarding/acts/agreements.js';
import { takeDelivery, takeReopen } from '../../src/onboarding/acts/items.js';
import { takeQuestion } from '../../src/onboarding/acts/questions.js';
import { EXAMPLES } from '../../src/onboarding/forms.js';
import type { MessageName } from '../../src/onboarding/messages.js';
import { objectionTo } from '../../src/onboarding/objections.js';
import { itemOf, type OnboardingState } from '../../src/onboarding/state.js';
import { anOnboarding, NOW, TODAY, withDone } from './builders.js';

function objection(state: OnboardingState | null, name: MessageName, value: unknown): string | null {
  return objectionTo(state, name, value, TODAY);
}

const unusable = { finding: 'a picture', usable: false, settled: false };
const usable = { finding: 'two rows', usable: true, settled: false };

describe('the form of a message', () => {
  test.each([
    [null, /This is no "deliver"/],
    ['text', /This is no "deliver"/],
    [[], /This is no "deliver"/],
    [{}, /The field "by" of "deliver" is wrong/],
    [{ by: 'c-hr' }, /The field "item"/],
    [{ by: 'c-hr', item: 'example-record', password: 'x' }, /has no field "password"/],
    [{ by: 'J. Jansen', item: 'example-record' }, /it should be the id of a contact/],
    [{ by: 'c-hr', item: 'example-record', note: 'x'.repeat(2_001) }, /at most 2000 characters/],
    [{ by: 'c-hr', item: 'frequency', time: 'early' }, /a time such as 05:30/],
  ])('%j is refused with an example to copy', (value, sentence) => {
    const refusal = objection(anOnboarding(), 'deliver', value);
    expect(refusal).toMatch(sentence);
    expect(refusal).toContain('"item":"known-exceptions"');
    expect(refusal).toMatch(/Nothing was changed\.$/);
  });

  test.each(Object.entries(EXAMPLES))('the example of %s has a form that can be read', (name, example) => {
    expect(objection(anOnboarding(), name as MessageName, example) ?? '').not.toMatch(/is wrong|This is no/);
  });

  test('before the onboarding has its number a message waits, unless it cannot be read', () => {
    expect(objection(null, 'deliver', EXAMPLES.deliver)).toBeNull();
    expect(objection(null, 'deliver', {})).toMatch(/The field "by"/);
  });
});

describe('who may do what', () => {
  test('an unknown contact is told who there is, by id and role', () => {
    expect(objection(anOnboarding(), 'check', { item: 'record-contents', by: 'staff-99' })).toMatch(
      /no contact "staff-99".*c-hr \(customer, HR manager\)/,
    );
  });

  test('Speakap hands over for the customer only as written down for it', () => {
    const value = { item: 'known-exceptions', by: 'staff-17', note: 'none' };
    expect(objection(anOnboarding(), 'deliver', value)).toMatch(/is the customer's.*"recordedBy": "staff-17"/);
    expect(objection(anOnboarding(), 'deliver', { ...value, by: 'c-hr', recordedBy: 'staff-17' })).toBeNull();
  });

  test('the customer writes nothing down for others', () => {
    const value = { item: 'known-exceptions', by: 'c-hr', recordedBy: 'c-it', note: 'none' };
    expect(objection(anOnboarding(), 'deliver', value)).toMatch(/only Speakap writes down/);
  });

  test.each([
    ['check', { item: 'record-contents', by: 'c-hr' }],
    ['pause', { by: 'c-hr', reason: 'why' }],
    ['cancel', { by: 'c-hr', reason: 'why' }],
    ['move', { by: 'c-hr', item: 'frequency', to: '2026-12-08', reason: 'why' }],
  ] as const)('%s is for Speakap', (name, value) => {
    const state = anOnboarding();
    takeDelivery(state, { item: 'record-contents', by: 'c-hr' }, NOW, usable);
    expect(objection(state, name, value)).toMatch(/is Speakap's/);
  });
});

describe('deliverables', () => {
  test('an unknown one is told with those that exist', () => {
    expect(objection(anOnboarding(), 'deliver', { item: 'mapping', by: 'c-hr' })).toMatch(
      /no deliverable "mapping".*example-record/,
    );
  });

  test('those of the other kind of source do not exist', () => {
    const value = { item: 'upload-addresses', by: 'c-it', addresses: ['203.0.113.7'] };
    expect(objection(anOnboarding('api'), 'deliver', value)).toMatch(/no deliverable "upload-addresses"/);
    expect(objection(anOnboarding('sftp'), 'deliver', value)).toBeNull();
  });

  test.each([
    [{ item: 'example-record', by: 'c-hr' }, /is a file/],
    [{ item: 'example-record', by: 'c-hr', file: 'a.csv', fileId: 1 }, /is a file/],
    [{ item: 'example-record', by: 'c-hr', file: 'a.csv', time: '05:30' }, /takes no "time"/],
    [{ item: 'known-exceptions', by: 'c-hr' }, /add "note"/],
    [{ item: 'upload-addresses', by: 'c-it' }, /"addresses"/],
    [{ item: 'frequency', by: 'c-hr' }, /"time": "05:30"/],
    [{ item: 'first-upload', by: 'c-it', note: 'done' }, /sees it by itself/],
    [{ item: 'final-mapping', by: 'staff-17', note: 'done' }, /both sides have approved/],
    [{ item: 'test', by: 'staff-17', note: 'done' }, /checked off/],
  ])('%j lacks what it is handed over by', (value, sentence) => {
    expect(objection(anOnboarding(), 'deliver', value)).toMatch(sentence);
  });

  test('what was not handed over cannot be checked off', () => {
    expect(objection(anOnboarding(), 'check', { item: 'example-record', by: 'staff-17' })).toMatch(
      /not handed over yet/,
    );
  });

  test('what was found unusable is checked off only with a reason', () => {
    const state = anOnboarding();
    takeDelivery(state, { item: 'example-record', by: 'c-hr' }, NOW, unusable);
    const check = { item: 'example-record', by: 'staff-17' };
    expect(objection(state, 'check', check)).toMatch(/found not usable/);
    expect(objection(state, 'check', { ...check, note: 'read by hand' })).toBeNull();
  });

  test('what is checked off is reopened before it is handed over again', () => {
    const state = withDone(anOnboarding(), 'setup');
    const again = { item: 'known-exceptions', by: 'c-hr', note: 'one more' };
    expect(objection(state, 'deliver', again)).toMatch(/reopen it first/);
    expect(objection(state, 'reopen', { item: 'known-exceptions', by: 'staff-17', reason: 'one more' })).toBeNull();
  });

  test('only business rules are left out', () => {
    const state = anOnboarding();
    expect(objection(state, 'leaveOut', { item: 'frequency', by: 'staff-17', reason: 'later' })).toMatch(
      /only business rules/,
    );
    expect(objection(state, 'leaveOut', { item: 'rule-roles', by: 'staff-17', reason: 'later' })).toBeNull();
  });

  test('a date is not moved into the past', () => {
    const move = { item: 'frequency', by: 'staff-17', reason: 'why' };
    expect(objection(anOnboarding(), 'move', { ...move, to: '2026-12-02' })).toMatch(/is past: today is 2026-12-03/);
    expect(objection(anOnboarding(), 'move', { ...move, to: '2026-12-04' })).toBeNull();
  });

  test.each(['2027-02-30', '9999-12-31', '2030-01-01'])('a date is not moved to %s', (to) => {
    const move = { item: 'frequency', by: 'staff-17', reason: 'why', to };
    expect(objection(anOnboarding(), 'move', move)).toMatch(/There is no day|more than 2 years away/);
    const ask = { by: 'staff-17', to: 'c-hr', text: 'Where?', due: to };
    expect(objection(anOnboarding(), 'ask', ask)).toMatch(/There is no day|more than 2 years away/);
  });

  test('a rule is checked off when a dry run was made, with a reason where it is not shown', () => {
    const state = withDone(anOnboarding(), 'setup', 'mapping');
    const check = { item: 'rule-roles', by: 'staff-17' };
    expect(objection(state, 'check', { ...check, note: 'by heart' })).toMatch(/not shown by a dry run yet/);
    takeDelivery(state, { item: 'rule-roles', by: 'system' }, NOW, unusable);
    expect(objection(state, 'check', check)).toMatch(/is not shown by the dry run/);
    expect(objection(state, 'check', { ...check, note: 'nobody is director yet' })).toBeNull();
  });

  test('what is handed over again and cannot be used is open again', () => {
    const state = anOnboarding();
    takeDelivery(state, { item: 'example-record', by: 'c-hr' }, NOW, usable);
    takeDelivery(state, { item: 'example-record', by: 'c-hr' }, NOW, unusable);
    expect(itemOf(state, 'example-record').state).toBe('open');
  });

  test('a new overview is a new plan of groups, which needs new approvals', () => {
    const state = withDone(anOnboarding(), 'setup', 'mapping');
    openAgreement(state.groups, 'first');
    state.groups.status = 'done';
    takeDelivery(state, { item: 'structure-overview', by: 'c-hr' }, NOW, usable);
    expect(state.groups.status).toBe('none');
    expect(itemOf(state, 'groups').state).toBe('open');
  });

  test('an answer that is awaited keeps what waits for it from being checked off', () => {
    const state = anOnboarding();
    takeDelivery(state, { item: 'record-contents', by: 'c-hr' }, NOW, usable);
    takeQuestion(state, { by: 'staff-17', to: 'c-hr', text: 'Which?', about: 'record-contents' }, NOW, '2026-12-07');
    expect(objection(state, 'check', { item: 'record-contents', by: 'staff-17' })).toMatch(
      /waits for the answer to question q1/,
    );
  });

  test('a phase has its order: work of week 5 is not checked off in week 1', () => {
    expect(objection(anOnboarding(), 'check', { item: 'test', by: 'staff-17' })).toMatch(/it needs "rule-invitations"/);
  });
});

describe('questions', () => {
  test('are asked of contacts who exist, about what is open, with a date to come', () => {
    const ask = { by: 'staff-17', to: 'c-hr', text: 'Where is head office?' };
    expect(objection(anOnboarding(), 'ask', ask)).toBeNull();
    expect(objection(anOnboarding(), 'ask', { ...ask, to: 'c-x' })).toMatch(/no contact "c-x"/);
    expect(objection(anOnboarding(), 'ask', { ...ask, about: 'x' })).toMatch(/no deliverable "x"/);
    expect(objection(anOnboarding(), 'ask', { ...ask, due: '2026-12-01' })).toMatch(/is past/);
    expect(objection(withDone(anOnboarding(), 'setup'), 'ask', { ...ask, about: 'frequency' })).toMatch(/is settled/);
  });

  test('are answered once, by the side that owes the answer', () => {
    const state = anOnboarding();
    takeQuestion(state, { by: 'staff-17', to: 'c-hr', text: 'Where?' }, NOW, '2026-12-07');
    expect(objection(state, 'answer', { question: 'q2', by: 'c-hr', text: 'There.' })).toMatch(/Open are: q1/);
    expect(objection(state, 'answer', { question: 'q1', by: 'staff-17', text: 'There.' })).toMatch(/is the customer's/);
    expect(objection(state, 'answer', { question: 'q1', by: 'c-it', text: 'There.' })).toBeNull();
  });
});

describe('approvals', () => {
  const approve = { subject: 'groups', version: 1, by: 'c-hr', code: 'K7QM-2XTB' } as const;

  test('need something to approve', () => {
    expect(objection(anOnboarding(), 'approve', approve)).toMatch(/nothing of "groups" to decide about yet/);
  });

  test('are for exactly one version', () => {
    const state = anOnboarding();
    openAgreement(state.groups, 'first');
    openAgreement(state.groups, 'second');
    expect(objection(state, 'approve', approve)).toMatch(
      /Version 1 of "groups" is not open any more: the latest is version 2/,
    );
    expect(objection(state, 'approve', { ...approve, version: 3 })).toMatch(/no version 3/);
    expect(objection(state, 'approve', { ...approve, version: 2 })).toBeNull();
  });

  test('need the right side, somebody who may, and another person each time', () => {
    const state = anOnboarding();
    openAgreement(state.groups, 'first');
    expect(objection(state, 'approve', { ...approve, by: 'c-it' })).toMatch(/may not approve/);
    takeApproval(state, approve, NOW);
    expect(objection(state, 'approve', approve)).toMatch(/four eyes are two people/);
    expect(objection(state, 'approve', { ...approve, by: 'c-boss' })).toMatch(
      /The side of customer has approved already/,
    );
    expect(state.groups.status).toBe('open');
    takeApproval(state, { ...approve, by: 'staff-21' }, NOW);
    expect(state.groups.status).toBe('approved');
    expect(objection(state, 'approve', { ...approve, by: 'staff-17' })).toMatch(/decided about already/);
  });

  test('of Speakap are given, and not written down by another', () => {
    const state = anOnboarding();
    openAgreement(state.groups, 'first');
    const value = { ...approve, by: 'staff-21', recordedBy: 'staff-17' };
    expect(objection(state, 'approve', value)).toMatch(/given by the person who approves/);
  });

  test('and rejections are for those who may approve', () => {
    const state = anOnboarding();
    openAgreement(state.groups, 'first');
    expect(objection(state, 'reject', { subject: 'groups', version: 1, by: 'c-it', reason: 'no' })).toMatch(
      /may not decide/,
    );
  });

  test('of a release are void when something is opened or left out again', () => {
    const state = withDone(anOnboarding(), 'setup', 'mapping', 'implementation', 'testing');
    openAgreement(state.release, 'everything');
    expect(unsettledNeeds(state, 'finalised-user-sync')).toEqual([]);
    takeReopen(state, { item: 'known-exceptions', by: 'staff-17', reason: 'one more' }, NOW);
    expect(unsettledNeeds(state, 'finalised-user-sync')).toEqual(['known-exceptions']);
    expect(state.release.status).toBe('none');
  });

  test('of the mapping are two at Speakap and one at the customer', () => {
    const state = anOnboarding();
    Object.assign(state.mapping, { iteration: 1, version: 1, status: 'open' });
    const mapping = { subject: 'mapping', version: 1, by: 'staff-17' } as const;
    takeApproval(state, mapping, NOW);
    expect(takeApproval(state, { ...mapping, by: 'c-hr' }, NOW)).toMatch(/Still needed: 1 of Speakap/);
    expect(takeApproval(state, { ...mapping, by: 'staff-21' }, NOW)).toMatch(/Approved by both sides/);
  });
});

describe('concepts', () => {
  const propose = { version: 2, by: 'staff-17' };

  test('are not sent before the setup is finished', () => {
    expect(objection(anOnboarding(), 'propose', propose)).toMatch(/before the setup is finished: .*example-record/);
    expect(objection(withDone(anOnboarding(), 'setup'), 'propose', propose)).toBeNull();
  });

  test('need a newer version each time, and none after the approval', () => {
    const state = withDone(anOnboarding(), 'setup');
    Object.assign(state.mapping, { iteration: 1, version: 2, status: 'changes requested' });
    expect(objection(state, 'propose', propose)).toMatch(/needs a newer version/);
    state.mapping.approvedVersion = 2;
    expect(objection(state, 'propose', { ...propose, version: 3 })).toMatch(/change request/);
  });
});

test('nothing is taken any more by an onboarding that has ended', () => {
  const state = anOnboarding();
  state.status = 'cancelled';
  expect(objection(state, 'deliver', EXAMPLES.deliver)).toMatch(/was cancelled/);
  state.status = 'done';
  expect(objection(state, 'deliver', EXAMPLES.deliver)).toMatch(/change request/);
});

test('a delivery that cannot be used leaves the item open, with what is wrong', () => {
  const state = anOnboarding();
  takeDelivery(state, { item: 'example-record', by: 'c-hr' }, NOW, unusable);
  expect(itemOf(state, 'example-record')).toMatchObject({ state: 'open', finding: 'a picture' });
});
