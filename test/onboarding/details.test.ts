import { describe, expect, test } from 'vitest';
import { openAgreement, takeApproval } from '../../src/onboarding/acts/agreements.js';
import { takePause } from '../../src/onboarding/acts/course.js';
import { takeDelivery, takeLeaveOut } from '../../src/onboarding/acts/items.js';
import { takeQuestion } from '../../src/onboarding/acts/questions.js';
import { deliverablesFor } from '../../src/onboarding/deliverables.js';
import { renderConcept, type ConceptView } from '../../src/onboarding/details/concept-details.js';
import { renderDetails } from '../../src/onboarding/details/details.js';
import { note, SYSTEM } from '../../src/onboarding/events.js';
import type { MessageName } from '../../src/onboarding/messages.js';
import { objectionTo } from '../../src/onboarding/objections.js';
import { makeSchedule } from '../../src/onboarding/schedule/make-schedule.js';
import { itemOf, type OnboardingState } from '../../src/onboarding/state.js';
import { anOnboarding, CONTACTS, NOW, TODAY, withDone } from './builders.js';

/** With dates, as of `now`: the day before anything is due. */
function dated(state: OnboardingState, now = '2026-12-01T09:00:00.000Z'): OnboardingState {
  const { plan, pauses } = state;
  state.schedule = makeSchedule({
    now,
    calendar: { timeZone: plan.timeZone, holidays: [...plan.holidays], pauses },
    baseline: { start: plan.start, durations: plan.durations },
    items: deliverablesFor(state.source),
    progress: state.items.map(({ id, checked, movedTo }) => ({ id, movedTo, doneAt: checked?.at ?? null })),
    questions: state.questions.map(({ id, side, about, askedAt, due, answer }) => ({
      ...{ id, side, about, askedAt, due, answeredAt: answer?.at ?? null },
    })),
  });
  return state;
}

const page = (state: OnboardingState): string => renderDetails(state, 'default');

/** The card of something: the lines up to the next empty one. */
function cardOf(state: OnboardingState, title: string): string {
  const card = page(state)
    .split('\n\n')
    .find((block) => block.split('\n')[0]?.includes(`**${title}**`));
  return card ?? `There is no card "${title}" in:\n${page(state)}`;
}

/** Every message on a page, as a person would copy it. */
function offersOf(text: string): readonly { name: MessageName; value: unknown }[] {
  return [...text.matchAll(/`([a-zA-Z]+)`\n`(\{.*\})`/g)].map(([, name, json]) => ({
    name: name as MessageName,
    value: JSON.parse(json ?? '') as unknown,
  }));
}

const usable = { finding: 'two rows', usable: true, settled: false };
const unusable = { finding: 'The file is a picture.', usable: false, settled: false };

const aProblem = (state: OnboardingState) =>
  state.problems.push({ about: 'groups', text: 'The network is away.', until: 'a while' });

/** Every state that a page can be in. */
const STATES: readonly (readonly [string, () => OnboardingState])[] = [
  ['has just begun, without dates', () => anOnboarding()],
  ['has just begun', () => dated(anOnboarding())],
  ['has just begun, with a real-time connection', () => dated(anOnboarding('api'))],
  ['is late', () => dated(anOnboarding(), '2026-12-30T09:00:00.000Z')],
  ['has something to check', () => dated(delivered('example-record', usable))],
  ['has something unusable', () => dated(delivered('example-record', unusable))],
  ['has a question', () => dated(asked('Where is head office?'))],
  ['has a question about what is to be checked', () => dated(delivered('structure-overview', usable, asked('Is it?')))],
  ['has a question to Speakap', () => dated(asked('Who comes to us?', 'staff-17'))],
  ['has finished the setup', () => dated(withDone(anOnboarding(), 'setup'))],
  ['has groups to approve', () => dated(withGroups())],
  ['has half of the approvals', () => dated(approvedBy(withGroups(), 'c-hr'))],
  ['has a drafted mapping', () => dated(withMapping('none', null))],
  ['has a concept to approve', () => dated(withMapping('open', 4))],
  ['has a rejected concept', () => dated(withMapping('changes requested', 4))],
  ['shows its rules', () => dated(withDone(anOnboarding(), 'setup', 'mapping'))],
  ['is tested', () => dated(withDone(anOnboarding(), 'setup', 'mapping', 'implementation'))],
  ['has a problem', () => dated(withProblem())],
  ['is paused', () => dated(paused())],
];

function delivered(item: string, found: typeof usable, state = anOnboarding()): OnboardingState {
  takeDelivery(state, { item, by: 'c-hr', recordedBy: 'staff-17' }, NOW, found);
  return state;
}

