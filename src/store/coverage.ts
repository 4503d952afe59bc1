import { z } from 'zod';
import type { Database } from './database.js';

const Told = z.object({
  state: z.enum(['covered', 'not shown', 'not configured']),
  sentence: z.string(),
  lines: z.array(z.object({ path: z.string(), words: z.string(), people: z.number() })),
});

/** What is known of the rules of an onboarding; those that were never checked are left out. */
export async function readCoverage({ prisma }: Database, onboardingId: number) {
  const rows = await prisma.ruleCoverage.findMany({ where: { onboardingId }, orderBy: { item: 'asc' } });
  return rows.map(({ item, people, runId, checkedAt, lines }) => ({
    ...Told.parse(lines),
    item,
    people,
    runId,
    checkedAt,
  }));
}
