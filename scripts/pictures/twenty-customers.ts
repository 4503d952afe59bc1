import { readConfig } from '../../src/config.js';
import type { OnboardingOrder } from '../../src/onboarding/messages.js';
import { loadKeys } from '../../src/secrets/keys.js';
import { readStack } from '../../src/stack/stack-file.js';
import { openDatabase } from '../../src/store/database.js';
import { createDataConverter } from '../../src/temporal/codec/data-converter.js';
import { connectTemporal, temporalSettings } from '../../src/temporal/connection.js';
import { Course, PICTURE, type Surroundings } from '../../test/support/course.js';
import { addCustomer } from '../../test/support/customers.js';
import { BAKERY } from './records.js';

/** What was done for a customer so far, in the order of the weeks. */
type Stage =
  | 'nothing'
  | 'access'
  | 'overtaken by events'
  | 'files to check'
  | 'a question'
  | 'groups'
  | 'a concept'
  | 'rules'
  | 'done'
  | 'paused';

interface Story {
  readonly slug: string;
  /** Of those that are looked at closely. */
  readonly name?: string;
  readonly stage: Stage;
  /** Days from today to week 1. */
  readonly startsIn: number;
  readonly order?: Partial<OnboardingOrder>;
}

/** Fast ones are late by the time the pictures are taken; short ones have little slack. */
const SHORT = { setup: 2, mapping: 2, implementation: 4, testing: 2, release: 2 };
const late = (speed: number): Partial<OnboardingOrder> => ({ speed, durations: SHORT });

/** First the one whose concept is photographed: later ones have mails of their own in the same outbox. */
const STORIES: readonly Story[] = [
  { slug: 'korenaar', name: 'De Korenaar', stage: 'a concept', startsIn: 1 },
  { slug: 'havenkwartier', stage: 'done', startsIn: 1 },
  { slug: 'waterland', stage: 'rules', startsIn: 1 },
  { slug: 'lindehof', stage: 'groups', startsIn: 1 },
  { slug: 'stroomdal', stage: 'groups', startsIn: 4 },
  { slug: 'duinzicht', name: 'Duinzicht', stage: 'overtaken by events', startsIn: 1, order: late(3_600) },
  { slug: 'zonneweide', stage: 'nothing', startsIn: 1, order: late(7_200) },
  { slug: 'noorderlicht', stage: 'access', startsIn: 1, order: { speed: 3_600 } },
  { slug: 'vuurtoren', stage: 'a question', startsIn: 1, order: { speed: 3_600 } },
  { slug: 'eikenlaan', stage: 'files to check', startsIn: 1 },
  { slug: 'berkenrode', stage: 'files to check', startsIn: 4 },
  { slug: 'groene-hart', stage: 'access', startsIn: 4 },
  { slug: 'klaverblad', stage: 'access', startsIn: 5 },
  { slug: 'vlinderhof', stage: 'paused', startsIn: 1 },
  { slug: 'windkracht', stage: 'a question', startsIn: 5 },
  { slug: 'weidevogel', stage: 'nothing', startsIn: 8, order: { source: 'api' } },
  { slug: 'schelpenpad', stage: 'nothing', startsIn: 11 },
  { slug: 'molenaar', stage: 'nothing', startsIn: 12, order: { source: 'api' } },
  { slug: 'kade-en-co', stage: 'nothing', startsIn: 15 },
  { slug: 'de-linde', stage: 'nothing', startsIn: 18 },
];

/** Connects twenty made-up customers to the stack of a data folder, each as far as its story says. */
export async function startTwenty(dataFolder: string): Promise<readonly Course[]> {
  const { surroundings, close } = await reach(dataFolder);
  const courses: Course[] = [];
  for (const story of STORIES) {
    const { name } = story;
    // Those in the pictures have ids as real ones have.
    const added = await addCustomer(surroundings, story.slug, undefined, name === undefined ? undefined : '');
    if (name !== undefined) await rename(surroundings, story.slug, name);
    const course = new Course(surroundings, added);
    await course.start({ start: inDays(story.startsIn), ...story.order });
    await course.until('had its dates', ({ schedule }) => schedule !== null);
    await bring(course, story.stage);
    console.log(`${story.slug}: ${story.stage}`);
    courses.push(course);
  }
  await close();
  return courses;
}

