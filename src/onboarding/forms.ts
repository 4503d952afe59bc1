import { listOf, matching, oneOf, optional, problemWith, text, wholeNumber, type Form } from './form.js';
import type { ConceptNews, MessageName, Messages, Withdrawal } from './messages.js';

/** How contacts are named in messages: `c-hr`, `staff-17`. */
export const CONTACT_ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

const contact = matching('the id of a contact', CONTACT_ID);
const item = text('the id of a deliverable', 40);
const date = matching('a date such as 2026-12-01', /^\d{4}-\d{2}-\d{2}$/);
const version = wholeNumber(1, 1_000_000);
const subject = oneOf('groups', 'mapping', 'release');
const words = text('a text', 2_000);
const reason = text('a text', 500);

const actor = { by: contact, recordedBy: optional(contact) };

const FORMS: Readonly<Record<MessageName, Form>> = {
  deliver: {
    ...actor,
    item,
    note: optional(words),
    file: optional(text('the name of a file', 200)),
    fileId: optional(wholeNumber(1, 2_147_483_647)),
    addresses: optional(listOf(text('an IP address or a range', 50), 50)),
    publicKey: optional(text('a public key', 2_000)),
    time: optional(matching('a time such as 05:30', /^\d{1,2}:\d{2}$/)),
  },
  check: { ...actor, item, note: optional(words) },
  reopen: { ...actor, item, reason },
  leaveOut: { ...actor, item, reason },
  ask: { ...actor, to: contact, text: words, about: optional(item), due: optional(date) },
  answer: { ...actor, question: text('the id of a question', 10), text: words },
  propose: { ...actor, version },
  comment: { ...actor, version, line: text('the id of a line', 40), text: words },
  approve: { ...actor, subject, version, code: optional(text('the code that was mailed', 20)) },
  reject: { ...actor, subject, version, reason: words },
  test: { ...actor },
  retry: { ...actor, item },
  pause: { ...actor, reason },
  resume: { ...actor, reason: optional(reason) },
  move: { ...actor, item, to: date, reason },
  cancel: { ...actor, reason },
};

/** A value to copy, for each message. */
export const EXAMPLES: { readonly [Name in MessageName]: Messages[Name] } = {
  deliver: { item: 'known-exceptions', by: 'c-hr', note: 'none' },
  check: { item: 'record-contents', by: 'staff-17' },
  reopen: { item: 'example-record', by: 'staff-17', reason: 'a column was added' },
  leaveOut: { item: 'rule-roles', by: 'staff-17', reason: 'agreed for after release' },
  ask: { by: 'staff-17', to: 'c-hr', text: 'Where does head office belong?', about: 'groups' },
  answer: { question: 'q1', by: 'c-hr', text: 'It is a location of its own.' },
  propose: { version: 2, by: 'staff-17' },
  comment: { version: 2, line: 'G2', by: 'c-hr', text: 'The bakery is a department.' },
  approve: { subject: 'mapping', version: 2, by: 'c-hr', code: 'K7QM-2XTB' },
  reject: { subject: 'mapping', version: 2, by: 'c-hr', reason: 'see the comments' },
  test: { by: 'staff-17' },
  retry: { item: 'first-upload', by: 'staff-17' },
  pause: { by: 'staff-17', reason: 'the customer moves house' },
  resume: { by: 'staff-17' },
  move: { item: 'structure-overview', to: '2026-12-08', by: 'staff-17', reason: 'asked for by the customer' },
  cancel: { by: 'staff-17', reason: 'the contract ended' },
};

/** What workflows tell each other. The Temporal UI offers it to people as well, who then send anything at all. */
const NEWS: Form = {
  ...actor,
  ...{ onboardingId: version, iteration: version, version, via: oneOf('update', 'signal') },
  kind: oneOf('commented', 'approved', 'rejected', 'refused'),
  line: optional(text('the id of a line', 40)),
  text: optional(text('a text', 10_000)),
};
const WITHDRAWAL: Form = { by: contact, reason };

export function isConceptNews(value: unknown): value is ConceptNews {
  return problemWith(NEWS, value) === null;
}

export function isWithdrawal(value: unknown): value is Withdrawal {
  return problemWith(WITHDRAWAL, value) === null;
}

/** What is wrong with the form of a message, in a sentence; null when it can be read. */
export function objectionToForm(name: MessageName, value: unknown): string | null {
  const problem = problemWith(FORMS[name], value);
  if (problem === null) return null;
  const wanted = `Send one JSON value such as ${JSON.stringify(EXAMPLES[name])}.`;
  if (problem.kind === 'no object') return `This is no "${name}". ${wanted}`;
  if (problem.kind === 'unknown field') return `A "${name}" has no field "${problem.field}". ${wanted}`;
  return `The field "${problem.field}" of "${name}" is wrong: it should be ${problem.words}. ${wanted}`;
}

/** A message whose form was found right. */
export function readMessage<Name extends MessageName>(name: Name, value: unknown): Messages[Name] {
  const objection = objectionToForm(name, value);
  if (objection !== null) throw new Error(objection);
  return value as Messages[Name];
}
