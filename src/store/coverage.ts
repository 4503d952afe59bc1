import { z } from 'zod';
import type { CoverageItem, RuleCoverage } from '../sync/coverage/coverage.js';
import type { Database } from './database.js';

/** A coverage as it was last checked. */
export interface SavedCoverage extends RuleCoverage {
  /** The dry run that shows it; null when there was none. */
  readonly runId: number | null;
  readonly checkedAt: Date;
}

/** Replaces what was known of these items of an onboarding. */
export async function saveCoverage(
  { prisma }: Database,
  onboardingId: number,
  runId: number | null,
  coverages: readonly RuleCoverage[],
): Promise<void> {
  const checkedAt = new Date();
  await prisma.$transaction(
    coverages.map(({ item, people, state, sentence, lines }) => {
      const data = { runId, people, checkedAt, lines: { state, sentence, lines: lines.map((line) => ({ ...line })) } };
      const key = { onboardingId, item };
      return prisma.ruleCoverage.upsert({
        where: { onboardingId_item: key },
        create: { ...key, ...data },
        update: data,
      });
    }),
  );
}

/** What is known of the six items, in their order; those that were never checked are left out. */
export async function readCoverage({ prisma }: Database, onboardingId: number): Promise<readonly SavedCoverage[]> {
  const rows = await prisma.ruleCoverage.findMany({ where: { onboardingId } });
  const saved = rows.map(({ item, people, runId, checkedAt, lines }) => ({
    ...Told.parse(lines),
    ...{ item: Item.parse(item), people, runId, checkedAt },
  }));
  return saved.sort((a, b) => ITEMS.indexOf(a.item) - ITEMS.indexOf(b.item));
}

const ITEMS = [
  'rule-invitations',
  'rule-prefill',
  'rule-groups',
  'rule-removal',
  'rule-roles',
  'rule-exceptions',
] as const satisfies readonly CoverageItem[];

const Item = z.enum(ITEMS);
const Told = z.object({
  state: z.enum(['covered', 'not shown', 'not configured']),
  sentence: z.string(),
  lines: z.array(z.object({ path: z.string(), words: z.string(), people: z.number() })),
});
