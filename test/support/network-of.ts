import { OpenNetworks } from '../../src/connections/networks.js';
import type { Network } from '../../src/network/network.js';
import { loadKeys } from '../../src/secrets/keys.js';
import type { World } from './world.js';

/** The network of the customer of a world, as a worker opens it. */
export async function networkOf({ database, config, customer }: World): Promise<Network> {
  return new OpenNetworks(database, (await loadKeys(config)).ring).of(customer);
}
