import { expect, test } from 'vitest';
import { READ_TOGETHER, ReadTogether } from '../../src/apply/read-together.js';
import { toEid, type Eid } from '../../src/sync/ids.js';
import { aUser } from '../network/builders.js';
import { eid, NET, withNetwork, type Asked, type Handler } from '../network/server.js';

const PEOPLE = 2 * READ_TOGETHER + 1;
const everybody = Array.from({ length: PEOPLE }, (_, index) => toEid(eid(index)));
const shown = (user: string): object => ({ ...aUser(0), EID: user, jobTitle: `Job of ${user}` });
const listed = (asked: Asked): readonly string[] => asked.search.get('eid')?.split(',') ?? [];
const isList = (asked: Asked): boolean => asked.path.endsWith('/users/');
const userOf = (asked: Asked): string => asked.path.split('/').at(-2) ?? '';

/** Shows everybody, alone and together. */
const shows: Handler = (asked) =>
  isList(asked) ? { body: { users: listed(asked).map(shown) } } : { body: shown(userOf(asked)) };

async function jobsOf(network: ConstructorParameters<typeof ReadTogether>[0], users = everybody) {
  const now = new ReadTogether(network, users);
  return Promise.all(users.map(async (user: Eid) => (await now.profile(user))?.jobTitle ?? null));
}

const allJobs = everybody.map((user) => `Job of ${user}`);

test('people are read a lot at a time, and nobody before one of the lot is asked for', async () => {
  await withNetwork(shows, async (network, server) => {
    const now = new ReadTogether(network, everybody);
    expect(server.asked).toHaveLength(0);
    await now.profile(toEid(eid(0)));
    expect(server.asked.map(listed)).toEqual([everybody.slice(0, READ_TOGETHER)]);
    expect(await Promise.all(everybody.map(async (user) => (await now.profile(user))?.jobTitle))).toEqual(allJobs);
    expect(server.asked.map(isList)).toEqual([true, true, true]);
  });
});

test('who is left out of an answer is asked for alone, and is nobody only when the network says so', async () => {
  const network = { EID: NET, type: 'network', name: 'Korenaar', subdomain: null, environment: 'development' };
  const leavesOut: Handler = (asked) => {
    if (isList(asked)) return { body: { users: listed(asked).slice(2).map(shown) } };
    if (asked.path.endsWith(`/${eid(0)}/`)) return { status: 404, body: { code: -4, message: 'Not Found' } };
    return asked.path.includes('/users/') ? shows(asked) : { body: network };
  };
  await withNetwork(leavesOut, async (speakap) => {
    expect(await jobsOf(speakap, everybody.slice(0, 4))).toEqual([null, ...allJobs.slice(1, 4)]);
  });
});

test('a network that does not show several at once is asked for each of them', async () => {
  for (const says of [
    { status: 400, body: { code: -1, message: 'No' } },
    { status: 500 },
    { body: '<html>' },
  ] as const) {
    const refuses: Handler = (asked) => (isList(asked) ? says : shows(asked));
    await withNetwork(refuses, async (network) => expect(await jobsOf(network)).toEqual(allJobs), { maxAttempts: 1 });
  }
});

test('what the next person would meet as well is thrown, and nobody is asked for alone', async () => {
  await withNetwork(
    () => ({ status: 401, body: { code: -2, message: 'No' } }),
    async (network, server) => {
      await expect(jobsOf(network, everybody.slice(0, READ_TOGETHER))).rejects.toThrow('401');
      expect(server.asked).toHaveLength(1);
    },
  );
});
