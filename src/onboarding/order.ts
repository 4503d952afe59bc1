import { listOf, matching, oneOf, optional, problemWith, type Field, type Form } from './form.js';
import { CONTACT_ID } from './forms.js';
import { PHASES } from './schedule/types.js';

const date = matching('a date such as 2026-12-01', /^\d{4}-\d{2}-\d{2}$/);

/** Working days of phases; how many a phase may have is the calendar's business. */
const durations: Field = {
  words: `working days of phases, such as {"setup": 5}; the phases are ${PHASES.join(', ')}`,
  isOptional: true,
  isRight: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([phase, days]) => PHASES.some((known) => known === phase) && typeof days === 'number'),
};

const speed: Field = {
  words: 'a number above 0 and up to 10,000,000',
  isOptional: true,
  isRight: (value) => typeof value === 'number' && value > 0 && value <= 10_000_000,
};

const ORDER: Form = {
  customer: matching('the slug of a customer', /^[a-z0-9][a-z0-9-]{0,62}$/),
  start: date,
  source: oneOf('sftp', 'api'),
  requestedBy: matching('your staff id, such as staff-17', CONTACT_ID),
  holidays: optional(listOf(date, 200)),
  durations,
  speed,
};

/** What is wrong with an order that starts an onboarding, in a sentence; null when it can be begun. */
export function objectionToOrder(order: unknown): string | null {
  const problem = problemWith(ORDER, order);
  if (problem === null) return null;
  const wanted =
    'Nothing was started. Start it with one JSON value such as ' +
    '{"customer": "korenaar", "start": "2026-12-01", "source": "sftp", "requestedBy": "staff-17"}.';
  if (problem.kind === 'no object') return `The order of an onboarding cannot be read. ${wanted}`;
  if (problem.kind === 'unknown field') return `An order has no field "${problem.field}". ${wanted}`;
  return `The field "${problem.field}" of the order is wrong: it should be ${problem.words}. ${wanted}`;
}
