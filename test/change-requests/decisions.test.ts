import { describe, expect, test } from 'vitest';
import { objectionToDay, takeAgree, takeClassify } from '../../src/change-requests/acts/agreeing.js';
import { takeApprove, takeReject } from '../../src/change-requests/acts/deciding.js';
import { takePeople } from '../../src/change-requests/acts/proposing.js';
import {
  countsForNothing,
  goOnWithoutTest,
  isTestOwed,
  takeTest,
  takeTestNews,
  takeTestStanding,
} from '../../src/change-requests/acts/testing.js';
import { conflictsOf } from '../../src/change-requests/conflicts.js';
import { renderDetails } from '../../src/change-requests/details.js';
import { EXAMPLES, objectionToForm, objectionToOrder } from '../../src/change-requests/forms.js';
import { outlookOf, waitsForCustomer } from '../../src/change-requests/health.js';
import { ownLimits } from '../../src/change-requests/limits.js';
import { BECOMES, type MessageName } from '../../src/change-requests/messages.js';
import type { MappingDifference } from '../../src/proposal/diff/diff-mappings.js';
import { judgeByOwnLimits } from '../../src/sync/guards/judge-plan.js';
import { after, aRequest, closing, objection, propose } from './builders.js';

const occasion = { at: after(1), via: 'update' } as const;

describe('messages', () => {
  test('the example of each is right, and what is not one is refused with it', () => {
    for (const [name, example] of Object.entries(EXAMPLES)) {
      expect(objectionToForm(name as MessageName, example), name).toBeNull();
      expect(objectionToForm(name as MessageName, { ...example, oddity: 1 }), name).toContain('has no field "oddity"');
      expect(objectionToForm(name as MessageName, undefined), name).toContain(`Send one JSON value such as`);
    }
    expect(objectionToOrder({ customer: 'korenaar', by: 'c-hr', kind: 'wish', text: 'x' })).toContain(
      '"kind" of the filing',
    );
  });

  test('come too late once it has ended', () => {
    const state = aRequest();
    takeReject(state, { by: 'staff-17', reason: 'no' }, occasion);
    expect(objection(state, 'approve', { by: 'c-hr', version: 4 })).toContain(
      'Change 3 is rejected already: this comes too late',
    );
  });
});

describe('an approval', () => {
  test('is for the version that is open, by a contact of the customer who may approve', () => {
    const state = propose(aRequest());
    expect(objection(state, 'approve', { by: 'c-hr', version: 4 })).toBe('none');
    expect(objection(state, 'approve', { by: 'c-hr', version: 3 })).toContain('Version 3 is not open any more');
    expect(objection(state, 'approve', { by: 'c-hr', version: 5 })).toContain('Version 5 was not proposed');
    expect(objection(state, 'approve', { by: 'c-it', version: 4 })).toContain('may not approve');
    expect(objection(state, 'approve', { by: 'staff-17', version: 4 })).toContain("The approval is the customer's");
    expect(objection(state, 'approve', { by: 'nobody', version: 4 })).toContain('There is no contact "nobody"');
    expect(objection(aRequest(), 'approve', { by: 'c-hr', version: 4 })).toContain('No version has been proposed');
  });

  test('of a small change leads to the run, of a structural one or on request to a test', () => {
    const approve = { by: 'c-hr', version: 4 };
    const small = propose(aRequest());
    takeApprove(small, approve, occasion);
    expect(small.step).toBe('applying');
    const asked = propose(aRequest(), { test: true });
    takeApprove(asked, approve, occasion);
    expect(asked.step).toBe('testing');
    const structural = propose(aRequest('structure'));
    takeApprove(structural, approve, occasion);
    expect(structural.step).toBe('testing');
  });

  test('needs to know what becomes of the people of what is closed, and that the version does just that', () => {
    const removed = propose(aRequest('remove-location'));
    const approve = { by: 'c-hr', version: 4 };
    expect(objection(removed, 'approve', approve)).toContain('Nobody has said yet what becomes of the people');
    const emptied = propose(aRequest(), { closed: [closing({ moved: 10, leaving: 2 })] });
    expect(objection(emptied, 'approve', approve)).toContain('10 are in another one then, 2 leave the network');
    const verdicts = BECOMES.map((become) => {
      takePeople(emptied, { by: 'c-hr', become, text: 'x' }, occasion);
      return objection(emptied, 'approve', approve) === 'none';
    });
    expect(verdicts).toEqual([false, false, false, true]);
    takePeople(emptied, { by: 'c-hr', become: 'move', text: 'x' }, occasion);
    emptied.proposal = { ...(emptied.proposal ?? fail()), closed: [closing({ moved: 11, untouched: 1 })] };
    expect(objection(emptied, 'approve', approve)).toBe('none');
  });
});

