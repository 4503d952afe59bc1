import { DateTime } from 'luxon';
import { latestOnboarding, onboardingEvents, viewOf } from '../../src/store/onboardings.js';
import type { TimedCourse } from './timed-course.js';

/** What is wrong with the reminders of an onboarding that has ended, each in a line; and how many there were. */
export async function auditReminders({ world, customer, days }: TimedCourse) {
  const onboarding = await latestOnboarding(world.database, customer);
  const events = await onboardingEvents(world.database, onboarding.id);
  const settledAt = new Map(viewOf(onboarding)?.items.map(({ id, checked }) => [id, checked?.at ?? null]));
  const problems: string[] = [];
  const sent = new Set<string>();
  const done = new Set<string>();
  for (const { what, about, at } of events) {
    if (about !== null && ENDS.has(what)) done.add(about);
    if (about !== null && what === 'reopened') done.delete(about);
    if (!what.startsWith('reminder') || what.endsWith('refused by the mail server')) continue;
    const local = DateTime.fromJSDate(at, { zone: days.timeZone });
    const words = `${customer}: ${what} about ${about} at ${local.toISO()}`;
    if (local.hour < 9 || local.hour >= 17) problems.push(`at night: ${words}`);
    if (!days.isWorkingDay(local.toISODate() ?? '')) problems.push(`on a free day: ${words}`);
    const once = `${what} ${about} ${local.toISODate()}`;
    if (sent.has(once)) problems.push(`twice: ${words}`);
    sent.add(once);
    const settled = settledAt.get(about ?? '') ?? null;
    if (done.has(about ?? '') || (settled !== null && settled < at.toISOString())) problems.push(`too late: ${words}`);
  }
  const mails = await world.database.prisma.mail.findMany({
    where: {
      ...{ customerId: customer, status: { in: ['sent', 'unknown'] } },
      OR: [{ kind: { startsWith: 'reminder' } }, { kind: 'escalation' }],
    },
  });
  if (mails.length !== sent.size) problems.push(`${customer}: ${sent.size} reminders, and ${mails.length} mails`);
  return { problems, sent: sent.size };
}

const ENDS = new Set(['checked', 'delivered and checked', 'left out', 'answered']);
