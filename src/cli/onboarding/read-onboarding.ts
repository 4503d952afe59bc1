import { listConcepts } from '../../store/concepts.js';
import { listContacts } from '../../store/contacts.js';
import { readCoverage } from '../../store/coverage.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { mailsInDoubt } from '../../store/mail-doubt.js';
import { listOnboardingFiles } from '../../store/onboarding-files.js';
import { latestOnboarding, onboardingEvents, viewOf } from '../../store/onboardings.js';
import { readRun } from '../../store/runs.js';

/** Everything of a customer's latest onboarding, as it is written down in Postgres. @throws UnknownCustomer, NoOnboarding */
export async function readWholeOnboarding(database: Database, slug: string, events: number) {
  const { name, timeZone } = await readCustomer(database, slug);
  const row = await latestOnboarding(database, slug);
  const { view: _, ...onboarding } = row;
  return {
    customer: { slug, name, timeZone },
    onboarding,
    /** null before it has its dates. */
    view: viewOf(row),
    contacts: (await listContacts(database, slug)).map(({ id, side, role, approves, owns }) => ({
      ...{ id, side, role, approves, owns },
    })),
    events: (await onboardingEvents(database, row.id, events)).map(({ onboardingId: __, ...event }) => event),
    files: (await listOnboardingFiles(database, row.id)).map(({ onboardingId: __, file: ___, bytes, ...file }) => ({
      ...file,
      bytes: Number(bytes),
    })),
    concepts: (await listConcepts(database, row.id)).map((concept) => ({
      iteration: concept.iteration,
      version: concept.mappingVersion,
      sentAt: concept.createdAt,
      result: concept.result,
      decidedAt: concept.decidedAt,
      comments: concept.comments.length,
    })),
    coverage: await coverageOf(database, row.id),
    mailsInDoubt: (await mailsInDoubt(database, slug)).length,
  };
}

export type WholeOnboarding = Awaited<ReturnType<typeof readWholeOnboarding>>;

/** Runs are known by their numbers outside of Postgres. */
async function coverageOf(database: Database, onboardingId: number) {
  const rows = await readCoverage(database, onboardingId);
  return Promise.all(
    rows.map(async ({ runId, ...row }) => ({
      ...row,
      run: runId === null ? null : (await readRun(database, runId)).number,
    })),
  );
}
