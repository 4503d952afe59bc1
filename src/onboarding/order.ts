import { z } from 'zod';
import { PHASES } from './schedule/types.js';

const date = z.string('a date such as 2026-12-01').regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-12-01');
const days = z
  .number('a number of working days')
  .int('a number of working days')
  .min(1, 'at least 1')
  .max(60, 'at most 60');

const Order = z.strictObject({
  customer: z.string('the slug of the customer').regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the slug of the customer'),
  start: date,
  source: z.enum(['sftp', 'api'], '"sftp" or "api"'),
  requestedBy: z.string('your staff id').trim().min(1, 'your staff id').max(40, 'your staff id'),
  holidays: z.array(date).max(200, 'at most 200').optional(),
  durations: z.partialRecord(z.enum([...PHASES], `one of ${PHASES.join(', ')}`), days).optional(),
  speed: z.number('a number').positive('above 0').max(10_000_000, 'at most 10,000,000').optional(),
});

/** What is wrong with an order that starts an onboarding, in a sentence; null when it can be begun. */
export function objectionToOrder(order: unknown): string | null {
  const parsed = Order.safeParse(order);
  if (parsed.success) return null;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const what =
    field === ''
      ? `The order of an onboarding cannot be read${issue?.code === 'unrecognized_keys' ? `: it has no field "${issue.keys[0]}"` : ''}.`
      : `The field "${field}" of the order is wrong: it should be ${issue?.message}.`;
  return (
    `${what} Nothing was started. Start it with one JSON value such as ` +
    '{"customer": "korenaar", "start": "2026-12-01", "source": "sftp", "requestedBy": "staff-17"}.'
  );
}
