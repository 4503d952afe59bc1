import { renderRelease } from './text.js';
import { readCustomer } from '../../store/customers.js';
import { latestRelease } from '../../store/releases.js';
import { followRelease } from '../../temporal/releases.js';
import type { ReleaseProgress } from '../../workflows/release/messages.js';
import type { Context } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

/** `release show`: where it stands, from its workflow as long as it is under way. */
export async function showRelease(context: Context, slug: string): Promise<ExitCode> {
  const database = await context.database();
  await readCustomer(database, slug);
  const release = await latestRelease(database, slug);
  const { number, status, problem, view, mappingVersion, goLiveAt } = release;
  const isUnderWay = status === 'running' || status === 'watching';
  const asked = isUnderWay ? await followRelease(await context.temporal(), slug, number).progress() : null;
  const progress = asked ?? (view as unknown as ReleaseProgress | null);
  const facts = { customer: slug, release: number, status, mapping: mappingVersion, goLiveAt, problem };
  context.output.answer({ ...facts, progress }, () => renderRelease(facts, progress, context.output.paint));
  const waits = progress?.step === 'waiting for approval' || progress?.step === 'waiting for acceptance';
  return isUnderWay && waits ? EXIT.needsDecision : EXIT.ok;
}
