import { sealNetworkCredentials, openNetworkCredentials } from '../../connections/credentials.js';
import type { Network } from '../../network/network.js';
import { readCustomer, saveNetwork } from '../../store/customers.js';
import { readTest, updateTest } from '../../store/tests.js';
import { keepPaper } from '../../connections/test/papers.js';
import { groupKey } from '../../sync/group.js';
import { NotAnonymised, TestStopped } from '../refusals.js';
import type { ActivityParts } from '../parts.js';
import { readFound } from './found.js';
import { refOf, type TestRequest } from './request.js';

export function createCopyActivities(parts: ActivityParts) {
  const { database, networks, tests } = parts;

  /**
   * Asks for the copy once. The intent is written down first: when the answer is lost nobody can look the copy up, so it is not
   * asked for again, and a person is told what to look for.
   */
  async function copyOnce(request: TestRequest): Promise<string> {
    const test = await readTest(database, request.customer, request.number);
    if (test.copyEid !== null) return test.copyEid;
    if (test.copyName !== null) throw new TestStopped(unknownCopy(test.copyName));
    const network = await networks.of(refOf(request).customer);
    // Whether the development environment answers at all is found out before anything is intended.
    await network.describe();
    const name = `usersync test ${request.number} of ${request.customer}`;
    await updateTest(database, test, { copyName: name });
    try {
      const eid = await network.copy(name);
      await updateTest(database, test, { copyEid: eid });
      return eid;
    } catch (error) {
      // Surely without effect: there is nothing to look for, and another attempt may ask again.
      if (isWithoutEffect(error)) await updateTest(database, test, { copyName: null });
      throw error;
    }
  }

  /** The space gets the connection of the copy: the credentials of the network, which a copy shares, sealed with the key of the test. */
  async function connect(request: TestRequest, eid: string): Promise<Network> {
    const space = await tests.open(refOf(request));
    const { network } = await readCustomer(database, request.customer);
    if (network === null) throw new TestStopped(`${request.customer} has no network to copy. Nothing was changed.`);
    const credentials = openNetworkCredentials(parts.keys.ring, space.customer, network.credentials);
    await saveNetwork(space.database, space.customer, {
      ...{ eid, apiBase: network.apiBase, scimBase: null, requestsPerSecond: network.requestsPerSecond },
      credentials: sealNetworkCredentials(space.key, space.customer, credentials),
    });
    const copy = await space.network();
    const { environment } = await copy.describe();
    if (environment !== 'development') throw new NotAnonymised('The copy is not in the development environment.');
    return copy;
  }

  return {
    /** Copies the structure of the network, and compares the copy with it. @throws TestStopped when they differ */
    async copyNetwork(request: TestRequest): Promise<{ readonly note: string }> {
      const eid = await copyOnce(request);
      const copy = await connect(request, eid);
      const network = await networks.of(refOf(request).customer);
      const [wanted, found] = [await structureOf(network), await structureOf(copy)];
      const missing = [...wanted].filter((part) => !found.has(part)).length;
      const extra = [...found].filter((part) => !wanted.has(part)).length;
      if (missing + extra > 0) {
        throw new TestStopped(
          `The copy of the network is not complete: ${missing} groups or roles are missing, ${extra} are too many. ` +
            'The copy is removed; begin another test.',
        );
      }
      const space = await tests.open(refOf(request));
      await keepPaper(space, 'found-0', await readFound(space, copy));
      return { note: `${wanted.size} groups and roles, all of them as in the network` };
    },
  };
}

async function structureOf(network: Network): Promise<ReadonlySet<string>> {
  const [groups, roles] = [await network.groups(), await network.roles()];
  return new Set([
    ...groups.map(({ group }) => `group ${groupKey(group)}`),
    ...roles.map(({ name }) => `role ${name}`),
  ]);
}

function isWithoutEffect(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'effect' in error && error.effect === 'no';
}

/** What is told, and kept, while nobody knows whether there is a copy. */
export function unknownCopy(name: string): string {
  return (
    `a copy of the network named "${name}" was asked for and the answer was lost. Look for it in the development ` +
    'environment, remove it there, and say so with "usersync test clear"'
  );
}
