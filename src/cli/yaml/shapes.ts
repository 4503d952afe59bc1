import { z } from 'zod';
import { isDate } from '../../onboarding/calendar/dates.js';

/** A text as a file holds it: never empty. */
export const text = z.string('A text is needed here.').trim().min(1, 'This is empty.');

/** A text that one of our own functions accepts; what it throws is said at the place of the text. */
export const checkedBy = (check: (value: string) => unknown, kind: new (message: string) => Error) =>
  text.superRefine((value, context) => {
    try {
      check(value);
    } catch (error) {
      if (!(error instanceof kind)) throw error;
      context.addIssue({ code: 'custom', message: error.message.replace(/ Nothing was changed\.$/, '') });
    }
  });

/** Whole numbers come as text too, since every scalar does. */
export const wholeNumber = (smallest: number, largest: number) =>
  text
    .regex(/^\d{1,15}$/, 'A whole number is needed here.')
    .transform(Number)
    .refine(
      (value) => value >= smallest && value <= largest,
      `A number from ${smallest} to ${largest} is needed here.`,
    );

/** A number above 0, with or without decimals. */
export const positiveNumber = (largest: number) =>
  text
    .regex(/^\d{1,12}(\.\d{1,6})?$/, 'A number is needed here.')
    .transform(Number)
    .refine((value) => value > 0 && value <= largest, `A number above 0 and up to ${largest} is needed here.`);

export const yesOrNo = z
  .enum(['true', 'false'], 'Either true or false is needed here.')
  .transform((value) => value === 'true');

/** A day that exists: 30 February is none. */
export const date = text.refine(isDate, 'A date is needed here, such as 2026-12-01.');

/** An object that refuses keys it does not know, and can name those it does. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') return `Known here: ${known}.`;
      if (issue.input === undefined) return `This key is missing. It holds ${known}.`;
      return `A group of keys is needed here: ${known}.`;
    },
  });
}
