import { inTransaction, type Database } from './database.js';
import type { Concept, ConceptComment } from './prisma/client.js';

export interface NewConcept {
  readonly onboardingId: number;
  readonly iteration: number;
  readonly mappingVersion: number;
  /** As the report made them. */
  readonly lines: readonly object[];
  readonly markdown: string;
  readonly html: string;
}

/** Keeps a concept as it is sent. Written again after a crash, it replaces itself. */
export async function saveConcept({ prisma }: Database, concept: NewConcept): Promise<void> {
  const { onboardingId, iteration, ...rest } = concept;
  const data = { ...rest, lines: rest.lines.map((line) => ({ ...line })) };
  await prisma.concept.upsert({
    where: { onboardingId_iteration: { onboardingId, iteration } },
    create: { onboardingId, iteration, ...data },
    update: data,
  });
}

/** The concept that was made from a version of the mapping; the latest, when it was sent twice. */
export async function readConcept(
  { prisma }: Database,
  onboardingId: number,
  mappingVersion: number,
): Promise<(Concept & { comments: ConceptComment[] }) | null> {
  return prisma.concept.findFirst({
    where: { onboardingId, mappingVersion },
    orderBy: { iteration: 'desc' },
    include: { comments: { orderBy: { seq: 'asc' } } },
  });
}

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

export async function closeConcept(
  { prisma }: Database,
  {
    onboardingId,
    iteration,
    result,
    at,
  }: { readonly onboardingId: number; readonly iteration: number; readonly result: string; readonly at: Date },
): Promise<void> {
  await prisma.concept.update({
    where: { onboardingId_iteration: { onboardingId, iteration } },
    data: { result, decidedAt: at },
  });
}

export interface NewComment {
  readonly onboardingId: number;
  readonly iteration: number;
  readonly line: string;
  readonly by: string;
  readonly recordedBy: string | null;
  readonly text: string;
  readonly at: Date;
}

/** Keeps a comment, once: the same words of the same person at the same moment are the same comment. */
export async function saveComment(database: Database, comment: NewComment): Promise<void> {
  const { onboardingId, iteration, line, by, recordedBy, text, at } = comment;
  await inTransaction(database, async (connection) => {
    await connection.query('SELECT 1 FROM concept WHERE onboarding_id = $1 AND iteration = $2 FOR UPDATE', [
      onboardingId,
      iteration,
    ]);
    await connection.query(
      `INSERT INTO concept_comment (onboarding_id, iteration, seq, line, "by", recorded_by, text, at)
       SELECT $1, $2, coalesce((SELECT max(seq) FROM concept_comment WHERE onboarding_id = $1 AND iteration = $2), 0) + 1,
         $3, $4, $5, $6, $7
       WHERE NOT EXISTS (SELECT 1 FROM concept_comment WHERE onboarding_id = $1 AND iteration = $2 AND line = $3
         AND "by" = $4 AND text = $6 AND at = $7)`,
      [onboardingId, iteration, line, by, recordedBy, text, at],
    );
  });
}
