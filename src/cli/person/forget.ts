import { createInterface } from 'node:readline/promises';
import { countWords, instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { forgetPerson, type Forgotten } from '../../store/people/forget.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed, WrongUsage } from '../errors.js';
import { userName } from '../user-name.js';
import type { ForgetOptions } from './commands.js';
import { readKnownPerson, readXid, type KnownPerson } from './known-person.js';

/** `person forget` */
export async function forget(context: Context, slug: string, text: string, options: ForgetOptions): Promise<void> {
  const xid = readXid(text);
  const database = await context.database();
  const { id, timeZone } = await readCustomer(database, slug);
  const customer = toCustomerId(id);
  const person = await readKnownPerson(context, database, customer, xid);
  if (options.yes !== true) await askFirst(person);
  const by = options.by ?? userName(context.env);
  const forgotten = await forgetPerson(database, { customer, xid, by, evenSo: options.evenSo === true });
  const stays = whatStays(person, forgotten, (instant) => instantWords(instant, timeZone));
  context.output.answer({ customer, erased: forgotten, stays }, () =>
    [
      `The person is forgotten. Erased: ${erasedWords(forgotten)}.`,
      ...(stays.length === 0 ? [] : ['What stays, and why:', ...stays.map((line) => `  ${line}`)]),
    ].join('\n'),
  );
}

/** @throws WrongUsage where nobody can be asked, CommandFailed when the answer is not yes. */
async function askFirst({ records, link, changes, letters }: KnownPerson): Promise<void> {
  if (!process.stdin.isTTY) throw new WrongUsage('Forgetting cannot be taken back: add --yes. Nothing was changed.');
  const found = [
    countWords(records.length, 'row of the record', 'rows of the record'),
    link === null ? 'no account' : `the link to an account (${link.state})`,
    countWords(letters.length, 'letter'),
    countWords(changes.length, 'change'),
  ];
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Kept: ${found.join(', ')}. Erase them for good? Type yes: `);
    if (answer.trim().toLowerCase() !== 'yes') throw new CommandFailed('That was not yes. Nothing was changed.');
  } finally {
    terminal.close();
  }
}

function erasedWords({ records, links, letters, changes, warnings }: Forgotten): string {
  return [
    countWords(records, 'row of the record', 'rows of the record'),
    countWords(links, 'link with its account', 'links with their accounts'),
    countWords(letters, 'letter'),
    `and the person in ${countWords(changes, 'change')} and ${countWords(warnings, 'warning')}`,
  ].join(', ');
}

function whatStays(
  { link, exceptions, sealed }: KnownPerson,
  { changes, warnings, isInRecord }: Forgotten,
  at: (instant: Date) => string,
): readonly string[] {
  const deliveries = sealed.flatMap(({ removedAfter }) => removedAfter ?? []);
  const setup = sealed.length - deliveries.length;
  const last = deliveries.at(-1);
  return [
    ...(changes + warnings === 0
      ? []
      : [
          `${countWords(changes, 'change')} and ${countWords(warnings, 'warning')} of runs, under a pseudonym: what a run did has to add up.`,
        ]),
    ...(last === undefined
      ? []
      : [
          `${countWords(deliveries.length, 'delivery', 'deliveries')}, encrypted, which may hold a row of the person: a row cannot be taken out of a sealed file. ` +
            `They are removed by themselves, each after its time; the last one after ${at(last)}, once a newer one is accepted.`,
        ]),
    ...(setup === 0
      ? []
      : [
          `${countWords(setup, 'file')} of the setup, encrypted, which may hold the person: they go with the onboarding.`,
        ]),
    ...(exceptions.length === 0
      ? []
      : [
          `The XID in exceptions of the mapping (${exceptions.map(({ version }) => `version ${version}`).join(', ')}): rules are kept for good. Import one without it.`,
        ]),
    ...(link === null ? [] : ['The account at Speakap, which is not deleted from here: ask for that in the network.']),
    ...(isInRecord
      ? ['The person in the HR system: the next delivery that differs from the last one brings them back.']
      : []),
  ];
}
