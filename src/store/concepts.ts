import type { Database } from './database.js';
import type { Concept, ConceptComment } from './prisma/client.js';

export async function listConcepts(
  { prisma }: Database,
  onboardingId: number,
): Promise<readonly (Concept & { comments: ConceptComment[] })[]> {
  return prisma.concept.findMany({
    where: { onboardingId },
    orderBy: { iteration: 'asc' },
    include: { comments: { orderBy: { seq: 'asc' } } },
  });
}