async function rename({ database }: Surroundings, id: string, name: string): Promise<void> {
  await database.prisma.customer.update({ where: { id }, data: { name } });
}

async function bring(course: Course, stage: Stage): Promise<void> {
  const { manager: by, hr } = course.contacts;
  switch (stage) {
    case 'nothing':
      return;
    case 'access':
      return course.giveAccess();
    case 'overtaken by events':
      return overtakenByEvents(course);
    case 'files to check':
      await course.giveAccess();
      return course.handOverFiles(BAKERY.example, BAKERY.overview);
    case 'a question':
      await course.giveAccess();
      await course.say('ask', { by, to: hr, text: 'Where does head office belong?', about: 'structure-overview' });
      return;
    case 'paused':
      await course.say('pause', { by, reason: 'the customer moves house' });
      return;
    case 'groups':
      return course.setUp(BAKERY);
    case 'a concept':
      return openConcept(course);
    case 'rules':
      await course.setUp();
      return course.agreeOnMapping();
    case 'done':
      return course.whole();
  }
}

/** What a project manager sees who was away for some days. */
async function overtakenByEvents(course: Course): Promise<void> {
  const { manager: by, hr } = course.contacts;
  await course.giveAccess();
  await course.upload(PICTURE, 'example.csv');
  await course.deliver('example-record', { file: 'example.csv' });
  await course.say('ask', { by, to: hr, text: 'Where does head office belong?', about: 'structure-overview' });
  await course.deliver('frequency', { time: '06:00' });
  await course.deliver('known-exceptions', { note: 'The board is not invited.' });
}

async function openConcept(course: Course): Promise<void> {
  const { hr, engineer, manager: recordedBy } = course.contacts;
  await course.setUp(BAKERY);
  await course.agreeOnGroups();
  const { mapping } = await course.until('drafted a mapping', (state) => state.mapping.drafted !== null);
  const version = mapping.drafted ?? 1;
  await course.say('propose', { version, by: engineer });
  await course.sayToConcept('comment', { version, line: 'G1', by: hr, recordedBy, text: 'Head office is no shop.' });
  await course.approve('mapping', version, engineer);
}

/** The running stack as a course needs it. */
async function reach(dataFolder: string): Promise<{ surroundings: Surroundings; close: () => Promise<void> }> {
  const stack = await readStack(dataFolder);
  if (stack === null || stack.drop === null || stack.sandbox === null)
    throw new Error(`No whole stack runs on ${dataFolder}.`);
  const config = readConfig({ USERSYNC_DATA: dataFolder });
  const dataConverter = createDataConverter({ keys: await loadKeys(config), encodes: config.payloadCodec });
  const client = await connectTemporal(temporalSettings({}, stack.temporal), dataConverter);
  const database = openDatabase(stack.databaseUrl);
  const { drop, sandbox } = stack;
  return {
    surroundings: {
      ...{ config, database, drop, temporal: { client } },
      sandbox: { url: sandbox.url, control: { createNetwork: (network) => createNetwork(sandbox.url, network) } },
    },
    close: async () => {
      await client.connection.close();
      await database.close();
    },
  };
}

type Control = Surroundings['sandbox']['control'];

async function createNetwork(url: string, network: Parameters<Control['createNetwork']>[0]) {
  const answer = await fetch(`${url}/_sandbox/networks`, { method: 'POST', body: JSON.stringify(network) });
  if (!answer.ok) throw new Error(`The sandbox made no network: ${await answer.text()}`);
  return (await answer.json()) as Awaited<ReturnType<Control['createNetwork']>>;
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
