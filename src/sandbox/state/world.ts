import type { Effect } from './effects.js';
import type { Eid, Network } from './entities.js';
import { MemoryJournal, type Journal } from './journal.js';
import { NetworkState } from './network-state.js';

/** All networks of the sandbox. The only way to change them is `commit`, which writes the journal first. */
export class World {
  readonly networks = new Map<Eid, NetworkState>();
  #clockOffsetMs = 0;

  constructor(
    readonly clock: () => number,
    private readonly journal: Journal = new MemoryJournal(),
  ) {
    journal.replay((effects) => this.#apply(effects));
  }

  /** The sandbox's time in milliseconds: the clock, moved on as far as a test asked for. */
  now(): number {
    return this.clock() + this.#clockOffsetMs;
  }

  nowIso(): string {
    return new Date(this.now()).toISOString();
  }

  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  /** Makes the effects of one request true, all or none. @throws when the journal cannot be written; nothing is changed then. */
  commit(effects: readonly Effect[]): void {
    if (effects.length === 0) return;
    const removesNetwork = effects.some((effect) => effect.kind === 'network_gone' && this.networks.has(effect.eid));
    this.journal.append(effects);
    this.#apply(effects);
    this.journal.compact(() => this.#effects(), removesNetwork);
  }

  close(): void {
    this.journal.close();
  }

  #apply(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'clock') this.#clockOffsetMs = effect.offsetMs;
      else if (effect.kind === 'network') this.#putNetwork(effect.network);
      else if (effect.kind === 'network_gone') this.networks.delete(effect.eid);
      else this.networks.get(effect.in)?.apply(effect);
    }
  }

  #putNetwork(network: Network): void {
    const state = this.networks.get(network.eid);
    if (state === undefined) this.networks.set(network.eid, new NetworkState(network));
    else state.network = network;
  }

  *#effects(): Generator<Effect> {
    yield { kind: 'clock', offsetMs: this.#clockOffsetMs };
    for (const network of this.networks.values()) yield* network.effects();
  }
}
