import { matching, oneOf, optional, problemWith, text, wholeNumber, yesOrNo, type Form } from '../onboarding/form.js';
import { CONTACT_ID } from '../onboarding/forms.js';
import { ASKED, BECOMES, type ChangeOrder, type MessageName, type Messages } from './messages.js';

const contact = matching('the id of a contact', CONTACT_ID);
const version = wholeNumber(1, 1_000_000);
const words = text('a text', 2_000);
const reason = text('a text', 500);
const actor = { by: contact, recordedBy: optional(contact) };

const FORMS: Readonly<Record<MessageName, Form>> = {
  ask: { ...actor, to: contact, text: words },
  answer: { ...actor, question: text('the id of a question', 10), text: words },
  classify: { ...actor, size: oneOf('small', 'structural'), reason },
  agree: { ...actor, on: matching('a date such as 2026-12-11', /^\d{4}-\d{2}-\d{2}$/) },
  propose: { ...actor, version, test: optional(yesOrNo()) },
  people: { ...actor, become: oneOf(...BECOMES), text: words },
  approve: { ...actor, version, code: optional(text('the code that was mailed', 20)) },
  reject: { ...actor, version: optional(version), reason },
  withdraw: { ...actor, reason },
  test: { ...actor },
  retry: { ...actor, accept: optional(reason) },
};

/** A value to copy, for each message. */
export const EXAMPLES: { readonly [Name in MessageName]: Messages[Name] } = {
  ask: { by: 'staff-17', to: 'c-hr', text: 'Who moves to the new shop?' },
  answer: { question: 'q1', by: 'c-hr', text: 'Everybody of the bakery.' },
  classify: { size: 'structural', by: 'staff-17', reason: 'every shop gets another name' },
  agree: { on: '2026-12-11', by: 'staff-17' },
  propose: { version: 4, by: 'staff-21' },
  people: { become: 'move', by: 'c-hr', text: 'They move to the shop in the station.' },
  approve: { version: 4, by: 'c-hr', code: 'K7QM-2XTB' },
  reject: { version: 4, by: 'c-hr', reason: 'the bakery is missing' },
  withdraw: { by: 'c-hr', reason: 'the shop stays open after all' },
  test: { by: 'staff-21' },
  retry: { by: 'staff-17' },
};

const ORDER: Form = {
  ...actor,
  customer: matching('the slug of a customer', /^[a-z0-9][a-z0-9-]{0,62}$/),
  kind: oneOf(...ASKED),
  text: words,
  number: optional(wholeNumber(1, 1_000_000)),
  speed: optional({
    words: 'a number above 0 and up to 10,000,000',
    isOptional: true,
    isRight: (value) => typeof value === 'number' && value > 0 && value <= 10_000_000,
  }),
};

const ORDER_EXAMPLE: ChangeOrder = {
  ...{ customer: 'korenaar', by: 'c-hr', kind: 'add-location' },
  text: 'A shop opens in the station on Monday.',
};

/** What is wrong with a filing, in a sentence; null when it can be begun. */
export function objectionToOrder(order: unknown): string | null {
  return sentence('filing', problemWith(ORDER, order), ORDER_EXAMPLE, 'Nothing was filed.');
}

/** What is wrong with the form of a message, in a sentence; null when it can be read. */
export function objectionToForm(name: MessageName, value: unknown): string | null {
  return sentence(`"${name}"`, problemWith(FORMS[name], value), EXAMPLES[name], '');
}

function sentence(
  what: string,
  problem: ReturnType<typeof problemWith>,
  example: object,
  consequence: string,
): string | null {
  if (problem === null) return null;
  const wanted = `${consequence} Send one JSON value such as ${JSON.stringify(example)}.`.trimStart();
  if (problem.kind === 'no object') return `This is no ${what}. ${wanted}`;
  if (problem.kind === 'unknown field') return `A ${what} has no field "${problem.field}". ${wanted}`;
  return `The field "${problem.field}" of the ${what} is wrong: it should be ${problem.words}. ${wanted}`;
}

/** A message whose form was found right. */
export function readMessage<Name extends MessageName>(name: Name, value: unknown): Messages[Name] {
  const objection = objectionToForm(name, value);
  if (objection !== null) throw new Error(objection);
  return value as Messages[Name];
}