describe('a test', () => {
  const system = { by: 'system' };
  const approve = { by: 'c-hr', version: 4 };
  const ended = (outcome: 'approved' | 'rejected' | 'failed' | 'canceled') => ({
    ...{ outcome, isRemoved: true, leftOver: null, words: 'It ended.' },
  });
  const tested = (version = 4) => {
    const state = propose(aRequest('structure'));
    takeTest(state, system, occasion, { number: 1, version });
    return state;
  };

  test('begins by itself for a structural change that is proposed, and for a small one that was asked to be tested', () => {
    expect(isTestOwed(aRequest('structure'))).toBe(false);
    expect(isTestOwed(propose(aRequest('structure')))).toBe(true);
    expect(isTestOwed(propose(aRequest()))).toBe(false);
    expect(isTestOwed(propose(aRequest(), { test: true }))).toBe(true);
    expect(isTestOwed(propose(aRequest('structure'), { status: 'changes requested' }))).toBe(false);
    expect(isTestOwed(tested())).toBe(false);
  });

  test('is begun by Speakap for a small one, and once', () => {
    expect(objection(aRequest(), 'test', { by: 'staff-17' })).toContain('No version has been proposed');
    const small = propose(aRequest());
    expect(objection(small, 'test', { by: 'c-hr' })).toContain("is Speakap's");
    expect(objection(small, 'test', { by: 'staff-17' })).toBe('none');
    takeTest(small, { by: 'staff-17' }, occasion, { number: 1, version: 4 });
    expect(objection(small, 'test', { by: 'staff-17' })).toContain('Test 1 of version 4 is under way');
    // Whoever asked for it wants the change to wait for it.
    takeApprove(small, approve, occasion);
    expect(small.step).toBe('testing');
  });

  test('settles a version when it is approved and removed, before its approval or after it', () => {
    const after4 = tested();
    takeApprove(after4, approve, occasion);
    expect(takeTestStanding(after4, { ...ended('approved'), isRemoved: false }, occasion)).toBe(false);
    expect(after4.step).toBe('testing');
    takeTestStanding(after4, ended('approved'), occasion);
    expect(after4).toMatchObject({ step: 'applying', test: { number: 1, version: 4 }, testing: undefined });
    const before4 = tested();
    takeTestStanding(before4, ended('approved'), occasion);
    expect(before4.step).toBe('approval');
    expect(objection(before4, 'test', { by: 'staff-17' })).toContain('tested already, by test 1');
    takeApprove(before4, approve, occasion);
    expect(before4.step).toBe('applying');
  });

  test('of another version than the proposed one settles nothing, and is ended', () => {
    const state = tested(3);
    expect(countsForNothing(state)).toBe(true);
    takeApprove(state, approve, occasion);
    takeTestStanding(state, ended('approved'), occasion);
    expect(state).toMatchObject({ step: 'testing', test: null, testing: undefined, problems: [] });
    expect(isTestOwed(state)).toBe(true);
  });

  test('that was rejected sends the version back; one that could not be carried through leaves it as it is', () => {
    const rejected = tested();
    takeApprove(rejected, approve, occasion);
    takeTestStanding(rejected, ended('rejected'), occasion);
    expect(rejected).toMatchObject({ step: 'mapping', proposal: { status: 'changes requested' }, problems: [] });
    expect(objection(rejected, 'propose', { by: 'staff-17', version: 4 })).toContain('a newer version');
    const failed = tested();
    takeApprove(failed, approve, occasion);
    takeTestStanding(failed, ended('failed'), occasion);
    expect(failed).toMatchObject({ step: 'testing', proposal: { status: 'approved' }, test: null });
    expect(failed.problems.map(({ about }) => about)).toEqual(['test']);
    expect(failed.problems[0]?.text).toContain('begins the next test');
    expect(isTestOwed(failed)).toBe(false);
    expect(objection(failed, 'test', { by: 'staff-17' })).toBe('none');
  });

  test('of which something is left blocks the change, and says so until it is gone', () => {
    const state = tested();
    takeApprove(state, approve, occasion);
    const left = { outcome: 'approved', isRemoved: false, leftOver: 'x', words: 'Left: a copy.' } as const;
    takeTestStanding(state, left, occasion);
    expect(state).toMatchObject({ step: 'testing', test: null });
    expect(state.problems[0]?.text).toContain('Left: a copy. Version 4 is not applied before that');
    expect(outlookOf(state, after(1)).health).toBe('blocked');
    expect(renderDetails(state, after(1))).toContain('usersync test clear korenaar 1');
    takeTestStanding(state, ended('approved'), occasion);
    expect(state).toMatchObject({ step: 'applying', problems: [] });
  });

  test('waits for the customer while its approval is missing, and the clock stands still', () => {
    const state = tested();
    takeApprove(state, approve, occasion);
    expect(outlookOf(state, after(1)).waitingOn).toBeNull();
    takeTestNews(state, { test: 7, waitsFor: 'customer' });
    expect(waitsForCustomer(state)).toBeNull();
    takeTestNews(state, { test: 1, waitsFor: 'customer' });
    expect(waitsForCustomer(state)).toBe('the approval of test 1');
    expect(renderDetails(state, after(1))).toContain('usersync test report korenaar 1');
    takeTestNews(state, { test: 1, waitsFor: 'speakap' });
    expect(outlookOf(state, after(1)).waitingOn).toBe('speakap: project manager');
  });

  test('is not needed any more when a person says that it is small', () => {
    const state = tested();
    takeApprove(state, approve, occasion);
    takeClassify(state, { by: 'staff-17', size: 'small', reason: 'one name' }, occasion);
    goOnWithoutTest(state);
    expect(state.step).toBe('applying');
    expect(countsForNothing(state)).toBe(true);
  });
});

