import { lettersAddress, makeLetters } from '../../connections/letters.js';
import { toWording } from '../../report/letters/wording.js';
import { countWords, instantWords } from '../../report/words.js';
import { listContacts, type Contact } from '../../store/contacts.js';
import type { CustomerWithConnections } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import type { MadeBundle, NothingToMake } from '../../store/letters/bundles.js';
import { expireBundles } from '../../store/letters/expiry.js';
import type { WaitingFilter } from '../../store/letters/waiting.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { userName } from '../user-name.js';
import type { LettersOptions } from './commands.js';
import { mailLink, refuseWithoutManager } from './mail-link.js';

export interface MakeOptions extends LettersOptions {
  readonly to: string;
  readonly filter: WaitingFilter;
}

/** `letters --to`: the link is mailed, or shown with `--link`, and is kept nowhere. */
export async function makeLettersFor(
  context: Context,
  database: Database,
  customer: CustomerWithConnections,
  options: MakeOptions,
): Promise<void> {
  const { id: slug, timeZone } = customer;
  const contacts = await listContacts(database, slug);
  const recipient = contactOf(contacts, slug, options.to);
  const manager = options.link === true ? null : refuseWithoutManager(contacts, customer);
  await expireBundles(database);
  const expiresAt = new Date(Date.now() + options.days * 86_400_000);
  const made = await makeLetters(database, {
    ...{ customer: toCustomerId(slug), contactId: recipient.id, wording: toWording(customer.letter) },
    ...{ madeBy: options.by ?? userName(context.env), expiresAt, again: options.again === true },
    ...options.filter,
  });
  if (!('id' in made)) throw nothingToMake(slug, made);
  const link = lettersAddress(await portalOf(context), made.token);
  const mailed =
    manager === null
      ? null
      : await mailLink(context, database, customer, { recipient, manager, bundle: made, link, validUntil: expiresAt });
  const answer = {
    ...{ customer: slug, number: made.number, to: recipient.id, letters: made.letters.length, leftOver: made.leftOver },
    ...{ withdrawn: made.withdrawn, expiresAt, mail: mailed?.status ?? null },
    ...(mailed === null ? { link } : {}),
  };
  context.output.answer(answer, () =>
    [
      `Letters ${made.number}: ${countWords(made.letters.length, 'letter')} for ${recipient.id}, to be opened once until ${instantWords(expiresAt, timeZone)}.`,
      mailed === null ? `The link, which is shown only now: ${link}` : mailed.words,
      ...rest(slug, made),
    ].join('\n'),
  );
  if (mailed !== null && mailed.status !== 'sent') throw new CommandFailed(mailed.next);
}

function contactOf(contacts: readonly Contact[], slug: string, id: string): Contact {
  const found = contacts.find((contact) => contact.id === id);
  if (found !== undefined) return found;
  const known =
    contacts.length === 0 ? 'There is none yet' : `There are: ${contacts.map((each) => each.id).join(', ')}`;
  throw new CommandFailed(`${slug} has no contact of this id. ${known}. No letters were made.`);
}

function rest(slug: string, { leftOver, withdrawn }: MadeBundle): readonly string[] {
  return [
    ...(withdrawn.length === 0 ? [] : [`The links of letters ${withdrawn.join(', ')} do not work any more.`]),
    ...(leftOver === 0
      ? []
      : [
          `${countWords(leftOver, 'more person waits', 'more people wait')}: they are in the next letters, by the same command.`,
        ]),
    `"usersync letters ${slug}" shows when they are opened.`,
  ];
}

function nothingToMake(slug: string, { inBundles, bundles }: NothingToMake): CommandFailed {
  if (inBundles === 0)
    return new CommandFailed(`Nobody of ${slug} waits for a letter like this. No letters were made.`);
  return new CommandFailed(
    `${countWords(inBundles, 'letter lies', 'letters lie')} behind links already (letters ${bundles.join(', ')}), and nobody else waits. No letters were made. ` +
      'Where a link is lost, --again makes them anew; those that are open now can only be reloaded by whoever opened them.',
  );
}

async function portalOf(context: Context): Promise<string> {
  const { portalUrl, portalAddress } = context.config;
  return portalUrl ?? (await context.stack())?.portal.url ?? `http://${portalAddress}`;
}
