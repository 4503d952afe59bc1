import { z } from 'zod';
import type { MessageName, Messages } from './messages.js';

const id = z.string('the id of a contact').regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'the id of a contact');
const item = z.string('the id of a deliverable').min(1).max(40);
const words = (longest: number) =>
  z.string('a text').trim().min(1, 'a text').max(longest, `at most ${longest} characters`);
const date = z.string('a date such as 2026-12-01').regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-12-01');
const version = z.number('a whole number').int('a whole number').min(1, 'a whole number');
const subject = z.enum(['groups', 'mapping', 'release'], '"groups", "mapping" or "release"');

const actor = { by: id, recordedBy: id.optional() };
const reason = words(500);
const text = words(2_000);

const FORMS = {
  deliver: z.strictObject({
    ...actor,
    item,
    note: text.optional(),
    file: words(200).optional(),
    fileId: z.number().int().min(1).optional(),
    addresses: z.array(words(50)).min(1).max(50).optional(),
    publicKey: words(1_000).optional(),
    time: z
      .string('a time such as 05:30')
      .regex(/^\d{1,2}:\d{2}$/, 'a time such as 05:30')
      .optional(),
  }),
  check: z.strictObject({ ...actor, item, note: text.optional() }),
  reopen: z.strictObject({ ...actor, item, reason }),
  leaveOut: z.strictObject({ ...actor, item, reason }),
  ask: z.strictObject({ ...actor, to: id, text, about: item.optional(), due: date.optional() }),
  answer: z.strictObject({ ...actor, question: words(10), text }),
  propose: z.strictObject({ ...actor, version }),
  comment: z.strictObject({ ...actor, version, line: words(40), text }),
  approve: z.strictObject({ ...actor, subject, version, code: words(20).optional() }),
  reject: z.strictObject({ ...actor, subject, version, reason: text }),
  retry: z.strictObject({ ...actor, item }),
  pause: z.strictObject({ ...actor, reason }),
  resume: z.strictObject({ ...actor, reason: reason.optional() }),
  move: z.strictObject({ ...actor, item, to: date, reason }),
  cancel: z.strictObject({ ...actor, reason }),
} as const satisfies Record<MessageName, z.ZodType>;

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
  retry: { item: 'first-upload', by: 'staff-17' },
  pause: { by: 'staff-17', reason: 'the customer moves house' },
  resume: { by: 'staff-17' },
  move: { item: 'structure-overview', to: '2026-12-08', by: 'staff-17', reason: 'asked for by the customer' },
  cancel: { by: 'staff-17', reason: 'the contract ended' },
};

/** What is wrong with the form of a message, in a sentence; null when it can be read. */
export function objectionToForm(name: MessageName, value: unknown): string | null {
  const parsed = FORMS[name].safeParse(value);
  if (parsed.success) return null;
  const issue = parsed.error.issues[0];
  const wanted = `Send one JSON value such as ${JSON.stringify(EXAMPLES[name])}.`;
  if (issue === undefined || issue.path.length === 0) {
    const unknown =
      issue?.code === 'unrecognized_keys' ? ` It has no field "${String(issue.keys[0]).slice(0, 40)}".` : '';
    return `This is no "${name}".${unknown} ${wanted}`;
  }
  return `The field "${issue.path.join('.')}" of "${name}" is wrong: it should be ${issue.message}. ${wanted}`;
}

/** Reads a message whose form was found right. @throws when it was not. */
export function readMessage<Name extends MessageName>(name: Name, value: unknown): Messages[Name] {
  return FORMS[name].parse(value) as Messages[Name];
}
