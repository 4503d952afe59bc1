import type { Network } from '../network/network.js';
import { createSpeakapNetwork, type Observation, type SpeakapNetwork } from '../network/speakap/speakap.js';
import type { RateBudget } from '../network/budget.js';
import type { KeyRing } from '../secrets/master-key.js';
import { readCustomer, type CustomerWithConnections } from '../store/customers.js';
import type { Database } from '../store/database.js';
import { pauseSlots, reserveSlots } from '../store/rate-budgets.js';
import { toCustomerId, toEid, type CustomerId, type Eid } from '../sync/ids.js';
import { openNetworkCredentials } from './credentials.js';
import { NoConnection } from './no-connection.js';

/** Opens customers' networks; one stays open for all work of this process, and its rate is shared with other processes through Postgres. */
export class OpenNetworks {
  readonly #open = new Map<CustomerId, { readonly version: string; readonly network: SpeakapNetwork }>();

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly onRequest: (customer: CustomerId, observation: Observation) => void = () => undefined,
  ) {}

  /** Where a signal is given, calls end with its reason when it is aborted. @throws UnknownCustomer, NoConnection, WrongKey, Tampered */
  async of(customer: CustomerId, signal?: AbortSignal): Promise<Network> {
    const network = await this.#openOne(customer);
    return signal === undefined ? network : network.within(signal);
  }

  async #openOne(customer: CustomerId): Promise<SpeakapNetwork> {
    const details = await readCustomer(this.database, customer);
    const version = details.network?.updatedAt.toISOString() ?? '';
    const known = this.#open.get(customer);
    if (known?.version === version) return known.network;
    const network = this.#connect(details);
    this.#open.set(customer, { version, network });
    await known?.network.close();
    return network;
  }

  /** Another network that takes the same credentials: a copy. The caller closes it. @throws UnknownCustomer, NoConnection, WrongKey, Tampered */
  async another(customer: CustomerId, eid: Eid): Promise<SpeakapNetwork> {
    const details = await readCustomer(this.database, customer);
    if (details.network === null) throw new NoConnection(details.id, 'network');
    return this.#connect({ ...details, network: { ...details.network, eid, scimBase: null } });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ network }) => network.close()));
    this.#open.clear();
  }

  #connect({ id, network }: CustomerWithConnections): SpeakapNetwork {
    if (network === null) throw new NoConnection(id, 'network');
    const customer = toCustomerId(id);
    const { apiBase, scimBase, eid, requestsPerSecond } = network;
    return createSpeakapNetwork({
      apiBase,
      networkEid: eid,
      ...openNetworkCredentials(this.keys, customer, network.credentials),
      ...(scimBase === null ? {} : { scimBase }),
      ...(requestsPerSecond === null ? {} : { requestsPerSecond, budget: this.#budgetOf(eid) }),
      onRequest: (observation) => this.onRequest(customer, observation),
    });
  }

  /** Of the network, whoever asks it and for whichever customer. */
  #budgetOf(networkEid: string): RateBudget {
    const eid = toEid(networkEid);
    return {
      reserve: (slots, everyMs) => reserveSlots(this.database, eid, slots, everyMs),
      pause: (ms) => pauseSlots(this.database, eid, ms),
    };
  }
}
