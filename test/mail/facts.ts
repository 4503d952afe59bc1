import type { FactsByKind, MailFacts } from '../../src/mail/texts/facts.js';

export const someFacts: MailFacts = {
  customerName: 'De Korenaar',
  timeZone: 'Europe/Amsterdam',
  recipient: { name: 'Ilse Bakker', role: 'HR manager' },
  manager: { name: 'Joris Peeters', address: 'joris@speakap.example' },
};

/** Wednesday 2 December 2026, 17:00 in Amsterdam. */
const due = new Date('2026-12-02T16:00:00Z');
const engineer = { name: 'Sanne de Wit', role: 'implementation engineer' };
const item = {
  title: 'example record',
  what: 'Hand over one or two rows of your employee record.',
  why: 'The mapping is made from its columns.',
};
const reminder = { ...someFacts, item, due, goLive: new Date('2027-01-12T08:00:00Z') };

/** A mail of every kind, made up. */
export const EXAMPLES: FactsByKind = {
  'reminder-before': reminder,
  'reminder-due': reminder,
  'reminder-after': reminder,
  escalation: {
    ...someFacts,
    recipient: { name: 'Joris Peeters', role: 'project manager' },
    owner: someFacts.recipient,
    title: 'example record',
    due,
    reminders: 3,
    goLive: { before: new Date('2027-01-05T08:00:00Z'), now: new Date('2027-01-12T08:00:00Z') },
  },
  question: { ...someFacts, question: 'Is "Bakery 9" a location?\nAnd who leads it?', askedBy: engineer, due },
  answer: { ...someFacts, question: 'Are groups renamed?', answer: 'No, they keep their names.', answeredBy: engineer },
  'concept-mapping': {
    ...someFacts,
    version: 3,
    documentName: 'concept-mapping-3.html',
    differences: ['Bakeries are groups of their own.', 'The column Team is not used any more.'],
    due,
  },
  'approval-code': { ...someFacts, subject: 'concept mapping, version 3', code: '7KQ4-M2XD', validUntil: due },
  'sftp-access': {
    ...someFacts,
    host: 'drop.speakap.example',
    port: 2222,
    fingerprint: 'SHA256:0123456789abcdef',
    userName: 'korenaar',
    login: { by: 'link', link: 'https://usersync.speakap.example/once/abc', validUntil: due },
    allowedFrom: ['203.0.113.0/24'],
  },
  letters: {
    ...someFacts,
    ...{ letters: 12, link: 'https://usersync.speakap.example/letters/abc', validUntil: due },
  },
  received: {
    ...someFacts,
    title: 'example record',
    receivedAt: new Date('2026-11-25T09:30:00Z'),
    isGood: false,
    findings: ['The column "Employee number" is empty in row 2.'],
    due,
  },
  'go-live-moved': {
    ...someFacts,
    before: new Date('2027-01-05T08:00:00Z'),
    now: new Date('2027-01-12T08:00:00Z'),
    reasons: ['The example record came five working days late.'],
  },
  finished: { ...someFacts, frequency: 'every day at 05:30', summary: ['The mapping was approved in version 3.'] },
  cancelled: {
    ...someFacts,
    reason: 'The roll-out was put off to next year.',
    removed: ['the SFTP account korenaar'],
    kept: ['the record of who decided what, and when'],
  },
  'run-trouble': {
    ...someFacts,
    recipient: { name: 'Joris Peeters', role: 'project manager' },
    customer: 'korenaar',
    run: 12,
    problem: 'The file has 20 rows, 10 fewer than the 30 of the last accepted delivery. Nothing was changed.',
    isPaused: true,
  },
  'watched-run': {
    ...someFacts,
    recipient: { name: 'Joris Peeters', role: 'project manager' },
    customer: 'korenaar',
    run: 13,
    words: 'done: 4 changes done, 0 failed, 0 not applied.',
  },
  'test-left-over': {
    ...someFacts,
    recipient: { name: 'Joris Peeters', role: 'project manager' },
    customer: 'korenaar',
    test: 3,
    leftOver: 'the copy of the network',
  },
  'change-filed': {
    ...someFacts,
    ...{ number: 4, size: 'small', reason: 'A location is added.', promised: 'done within 48 hours', due },
  },
  'change-date': { ...someFacts, number: 4, date: due, isAgreed: false },
  'change-proposal': {
    ...someFacts,
    ...{ number: 4, version: 7, run: 12 },
    differences: ['+ department: "Bakery" when Team == "B"'],
    effects: ['In the last accepted snapshot: 12 people change group.'],
    closed: ['business unit "Utrecht" loses all its people (12): 12 move to another one'],
  },
  'change-clock': { ...someFacts, number: 4, isBroken: true, promised: '48 hours', due, step: 'approval' },
  'change-waits': { ...someFacts, number: 4, waits: 'the approval of version 7', since: due, isEscalation: false },
  'change-closed': { ...someFacts, number: 4, status: 'done', words: 'Version 7 is in your network.', kept: true },
};
