import { Forbidden, NetworkError, RateLimited, Unauthorised, Unreachable } from '../network/errors.js';
import type { Network, RoleRef, ScimId } from '../network/network.js';
import type { Change, PersonChange } from '../sync/change.js';
import { afterChanges } from '../sync/plan/after-changes.js';
import type { GroupRef } from '../sync/group.js';
import type { Eid, GroupKey, Xid } from '../sync/ids.js';
import type { RoleName } from '../sync/person.js';
import type { ChangeToApply, Outcome, StoredLink } from '../store/changes.js';

/** What applying needs of the other rooms. */
export interface ApplyParts {
  readonly network: Network;
  /** Groups of the network by key; grows as groups are created. */
  readonly groups: Map<GroupKey, Eid>;
  readonly roles: ReadonlyMap<RoleName, RoleRef>;
  /** Writes outcomes and links down, together. @throws LeaseLost, and then nothing was written. */
  record(outcomes: readonly Outcome[], links: readonly StoredLink[]): Promise<void>;
  rememberGroup(eid: Eid, group: GroupRef): Promise<void>;
  /** Whose account this is by the links, whatever the network says; null: nobody's. */
  ownerOf(account: ScimId): Promise<Xid | null>;
  /** Whether a row of the last accepted delivery names this person. */
  isInRecord(xid: Xid): Promise<boolean>;
  /** A fresh temporary password, sealed for this person. */
  sealPassword(xid: Xid): string;
  openPassword(xid: Xid, sealed: string): string;
  /** The same password, sealed for the XID that its person has from now on. */
  movePassword(from: Xid, to: Xid, sealed: string): string;
  /** Whom this run suspends, or gives another role in the network than administrator, in whatever batch, with their XIDs. */
  leavingPeople(): Promise<ReadonlyMap<Eid, Xid>>;
  /** An earlier attempt at these changes was broken off: it may have done more than it could write down. */
  readonly isRepeated: boolean;
  /** Units under way at once. */
  readonly concurrency: number;
  /** Aborted when the run is cancelled or another run may write: what is under way ends, nothing new begins. */
  readonly signal: AbortSignal;
  /** A sign of life. `done`: whose outcomes were written down now. */
  onProgress(done: number): void;
}

/** All changes of one kind of one person, or one group to create. */
export type Unit = readonly [ChangeToApply, ...ChangeToApply[]];

export interface UnitResult {
  readonly outcomes: readonly Outcome[];
  /** The person's link as it is now; null where nothing about it changed. */
  readonly link: StoredLink | null;
}

export type ApplyUnit = (parts: ApplyParts, unit: Unit) => Promise<UnitResult>;

/** Outcomes are written down together in lots of this size: what a crash repeats is at most this, and repeating does no harm. */
const LOT = 50;

/**
 * Applies units side by side. One that fails does not stop the others; what stops the whole batch (the network is away,
 * refuses us, or asks us to wait) is thrown after everything done so far was written down.
 */
export async function applyUnits(parts: ApplyParts, units: readonly Unit[], apply: ApplyUnit): Promise<void> {
  const waiting = [...units];
  const lot = new Lot(parts);
  const stopped: Error[] = [];
  const work = async (): Promise<void> => {
    for (let unit = waiting.shift(); unit !== undefined && stopped.length === 0; unit = waiting.shift()) {
      try {
        parts.signal.throwIfAborted();
        await lot.add(await applyOne(parts, unit, apply));
      } catch (error) {
        stopped.push(asError(error));
      }
    }
  };
  await Promise.all(Array.from({ length: parts.concurrency }, work));
  await lot.flush();
  if (stopped[0] !== undefined) throw stopped[0];
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function applyOne(parts: ApplyParts, unit: Unit, apply: ApplyUnit): Promise<UnitResult> {
  try {
    return await apply(parts, unit);
  } catch (error) {
    if (!(error instanceof NetworkError) || stopsEverything(error)) throw error;
    return failed(unit, error.message);
  }
}

/** Whether the next person would meet the same. */
export function stopsEverything(error: unknown): boolean {
  return (
    error instanceof Unauthorised ||
    error instanceof Forbidden ||
    error instanceof RateLimited ||
    error instanceof Unreachable
  );
}

/** Collects results and writes them down one lot after the other. */
class Lot {
  #results: UnitResult[] = [];
  #writing: Promise<void> = Promise.resolve();
  #done = 0;

  constructor(readonly parts: ApplyParts) {}

  async add(result: UnitResult): Promise<void> {
    this.#results.push(result);
    if (this.#results.length >= LOT) await this.flush();
  }

  async flush(): Promise<void> {
    const results = this.#results;
    this.#results = [];
    this.#writing = this.#writing.then(() => this.#write(results));
    await this.#writing;
  }

  async #write(results: readonly UnitResult[]): Promise<void> {
    if (results.length === 0) return;
    const links = results.flatMap(({ link }) => (link === null ? [] : [link]));
    await this.parts.record(
      results.flatMap(({ outcomes }) => outcomes),
      links,
    );
    this.#done += results.length;
    this.parts.onProgress(this.#done);
  }
}

/** The link as it is after these changes; what only the network knows of it is kept. */
export function linkAfter(link: StoredLink, changes: readonly PersonChange[]): StoredLink {
  const before = {
    state: link.state === 'suspended' ? 'suspended' : 'active',
    written: link.written,
    invited: link.invitedAt !== null,
  } as const;
  const after = afterChanges(before, changes);
  if (after === null) return link;
  const { state, written } = after;
  const suspendedAt = state === 'suspended' ? (link.suspendedAt ?? new Date()) : null;
  const invitedAt = after.invited ? (link.invitedAt ?? new Date()) : null;
  return { ...link, state, written, userName: written.userName, suspendedAt, invitedAt };
}

/** @param note what a person should know of it all the same. */
export function done(unit: Unit, link: StoredLink | null, note: string | null = null): UnitResult {
  return { outcomes: unit.map(({ seq }) => ({ seq, status: 'done', problem: note })), link };
}

export function failed(unit: Unit, problem: string): UnitResult {
  return { outcomes: unit.map(({ seq }) => ({ seq, status: 'failed', problem })), link: null };
}

/** Not tried, because something it builds on is missing. */
export function skipped(unit: Unit, problem: string): UnitResult {
  return { outcomes: unit.map(({ seq }) => ({ seq, status: 'skipped', problem })), link: null };
}

/** The changes of a unit as the kind that it holds. @throws TypeError when the unit holds another kind. */
export function changesOf<Kind extends Change['kind']>(
  unit: Unit,
  kind: Kind,
): readonly (ChangeToApply & { readonly change: Extract<Change, { kind: Kind }> })[] {
  return unit.map((entry) => {
    if (!isOfKind(entry, kind))
      throw new TypeError(`A unit of "${kind}" holds a change of the kind "${entry.change.kind}".`);
    return entry;
  });
}

function isOfKind<Kind extends Change['kind']>(
  entry: ChangeToApply,
  kind: Kind,
): entry is ChangeToApply & { readonly change: Extract<Change, { kind: Kind }> } {
  return entry.change.kind === kind;
}
