import { deliverablesFor } from '../../onboarding/deliverables.js';
import type { Deliver } from '../../onboarding/messages.js';
import { objectionTo } from '../../onboarding/objections.js';
import type { OnboardingState } from '../../onboarding/state.js';
import { OnboardingRefused, readState, sendMessage } from '../../temporal/onboardings.js';
import type { Context } from '../context.js';
import { readPublicKeys } from '../drop/public-keys.js';
import { CommandFailed, WrongUsage } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { storeCredentials } from './deliver-credentials.js';
import { storeFile } from './deliver-file.js';
import type { DeliverOptions } from './item-commands.js';
import { actorOf } from './options.js';
import { reach, type Reached } from './reach.js';
import { withProgress } from './with-progress.js';

/**
 * `onboarding deliver`: what is a file, or secret, is stored sealed before the onboarding hears of it, and only when it
 * would take it. Answers 1 when what was handed over was found not usable.
 */
export async function deliverItem(
  context: Context,
  slug: string,
  item: string,
  options: DeliverOptions,
): Promise<ExitCode> {
  const message = await toMessage(item, options);
  const reached = await reach(context, slug);
  const state = await readState(reached.client, slug);
  const answer = await hand(context, reached, state, message, options.file ?? null);
  const after = (await readState(reached.client, slug).catch(() => null))?.items.find(({ id }) => id === item);
  context.output.answer({ customer: slug, message: 'deliver', ...message, state: after?.state, answer }, () => answer);
  return after?.state === 'open' ? EXIT.failed : EXIT.ok;
}

async function toMessage(item: string, options: DeliverOptions): Promise<Deliver> {
  const { file, uploaded, note, address, publicKey, time } = options;
  if (file !== undefined && uploaded !== undefined)
    throw new WrongUsage('Give either --file or --uploaded. Nothing was changed.');
  return {
    ...{ item, ...actorOf(options) },
    ...(note === undefined ? {} : { note }),
    ...(uploaded === undefined ? {} : { file: uploaded }),
    ...(address === undefined ? {} : { addresses: address }),
    ...(publicKey === undefined ? {} : { publicKey: await readOneKey(publicKey) }),
    ...(time === undefined ? {} : { time }),
  };
}

async function readOneKey(path: string): Promise<string> {
  const [key, ...others] = await readPublicKeys([path]);
  if (key !== undefined && others.length === 0) return key;
  throw new CommandFailed(
    `${path} holds more than one public key. Nothing was changed. Hand over the one that is used.`,
  );
}

async function hand(
  context: Context,
  reached: Reached,
  state: OnboardingState | null,
  message: Deliver,
  path: string | null,
): Promise<string> {
  const deliver = (sent: Deliver): Promise<string> =>
    withProgress(context.output, 'waiting until it was looked at', () =>
      sendMessage(reached.client, reached.onboarding.customerId, 'deliver', sent),
    );
  if (path === null) return deliver(message);
  if (handingOf(state, message.item) === 'credentials') {
    refuseEarly(state, message);
    await storeCredentials(context, reached, path);
    return deliver(message);
  }
  // Any number will do to find out whether a file would be taken.
  refuseEarly(state, { ...message, fileId: 1 });
  const stored = await storeFile(context, reached, message, path);
  return stored.orForget(() => deliver({ ...message, fileId: stored.fileId }));
}

function handingOf(state: OnboardingState | null, item: string): string | undefined {
  return state === null ? undefined : deliverablesFor(state.source).find(({ id }) => id === item)?.handing;
}

/** What would be refused is not stored. @throws OnboardingRefused */
function refuseEarly(state: OnboardingState | null, message: Deliver): void {
  const objection = objectionTo(state, 'deliver', message, new Date().toISOString().slice(0, 10));
  if (objection !== null) throw new OnboardingRefused(objection);
}
