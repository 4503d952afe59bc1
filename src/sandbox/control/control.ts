import type { Fault, FaultInput, Faults } from '../gate/faults.js';
import type { RequestCount, RequestLog, Violation } from '../gate/request-log.js';
import type { Speakap } from '../http/speakap.js';
import { Refusal } from '../http/refusal.js';
import { putUser } from '../rules/people.js';
import type { Effect } from '../state/effects.js';
import type { Eid, Network, User } from '../state/entities.js';
import { parseEid } from '../state/ids.js';
import type { NetworkState } from '../state/network-state.js';
import type { World } from '../state/world.js';
import { newNetworkEffects } from './create-network.js';
import type { Activation, LoginInput, NetworkInput, NetworkSettings } from './inputs.js';
import { type LoginOutcome, tryLogin } from './login.js';
import { type NetworkReport, type PublicNetwork, reportNetwork, withoutSecrets } from './report.js';

export interface RequestReport {
  readonly total: number;
  /** The most requests in any ten seconds by the sandbox's clock, those answered 429 included. */
  readonly mostInTenSeconds: number;
  readonly requests: readonly RequestCount[];
}

/** What tests, demos and judges do to the sandbox, outside of Speakap's API. In process and over HTTP the same. */
export class Control {
  constructor(
    private readonly world: World,
    private readonly speakap: Speakap,
    private readonly faults: Faults,
    private readonly log: RequestLog,
  ) {}

  /** Creates a network; one of the same EID is replaced, with everything in it. Answers its credentials. */
  createNetwork(input: NetworkInput): Network {
    const { network, effects } = newNetworkEffects(input, this.world.nowIso());
    this.world.commit(effects);
    this.log.clearCounts(network.eid);
    return network;
  }

  changeNetwork(eid: Eid, settings: NetworkSettings): Network {
    const { network } = this.#network(eid);
    const changed: Network = {
      ...network,
      permissions: settings.permissions ?? network.permissions,
      requestsPerSecond:
        settings.requestsPerSecond === undefined ? network.requestsPerSecond : settings.requestsPerSecond,
      visibilityDelayMs: settings.visibilityDelayMs ?? network.visibilityDelayMs,
      app: { ...network.app, secret: settings.appSecret ?? network.app.secret },
      scimToken: settings.scimToken ?? network.scimToken,
      developmentQuota: settings.developmentQuota ?? network.developmentQuota,
    };
    this.world.commit([{ kind: 'network', network: changed }]);
    return changed;
  }

  deleteNetwork(eid: Eid): void {
    this.world.commit([{ kind: 'network_gone', eid: this.#network(eid).eid }]);
  }

  networks(): readonly PublicNetwork[] {
    return [...this.world.networks.values()].map(({ network }) => withoutSecrets(network));
  }

  state(eid: Eid): NetworkReport {
    return reportNetwork(this.#network(eid));
  }

  requests(eid: Eid): RequestReport {
    const requests = this.log.counts(parseEid(eid) ?? '');
    const total = requests.reduce((sum, one) => sum + one.count, 0);
    const network = this.world.networks.get(parseEid(eid) ?? '');
    return {
      total,
      mostInTenSeconds: network === undefined ? 0 : this.speakap.rateLimitOf(network).mostInTenSeconds,
      requests,
    };
  }

  clearRequests(eid: Eid): void {
    const network = this.#network(eid);
    this.log.clearCounts(network.eid);
    this.speakap.forgetRateOf(network);
  }

  violations(eid?: Eid, of?: string): readonly Violation[] {
    return this.log.violations(eid?.toLowerCase(), of);
  }

  clearViolations(): void {
    this.log.clearViolations();
  }

  addFault(input: FaultInput): Fault {
    return this.faults.add(input);
  }

  listFaults(): readonly Fault[] {
    return this.faults.list();
  }

  removeFault(id: number): boolean {
    return this.faults.remove(id);
  }

  clearFaults(): void {
    this.faults.clear();
  }

  /** As if these people had followed their invitation. Answers how many there were. */
  activate(eid: Eid, who: Activation): number {
    const network = this.#network(eid);
    const people = whom(network, who).filter((user) => !user.activated && user.suspendedAt === null);
    this.world.commit(people.flatMap((user) => activationEffects(network, user, this.world.nowIso())));
    return people.length;
  }

  /** Tries a login with user name and password; the first one with a temporary password demands a new one. */
  login(eid: Eid, input: LoginInput): LoginOutcome {
    const network = this.#network(eid);
    const { outcome, user } = tryLogin(network, input);
    if (user !== null) this.world.commit(activationEffects(network, user, this.world.nowIso()));
    return outcome;
  }

  /** Moves the sandbox's clock on: what is due by then happens with the next request. */
  advanceClock(advanceMs: number): string {
    this.world.commit([{ kind: 'clock', offsetMs: this.world.clockOffsetMs + advanceMs }]);
    return this.world.nowIso();
  }

  #network(eid: Eid): NetworkState {
    const network = this.world.networks.get(parseEid(eid) ?? '');
    if (network === undefined) throw new Refusal(404, -4, 'The sandbox has no such network', 'state');
    return network;
  }
}

function whom(network: NetworkState, who: Activation): readonly User[] {
  if ('all' in who) return [...network.users.values()];
  const eid = 'eid' in who ? who.eid : network.people.withXid(who.xid);
  const user = eid === undefined ? undefined : network.users.get(eid);
  if (user === undefined) throw new Refusal(404, -4, 'There is no such person', 'state');
  return [user];
}

/** An invitee becomes a member; every other role stays as it was given. */
function activationEffects(network: NetworkState, user: User, at: string): Effect[] {
  const effects = [putUser(network, { ...user, activated: true, invitedAt: null })];
  const membership = network.members.of(user.eid, null);
  if (membership?.role !== 'invitee') return effects;
  return [
    ...effects,
    { kind: 'membership', in: network.eid, membership: { ...membership, role: 'member', since: at }, at },
  ];
}
