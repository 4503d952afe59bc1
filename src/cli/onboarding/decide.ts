import type { Messages, Subject } from '../../onboarding/messages.js';
import { listConcepts } from '../../store/concepts.js';
import type { Concept } from '../../store/prisma/client.js';
import { NotUnderWay, sendToConcept, showRefused } from '../../temporal/onboardings.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import type { ApproveOptions, RejectOptions } from './agreement-commands.js';
import type { CommentOptions } from './mapping-commands.js';
import { actorOf } from './options.js';
import { reach } from './reach.js';
import { sayAnswer, send } from './send.js';
import { withProgress } from './with-progress.js';

/** `onboarding approve` and `onboarding mapping approve` */
export async function approve(
  context: Context,
  slug: string,
  subject: Subject,
  options: ApproveOptions,
): Promise<void> {
  const { version, code } = options;
  const message = { ...actorOf(options), subject, version, ...(code === undefined ? {} : { code }) };
  return subject === 'mapping' ? decide(context, slug, 'approve', message) : send(context, slug, 'approve', message);
}

/** `onboarding reject` and `onboarding mapping reject` */
export async function reject(context: Context, slug: string, subject: Subject, options: RejectOptions): Promise<void> {
  const { version, reason } = options;
  const message = { ...actorOf(options), subject, version, reason };
  return subject === 'mapping' ? decide(context, slug, 'reject', message) : send(context, slug, 'reject', message);
}

/** `onboarding mapping comment` */
export async function comment(
  context: Context,
  slug: string,
  line: string,
  text: string,
  options: CommentOptions,
): Promise<void> {
  return decide(context, slug, 'comment', { ...actorOf(options), version: options.version, line, text });
}

/** The version was sent to nobody. */
class NoSuchConcept extends CommandFailed {
  constructor(slug: string, version: number, concepts: readonly Concept[]) {
    const sent = concepts.map(({ iteration, mappingVersion }) => `${mappingVersion} (concept ${iteration})`).join(', ');
    super(
      `No concept of ${slug} is made from version ${version} of the mapping. Nothing was changed. ` +
        `${sent === '' ? 'None was sent yet' : `Sent were: ${sent}`}.`,
    );
  }
}

/** The concept was decided about, or a newer one took its place. */
class ConceptClosed extends CommandFailed {
  constructor({ iteration, mappingVersion, result }: Concept, latest: Concept) {
    const newer =
      latest.iteration === iteration
        ? ''
        : ` The latest is concept ${latest.iteration}, made from version ${latest.mappingVersion}.`;
    super(
      `Version ${mappingVersion} of the mapping is not open any more: concept ${iteration} ` +
        `${result === null ? 'was withdrawn' : `ended with "${result}"`}.${newer} ` +
        'Nothing was changed; the last events of the onboarding show that it was tried.',
    );
  }
}

/** A concept answers for itself, at once. One that is closed cannot, so the onboarding is told, where everybody sees it. */
async function decide<Name extends 'comment' | 'approve' | 'reject'>(
  context: Context,
  slug: string,
  name: Name,
  message: Messages[Name],
): Promise<void> {
  const { database, client, onboarding } = await reach(context, slug);
  const concepts = await listConcepts(database, onboarding.id);
  const latest = concepts.at(-1);
  const concept = concepts.findLast(({ mappingVersion }) => mappingVersion === message.version);
  if (concept === undefined || latest === undefined) throw new NoSuchConcept(slug, message.version, concepts);
  try {
    const answer = await withProgress(context.output, 'waiting for the answer of the concept', () =>
      sendToConcept(client, slug, concept.iteration, name, message),
    );
    sayAnswer(context, slug, name, message, answer);
  } catch (error) {
    if (!(error instanceof NotUnderWay)) throw error;
    await showRefused(client, slug, name, message);
    throw new ConceptClosed(concept, latest);
  }
}