describe('a date', () => {
  test('is agreed when both sides have said it, within 14 days unless the customer wants it later', () => {
    const state = aRequest('structure');
    const by = { speakap: { by: 'staff-17', on: '2026-12-11' }, customer: { by: 'c-hr', on: '2026-12-11' } };
    expect(objectionToDay(state, by.speakap, after(14 * 24 + 1), after(1))).toContain('later than the 14 days');
    expect(objectionToDay(state, by.customer, after(14 * 24 + 1), after(1))).toBeNull();
    expect(objectionToDay(state, by.customer, after(0), after(1))).toContain('is over');
    takeAgree(state, by.speakap, occasion, after(240));
    expect(objection(state, 'agree', by.speakap)).toContain('the other side has to agree');
    expect(waitsForCustomer(state)).toBe('the date 2026-12-11');
    takeAgree(state, by.customer, occasion, after(240));
    expect(state.agreement?.agreed).toMatchObject({ by: 'c-hr' });
    expect(objection(aRequest(), 'agree', by.speakap)).toContain('needs no agreed date');
  });

  test('what a person says of the size holds, and what the rules say stays to be seen', () => {
    const state = aRequest('add-location');
    takeClassify(state, { by: 'staff-17', size: 'structural', reason: 'all shops' }, occasion);
    expect(state.classification).toMatchObject({ size: 'structural', by: 'staff-17' });
    expect(renderDetails(state, after(1))).toContain('The rules say small: A location is added.');
    expect(objection(state, 'classify', { by: 'c-hr', size: 'small', reason: 'x' })).toContain("is Speakap's");
  });
});

describe('health', () => {
  test('on track, paused, at risk in conflict, blocked by a problem, late for good', () => {
    const state = aRequest();
    const health = () => outlookOf(state, after(1)).health;
    expect([health(), outlookOf(state, after(40)).health]).toEqual(['on track', 'at risk']);
    propose(state, { conflicts: [2] });
    expect(health()).toBe('at risk');
    state.pauses.push({ from: after(0), to: null, reason: 'x' });
    expect(health()).toBe('paused');
    state.problems.push({ about: 'applying', text: 'x', until: 'somebody' });
    expect(health()).toBe('blocked');
    state.broken.push({ promise: 'done', at: after(1) });
    expect(health()).toBe('late');
    expect(outlookOf(state, after(1)).waitingOn).toBe('customer: HR manager');
  });
});

describe('conflicts', () => {
  const changed = (
    subject: string,
    before: string | null,
    now: string | null,
    kind: MappingDifference['kind'] = 'changed',
  ) => ({
    ...{ kind, subject, before, after: now },
  });
  const touching = (number: number, ...differences: MappingDifference[]) => ({ number, places: [], differences });
  const meets = (one: MappingDifference, other: MappingDifference) =>
    conflictsOf(touching(1, one), [touching(2, other)]).length > 0;

  test('are the same option, the same rule before or after, or an order; two new rules are none', () => {
    expect(meets(changed('columns.email', 'a', 'b'), changed('columns.email', 'a', 'c'))).toBe(true);
    expect(meets(changed('columns.email', 'a', 'b'), changed('columns.jobTitle', 'a', 'b'))).toBe(false);
    const counter = changed('department', null, '"Counter"', 'added');
    expect(meets(counter, changed('department', null, '"Bakery"', 'added'))).toBe(false);
    expect(meets(counter, counter)).toBe(true);
    expect(meets(changed('department', '"A"', null, 'removed'), changed('department', '"A"', '"B"'))).toBe(true);
    expect(meets(changed('role in network', null, '"admin"', 'added'), changed('roles', 'x', 'y', 'moved'))).toBe(true);
  });

  test('are the same place before there is a version, however it is written', () => {
    const place = (number: number, ...places: string[]) => ({ number, places, differences: null });
    expect(conflictsOf(place(3, 'Utrecht'), [place(1, ' utrecht '), place(2, 'Zwolle'), place(3, 'Utrecht')])).toEqual([
      1,
    ]);
  });
});

describe('the limits of the run', () => {
  test('are what was approved and a tenth, at least five; beyond one of them everything is held', () => {
    const limits = ownLimits({ join: 3, update: 200 });
    expect(limits).toMatchObject({ join: 8, update: 220, suspend: 5 });
    expect(judgeByOwnLimits(limits, new Map([['join', 8]])).everything).toBeNull();
    const { everything } = judgeByOwnLimits(limits, new Map([['join', 9]]));
    expect(everything).toContain('9 people would join groups, and 8 were approved');
    expect(judgeByOwnLimits({}, new Map([['suspend', 1]])).everything).not.toBeNull();
  });
});

function fail(): never {
  throw new Error('There is no proposal.');
}