function asked(text: string, to = 'c-hr'): OnboardingState {
  const state = anOnboarding();
  takeQuestion(state, { by: 'staff-17', to, text, about: 'structure-overview' }, NOW, '2026-12-07');
  return state;
}

function withGroups(): OnboardingState {
  const state = withDone(anOnboarding(), 'setup');
  openAgreement(state.groups, '3 locations and 5 departments.', 7);
  return state;
}

function approvedBy(state: OnboardingState, by: string): OnboardingState {
  takeApproval(state, { subject: 'groups', version: 1, by }, NOW);
  return state;
}

function withMapping(status: OnboardingState['mapping']['status'], version: number | null): OnboardingState {
  const state = withDone(anOnboarding(), 'setup');
  Object.assign(state.mapping, { status, version, drafted: 4, iteration: version === null ? 0 : 1 });
  const concept = itemOf(state, 'concept-mapping');
  concept.finding = 'Version 4 is drafted.';
  if (version !== null) concept.state = 'checked';
  return state;
}

function withProblem(): OnboardingState {
  const state = withDone(anOnboarding(), 'setup');
  aProblem(state);
  return state;
}

function paused(): OnboardingState {
  const state = anOnboarding();
  takePause(state, { by: 'staff-17', reason: 'the customer moves house' }, NOW, TODAY);
  return state;
}

describe('what the page offers to send', () => {
  test.each(STATES)('can be sent as it stands: an onboarding that %s', (_, make) => {
    const state = make();
    const offers = offersOf(page(state));
    expect(offers.length).toBeGreaterThan(1);
    for (const { name, value } of offers) {
      expect([name, value, objectionTo(state, name, value, TODAY)]).toEqual([name, value, null]);
    }
  });

  test('brings on everything that may be worked on', () => {
    const state = dated(anOnboarding());
    const items = offersOf(page(state)).map(({ value }) => (value as { item?: string }).item);
    expect(items).toEqual(
      expect.arrayContaining([
        'example-record',
        'upload-addresses',
        'structure-overview',
        'frequency',
        'known-exceptions',
      ]),
    );
  });

  test('proposes the version that the system drafted, then a newer one', () => {
    expect(offersOf(cardOf(dated(withMapping('none', null)), 'concept mapping'))).toContainEqual({
      name: 'propose',
      value: { version: 4, by: 'staff-17' },
    });
    expect(
      offersOf(cardOf(dated(withMapping('changes requested', 4)), 'feedback on the concept mapping')),
    ).toContainEqual({ name: 'propose', value: { version: 5, by: 'staff-17' } });
  });

  test('names everybody whose approval is missing, and nobody else', () => {
    const who = (state: OnboardingState) =>
      offersOf(page(state)).flatMap(({ name, value }) => (name === 'approve' ? [(value as { by: string }).by] : []));
    expect(who(dated(withGroups()))).toEqual(['c-hr', 'staff-17']);
    expect(who(dated(approvedBy(withGroups(), 'c-hr')))).toEqual(['staff-17']);
    expect(who(dated(withMapping('open', 4)))).toEqual(['c-hr', 'staff-17', 'staff-21']);
  });
});

