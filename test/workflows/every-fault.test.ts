import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

/** Two customers with the same record: one's network has faults, the other's has none. */
let faulty: World;
let sound: World;
let people: readonly MadeUpPerson[] = madeUpPeople(1, 24);
let next = 25;

beforeAll(async () => {
  [faulty, sound] = await Promise.all([openWorld(), openWorld()]);
  for (const world of [faulty, sound]) {
    await world.useMapping(MAPPING.replace('floor: 2', 'floor: 20'));
    await world.startWorker();
  }
  await syncBoth();
});

afterAll(async () => {
  await faulty.close();
  await sound.close();
});

type Fault = Parameters<World['sandbox']['control']['addFault']>[0];

/** A day on which somebody comes, leaves, comes back, moves, is promoted, is demoted and has another address. */
function nextDay(): void {
  const number = next;
  next += 1;
  people = people.map((person, index) => {
    const turn = (index + number) % 8;
    const status = person.status === 'Left' ? 'Active' : turn === 0 ? 'Left' : 'Active';
    const title = turn === 1 ? 'Director' : 'Clerk';
    const moved = turn === 2 ? { unit: `Unit ${number}`, department: `Department ${number}` } : {};
    const mail = turn === 3 ? { mail: `p${person.id}-${number}@people.example` } : {};
    return { ...person, status, title, ...moved, ...mail };
  });
  people = [...people, { id: String(number) }];
}

async function sync(world: World): Promise<RunResult> {
  return (await world.start('live', { delivery: 'last' })).result();
}

/** As many runs as days may pass before a person looks. */
async function syncBoth(faults: readonly Fault[] = []): Promise<void> {
  const content = csvOf(people);
  await Promise.all([faulty.deliver(content), sound.deliver(content)]);
  for (const fault of faults) faulty.sandbox.control.addFault({ network: faulty.networkEid, ...fault });
  const [, expected] = await Promise.all([sync(faulty).catch(() => null), sync(sound)]);
  faulty.sandbox.control.clearFaults();
  expect(expected).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(await sync(faulty)).toMatchObject({ status: 'done', failed: 0, held: 0 });
}

/** What there is in a network, whatever it has numbered it with. */
function stateOf(world: World) {
  const { people: everybody, groups, invitationsByAddress } = world.network();
  return {
    people: everybody
      .map(({ xid, active, status, invited, profile, networkRole, groups: memberships }) => ({
        ...{ xid, active, status, invited, profile, networkRole },
        groups: memberships.map(({ groupType, name, parent, role }) => `${groupType} ${parent} ${name} ${role}`).sort(),
      }))
      .sort((one, other) => String(one.xid).localeCompare(String(other.xid))),
    groups: groups.map(({ groupType, name, parent }) => `${groupType} ${parent} ${name}`).sort(),
    invitationsByAddress,
  };
}

async function expectSameAfter(faults: readonly Fault[]): Promise<void> {
  nextDay();
  await syncBoth(faults);
  expect(stateOf(faulty)).toEqual(stateOf(sound));
}

const KINDS: readonly (readonly [string, Fault])[] = [
  ['connections reset before their effect', { kind: 'reset_before', share: 0.2 }],
  ['answers lost after their effect', { kind: 'reset_after', share: 0.2 }],
  ['server errors', { kind: 'status', status: 500, share: 0.1 }],
  ['server errors after their effect', { kind: 'status', status: 502, share: 0.1, afterEffect: true }],
  ['a network that asks to wait', { kind: 'status', status: 429, retryAfter: 1, times: 2 }],
  ['slow answers', { kind: 'slow', delayMs: 400, share: 0.2 }],
];

describe('one kind of fault at every call leaves the network as it is without faults', () => {
  test.each(KINDS)('%s', (_, fault) => expectSameAfter([fault]));
});

/** Every call of the adapter that changes something, and those that it plans by. */
const CALLS: readonly (readonly [Fault['method'], string])[] = [
  ['POST', '/scim/v2/Users'],
  ['PUT', '/scim/v2/Users/*'],
  ['GET', '/scim/v2/Users*'],
  ['POST', '/users/*/groups/add'],
  ['POST', '/users/*/groups/remove'],
  ['POST', '/changeroles'],
  ['POST', '/invite'],
  ['POST', '/business-units/'],
  ['POST', '/departments/'],
  ['POST', '/local-departments/'],
  ['GET', '/groups/'],
  ['GET', '/users/*'],
];

describe('an answer that is lost at one call leaves the network as it is without faults', () => {
  test.each(CALLS)('%s %s', (method, path) => expectSameAfter([{ method, path, kind: 'reset_after', times: 2 }]));
});

test('all of them together, day after day, leave the network as it is without faults', async () => {
  for (let day = 1; day <= 3; day += 1) await expectSameAfter(KINDS.map(([, fault]) => ({ ...fault, share: 0.05 })));
});
