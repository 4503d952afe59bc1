import { readFile } from 'node:fs/promises';
import { divideRecord } from '../../activities/release/divide.js';
import { goLiveInstant } from '../../release/hours.js';
import { USUAL, type ReleaseOptions } from '../../release/types.js';
import { partsOf, type NamedWish, type WaveWish } from '../../release/waves.js';
import { renderTable } from '../../report/table.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { openRelease, updateRelease } from '../../store/releases.js';
import { isUnderWay } from '../../temporal/under-way.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { WrongUsage } from '../errors.js';
import { userName } from '../user-name.js';
import type { PlanOptions } from './commands.js';

/** `release plan`: writes down who is activated when. Ids of people stay in Postgres. */
export async function planRelease(context: Context, slug: string, options: PlanOptions): Promise<void> {
  const { goLive, wave: wishes = [], perHour } = options;
  if (options.from >= options.until) throw new WrongUsage('--from comes before --until on the same day.');
  const whom = await Promise.all(wishes.map(readWish));
  const database = await context.database();
  const customer = toCustomerId(slug);
  const { timeZone } = await readCustomer(database, slug);
  const instant = goLiveInstant(goLive, timeZone, new Date());
  const divided = await divideRecord(database, customer, whom);
  await closeTerminated(context, database, slug);
  const waves = divided.waves.map(({ name, xids }) => ({ name, parts: partsOf(xids, perHour) }));
  const number = await openRelease(database, {
    ...{ customer, requestedBy: userName(context.env), mappingVersion: divided.mappingVersion, waves },
    ...{ onboardingId: await onboardingOf(database, slug), options: toOptions(options) },
    goLiveAt: instant === null ? null : new Date(instant),
  });
  const shown = waves.map(({ name, parts }) => ({ name, parts: parts.length, people: parts.flat().length }));
  context.output.answer({ customer: slug, release: number, mapping: divided.mappingVersion, waves: shown }, () =>
    [
      `Release ${number} of ${slug} is planned with version ${divided.mappingVersion} of the mapping. Nothing is begun.`,
      renderTable(
        { head: ['wave', 'people', 'parts'], right: [1, 2] },
        shown.map(({ name, people, parts }) => [name, String(people), String(parts)]),
        context.output.paint,
      ),
      `Begin it: usersync release start ${slug}`,
    ].join('\n'),
  );
}

/** A release whose workflow was terminated has no last word of its own, and must not stand in the way of the next one. */
async function closeTerminated(context: Context, database: Database, customerId: string): Promise<void> {
  const open = await database.prisma.release.findFirst({
    where: { customerId, status: { in: ['running', 'watching'] } },
  });
  if (open === null || (await isUnderWay(await context.temporal(), open.workflowId))) return;
  await updateRelease(database, open, { status: 'stopped', endedAt: new Date(), problem: TERMINATED });
}

const TERMINATED =
  'The release was terminated from outside. Finished waves stay as they are; what was not done stays due.';

/** That of an implementation that is under way. */
async function onboardingOf({ prisma }: Database, customerId: string): Promise<number | null> {
  const open = await prisma.onboarding.findFirst({
    where: { customerId, status: { in: ['running', 'paused'] } },
    orderBy: { number: 'desc' },
  });
  return open?.id ?? null;
}

function toOptions(options: PlanOptions): ReleaseOptions {
  const { tolerance: percent, floor, from, until, perHour, watchRuns, watchLimits } = options;
  return {
    ...USUAL,
    ...{ tolerance: { percent, floor }, day: { from, until }, perHour, watchRuns, watchLimits },
    pauseMinutes: options.pauseMinutes ?? 0,
    approveBetween: options.approveBetween === true,
  };
}

/** `south=unit:Utrecht,Zeist`. @throws WrongUsage */
async function readWish(text: string): Promise<NamedWish> {
  const [, name, kind, rest] = /^([^=]+)=(people|unit|share):(.+)$/.exec(text) ?? [];
  if (name === undefined || rest === undefined) {
    throw new WrongUsage(
      `A wave is NAME=people:FILE, NAME=unit:UNIT,UNIT or NAME=share:PERCENT, and not "${text.slice(0, 40)}".`,
    );
  }
  return { name: name.trim(), whom: await readWhom(kind, rest) };
}

async function readWhom(kind: string | undefined, rest: string): Promise<WaveWish> {
  if (kind === 'unit') return { kind, units: linesOf(rest.replaceAll(',', '\n')) };
  if (kind === 'share') return { kind, percent: Number(rest) };
  try {
    return { kind: 'people', xids: linesOf(await readFile(rest, 'utf8')) };
  } catch {
    throw new WrongUsage(`The file "${rest}" with the ids of a wave cannot be read.`);
  }
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