describe('who must act', () => {
  test('is said on top, with what is due first', () => {
    expect(page(dated(anOnboarding())).split('\n').slice(0, 4)).toEqual([
      '# 🟢 korenaar: setup, on track',
      '',
      'Waiting for **customer: HR manager** · example of the employee record · due **Wed 2 Dec**',
      'Go-live **Mon 11 Jan**, as planned',
    ]);
  });

  test('is told by side: what was handed over is for Speakap to check', () => {
    const [head = '', customer = ''] = page(dated(delivered('example-record', usable))).split(
      '## The customer has to act',
    );
    expect(head).toContain('📥 **example of the employee record** · project manager (staff-17)');
    expect(customer.split('## The six weeks')[0]).not.toContain('example of the employee record');
  });

  test('has the date that is over in red', () => {
    const state = dated(anOnboarding(), '2026-12-09T09:00:00.000Z');
    expect(page(state)).toMatch(/^# 🔴 korenaar: setup, late/);
    expect(page(state)).toMatch(/\nGo-live \*\*\w+ \d+ Jan\*\*\. Go-live moves from 11 to \d+ January .*: /);
    expect(cardOf(state, 'example of the employee record')).toMatch(/^🔴 .*due \*\*Wed 2 Dec, late\*\*/);
  });

  test('is nobody while it is paused', () => {
    const text = page(dated(paused()));
    expect(text).toMatch(
      /^# ⏸️ korenaar: setup, paused\n\nPaused by staff-17 since \*\*Thu 3 Dec\*\*: “the customer moves house”/,
    );
    expect(text).not.toContain('has to act');
    expect(offersOf(text).map(({ name }) => name)).toEqual(['resume', 'cancel']);
  });

  test.each([
    ['done', '# ✅ korenaar: handed over to the daily sync'],
    ['cancelled', '# ❌ korenaar: cancelled, and what was made is removed'],
  ] as const)('is nobody when it is %s', (status, title) => {
    const state = dated(anOnboarding());
    state.status = status;
    expect(page(state).split('\n')[0]).toBe(title);
    expect(offersOf(page(state))).toEqual([]);
  });
});

describe('the checklist', () => {
  test('has every deliverable with its id, its owner and its date', () => {
    const text = page(dated(anOnboarding()));
    for (const { id } of deliverablesFor('sftp'))
      expect(text).toMatch(new RegExp(`\\n⬜ .* \`${id}\` · \\w+: .*, due \\w+`));
  });

  test('says who checked what and when, for whom, and what was left out', () => {
    const state = withDone(anOnboarding(), 'setup', 'mapping');
    itemOf(state, 'frequency').checked = { by: 'c-hr', at: NOW.at, recordedBy: 'staff-17' };
    takeLeaveOut(state, { item: 'rule-roles', by: 'staff-21', reason: 'after the release' }, NOW);
    const text = page(dated(state));
    expect(text).toContain('✅ frequency of the sync `frequency` · c-hr on Thu 3 Dec (written down by staff-17)');
    expect(text).toContain('✅ **Setting up**');
    expect(text).toContain('➖ roles `rule-roles` · left out');
    expect(text).toContain('- ➖ `rule-roles`, by staff-21: “after the release”');
  });
});

describe('what went wrong', () => {
  test('what is not about an item is said, and nothing is tried again for it', () => {
    const state = dated(anOnboarding());
    state.problems.push({ about: 'mail', text: 'The mail server is away.', until: 'a while' });
    expect(cardOf(state, 'mail')).toBe('⛔ **mail**\nThe mail server is away.');
  });

  test('what waits for an answer is not offered to be checked off', () => {
    const card = cardOf(
      dated(delivered('structure-overview', usable, asked('Is it?'))),
      'overview of locations and departments',
    );
    expect(card).toContain('It waits for the answer to question q1');
    expect(offersOf(card).map(({ name }) => name)).toEqual(['reopen']);
  });

  test('a problem stands above everything that is to be done', () => {
    const text = page(dated(withProblem()));
    expect(text).toMatch(/^# ⛔ korenaar: mapping, blocked/);
    expect(text.indexOf('The network is away.')).toBeLessThan(text.indexOf('has to act'));
  });

  test('what was found unusable is said where it is handed over again', () => {
    const card = cardOf(dated(delivered('example-record', unusable)), 'example of the employee record');
    expect(card).toContain('Found: The file is a picture.');
    expect(offersOf(card).map(({ name }) => name)).toEqual(['deliver', 'check']);
  });

  test('a refused message is on top until something else has happened', () => {
    const state = dated(anOnboarding());
    note(state, SYSTEM, { ...NOW, via: 'signal' }, { what: 'check', text: 'There is no such item.', refused: true });
    expect(page(state)).toContain('⚠️ The last message was refused: `check`, There is no such item.');
    note(state, { by: 'c-hr' }, NOW, { what: 'delivered' });
    expect(page(state)).not.toContain('The last message was refused');
    expect(page(state)).toContain('a signal was refused, `check`: There is no such item.');
  });

  test('mails whose fate is not known are a doubt for a person', () => {
    const state = dated(anOnboarding());
    state.mailsInDoubt = 2;
    expect(page(state)).toContain('⚠️ Of 2 mails it is not known whether they arrived');
  });
});

describe('what people write', () => {
  const HOSTILE: readonly (readonly [string, string])[] = [
    ['a heading', 'a\n\n# Heading'],
    ['a list', 'a\n- [ ] item'],
    ['code', '`code` and ``more``'],
    ['emphasis', '**bold** _it_ ~~gone~~'],
    ['links', '[link](https://evil.example) <https://evil.example>'],
    ['HTML', '<img src=x onerror=alert(1)><details open>'],
    ['a table', 'a | b | c\n|---|---|---|'],
    ['escapes', '\\`back\\`'],
    ['a message to send', '`approve`\n`{"subject":"release"}`'],
    ['more than a page', 'x'.repeat(5_000)],
  ];

  /** Everything a person can write, with the same text. */
  function full(text: string): OnboardingState {
    const state = asked(text);
    takeDelivery(state, { item: 'record-contents', by: 'c-hr' }, NOW, { ...usable, finding: text });
    state.problems.push({ about: 'groups', text, until: 'a while' });
    state.leftOut.push({ item: 'rule-roles', by: 'staff-17', reason: text, at: NOW.at });
    note(state, { by: 'c-hr' }, NOW, { what: 'answered', text });
    note(state, SYSTEM, NOW, { what: 'check', text, refused: true });
    return dated(state);
  }

  test.each(HOSTILE)('stays in its line and draws nothing: %s', (_, text) => {
    const [plain, hostile] = [page(full('words')), page(full(text))];
    expect(hostile.split('\n').map(({ length }) => length > 0)).toEqual(
      plain.split('\n').map(({ length }) => length > 0),
    );
    expect(shapeOf(hostile)).toEqual(shapeOf(plain));
    expect(offersOf(hostile)).toEqual(offersOf(plain));
  });

  test('even as a role', () => {
    const state = dated(anOnboarding());
    const contacts = CONTACTS.map((contact) => ({ ...contact, role: '*boss* `x` <b>\n# of all' }));
    expect(shapeOf(page({ ...state, contacts }))).toEqual(shapeOf(page(state)));
  });

  test('a flood of questions leaves a page that can still be drawn', () => {
    const state = anOnboarding();
    for (let count = 0; count < 50; count += 1) {
      takeQuestion(state, { by: 'staff-17', to: 'c-hr', text: 'x'.repeat(2_000) }, NOW, '2026-12-07');
    }
    expect(page(dated(state)).length).toBeLessThan(30_000);
    expect(page(state)).toContain('And 43 more');
  });

  /** What Markdown would draw, without the words. */
  function shapeOf(text: string): string {
    return text.replaceAll(/(?<!^|\n)#|[^`*_~<>[\]|\\#\n]/g, '');
  }
});

describe('the page of a concept', () => {
  const CONCEPT: ConceptView = {
    ...{ customer: 'korenaar', manager: 'staff-17', iteration: 2, version: 5, contacts: CONTACTS, status: 'open' },
    ...{ approvals: [], remarks: [], refusals: [], refusedBefore: 0 },
  };

  test('offers a value for each approval that is missing, a comment, and a rejection', () => {
    const text = renderConcept(CONCEPT, 'default');
    expect(text).toMatch(/^# ⏳ korenaar: concept 2, waiting for approval\n\nMade from version 5 of the mapping/);
    expect(text).toContain('Still to approve: **1 of the customer, 2 of Speakap**');
    expect(offersOf(text).map(({ name, value }) => [name, (value as { by: string }).by])).toEqual([
      ['approve', 'c-hr'],
      ['approve', 'staff-17'],
      ['approve', 'staff-21'],
      ['comment', 'c-hr'],
      ['reject', 'c-hr'],
    ]);
  });

  test('shows what was said and refused, in one line each', () => {
    const text = renderConcept(
      {
        ...CONCEPT,
        approvals: [{ by: 'c-hr', side: 'customer', at: NOW.at, recordedBy: 'staff-17' }],
        remarks: [{ by: 'c-hr', recordedBy: null, about: 'line G2', text: 'a\n# branch' }],
        refusals: ['There is no version 4.'],
        refusedBefore: 3,
      },
      'default',
    );
    expect(text).toContain('- ✅ approved by c-hr (customer) (written down by staff-17) on Thu 3 Dec');
    expect(text).toContain('- 💬 c-hr, line G2: “a # branch”');
    expect(text).toContain('- ⚠️ There is no version 4.\n- ⚠️ and 3 before');
    expect(offersOf(text)[0]?.value).toMatchObject({ by: 'staff-17' });
  });

  test.each(['approved', 'changes requested', 'withdrawn'] as const)('asks for nothing when it is %s', (status) => {
    const text = renderConcept({ ...CONCEPT, status }, 'default');
    expect(text.split('\n')[0]).toContain(status);
    expect(offersOf(text)).toEqual([]);
  });

  test('leads to its onboarding, and the onboarding to it', () => {
    expect(renderConcept(CONCEPT, 'hr')).toContain('(namespaces/hr/workflows/onboarding%2Fkorenaar)');
    expect(renderDetails(dated(withMapping('open', 4)), 'hr')).toContain(
      '(namespaces/hr/workflows/onboarding%2Fkorenaar%2Fmapping%2F1)',
    );
  });
});
