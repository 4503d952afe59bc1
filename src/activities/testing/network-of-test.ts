import type { Network } from '../../network/network.js';
import { isMarked, MARK_COLUMN } from '../../anonymise/mark.js';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import { marksOf } from '../../store/marks.js';
import type { Xid } from '../../sync/ids.js';
import { NotAnonymised } from '../refusals.js';

/**
 * The network copy as a run of a test may use it: a network of the development environment, into which nobody gets but
 * people whose record was anonymised by this test.
 */
export class NetworkOfTest {
  #checked: Promise<Network> | null = null;

  constructor(private readonly space: TestSpace) {}

  /** @throws NotAnonymised when it is no copy; NetworkError */
  open(): Promise<Network> {
    this.#checked ??= this.#check();
    this.#checked.catch(() => (this.#checked = null));
    return this.#checked;
  }

  async #check(): Promise<Network> {
    const network = await this.space.network();
    const { environment } = await network.describe();
    if (environment !== 'development') {
      throw new NotAnonymised('The network of this test is not in the development environment.');
    }
    return this.#guarded(network);
  }

  #guarded(network: Network): Network {
    return {
      ...network,
      createAccount: async (account) => {
        await this.#refuseUnmarked([account.xid]);
        return network.createAccount(account);
      },
      updateAccount: async (id, account) => {
        await this.#refuseUnmarked([account.xid]);
        return network.updateAccount(id, account);
      },
    };
  }

  async #refuseUnmarked(xids: readonly Xid[]): Promise<void> {
    const { database, customer, key } = this.space;
    const marks = await marksOf(database, customer, xids, MARK_COLUMN);
    if (xids.every((xid) => isMarked(key.bytes, xid, marks.get(xid)))) return;
    throw new NotAnonymised('A record of this test carries no mark of having been anonymised.');
  }
}
