import { z } from 'zod';
import { strict } from './strict.js';

const text = z.string('a text').min(1, 'This is empty.');
const table = z
  .record(text, z.string('a text'))
  .refine((lines) => Object.keys(lines).length > 0, 'Give at least one line, as in `WH: Warehouse`.');

/** A country bare, or with the column that has each person's own. */
const phone = z.preprocess(
  (input) => (typeof input === 'string' ? { country: input } : input),
  strict({ country: text.optional(), column: text.optional() }).refine(
    ({ country, column }) => country !== undefined || column !== undefined,
    'Give a `country`, a `column` that has one, or both.',
  ),
);

/** What can be done to a value, beside where it comes from. */
export const stepShape = {
  replace: table.optional(),
  lookup: table.optional(),
  unknown: z.enum(['warn', 'keep', 'none']).optional(),
  date: text.optional(),
  phone: phone.optional(),
  case: z.enum(['upper', 'lower', 'title']).optional(),
  default: text.optional(),
};

export type DocumentSteps = z.infer<z.ZodObject<typeof stepShape>>;

type Keys = Readonly<Record<string, unknown>>;
type Issues = z.RefinementCtx;

export function checkSteps({ lookup, unknown, date, phone: number }: Keys, context: Issues): void {
  if (unknown !== undefined && lookup === undefined)
    context.addIssue({ code: 'custom', path: ['unknown'], message: 'This says what a `lookup` does: give one.' });
  if (date !== undefined && number !== undefined)
    context.addIssue({ code: 'custom', path: ['phone'], message: 'Nothing is a `date` and a `phone`: give one.' });
}

export function checkSeparator({ name, separator }: Keys, context: Issues): void {
  if (name !== undefined && separator !== undefined)
    context.addIssue({
      code: 'custom',
      path: ['separator'],
      message: 'A `name` is one name: a rule for each is clearer.',
    });
}

const SOURCES = ['column', 'value', 'name', 'template', 'firstOf', 'join'] as const;

/** Whether it is said once where the text comes from. */
export function hasOneSource(keys: Keys): boolean {
  return hasOneKey(Object.fromEntries(SOURCES.map((source) => [source, keys[source]])));
}

export function hasOneKey(object: Keys): boolean {
  return Object.values(object).filter((item) => item !== undefined).length === 1;
}
