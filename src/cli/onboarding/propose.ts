import { objectionTo } from '../../onboarding/objections.js';
import { listMappings, saveMapping } from '../../store/mappings.js';
import { toCustomerId } from '../../sync/ids.js';
import { OnboardingRefused, readState, sendMessage } from '../../temporal/onboardings.js';
import type { Context } from '../context.js';
import { WrongUsage } from '../errors.js';
import { readNetworkStructure } from '../mapping/network-structure.js';
import { readMapping, refuseMisfits } from '../mapping/read-mapping.js';
import type { ProposeOptions } from './mapping-commands.js';
import { reach, type Reached } from './reach.js';
import { sayAnswer } from './send.js';
import { withProgress } from './with-progress.js';

/** `onboarding mapping propose`: a version that is kept already, or a file that is kept as the next one first. */
export async function proposeMapping(
  context: Context,
  slug: string,
  file: string | null,
  options: ProposeOptions,
): Promise<void> {
  if ((file === null) === (options.version === undefined))
    throw new WrongUsage('Give either a file or --version. Nothing was changed.');
  const reached = await reach(context, slug);
  const version = options.version ?? (await keep(reached, slug, file ?? '', options));
  const message = { version, by: options.by };
  const words = 'making the dry run and the document of the concept';
  try {
    const answer = await withProgress(context.output, words, () =>
      sendMessage(reached.client, slug, 'propose', message),
    );
    sayAnswer(context, slug, 'propose', message, answer);
  } catch (error) {
    if (file === null || !(error instanceof OnboardingRefused)) throw error;
    throw new OnboardingRefused(`${error.message} ${file} is kept as version ${version}, as a draft.`);
  }
}

/** Kept as a draft, when the onboarding would take it. @throws CommandFailed, ProblemsFound, OnboardingRefused */
async function keep(
  { database, client, onboarding }: Reached,
  slug: string,
  file: string,
  { by, comment }: ProposeOptions,
): Promise<number> {
  const { document, mapping } = await readMapping(file);
  const customer = toCustomerId(onboarding.customerId);
  refuseMisfits(file, mapping, (await readNetworkStructure(database, customer)) ?? {});
  const [newest] = await listMappings(database, slug);
  const message = { version: (newest?.version ?? 0) + 1, by };
  const today = new Date().toISOString().slice(0, 10);
  const objection = objectionTo(await readState(client, slug), 'propose', message, today);
  if (objection !== null) throw new OnboardingRefused(objection);
  return saveMapping(database, { customer, document, importedBy: by, comment });
}
