import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { SourceMoved } from '../sources/api-errors.js';
import { SourceMissing, SourceOutdated } from '../sources/errors.js';
import type { Delivery, Source } from '../sources/source.js';
import { countDue } from '../store/due.js';
import type { Snapshot } from '../store/prisma/client.js';
import { readRun, updateRun } from '../store/runs.js';
import {
  acceptUnchanged,
  carryWaiver,
  hasOtherIds,
  lastAccepted,
  pendingSnapshot,
  saveSnapshot,
  snapshotOfRun,
} from '../store/snapshots.js';
import { wakeMissing } from '../store/waits.js';
import { judgeAge } from '../sync/guards/judge-delivery.js';
import { toCustomerId, type CustomerId } from '../sync/ids.js';
import type { Mapping } from '../sync/mapping/mapping.js';
import { orderedMapping, usableMapping } from './mapping.js';
import type { ActivityParts, KeptDelivery } from './parts.js';
import { ageInDays, noteRejection } from './rejections.js';

export interface FetchRequest {
  readonly runId: number;
  readonly delivery: 'newest' | 'last';
  /** Whether the fetched file is moved to the archive of the account. */
  readonly archive: boolean;
  /** The version whose guards look at the delivery; absent: the active one. */
  readonly mapping?: number | undefined;
}

export interface Fetched {
  readonly snapshotId: number;
  /** False: nothing has to be read, the records are those of the last accepted delivery already. */
  readonly isNew: boolean;
  readonly note: string;
}

interface Kept {
  readonly delivery: Delivery;
  readonly kept: KeptDelivery;
}

export function createFetchActivities(parts: ActivityParts) {
  const { database, sources, deliveries, metrics } = parts;

  /** Fetches and keeps the newest complete delivery. @throws SourceError */
  async function fetchNew(customer: CustomerId, { runId, archive, mapping }: FetchRequest): Promise<Fetched> {
    const source = await sources.open(customer);
    try {
      const { delivery, kept } = await keepNewest(customer, runId, source);
      const { name: fileName, modifiedAt } = delivery;
      const saved = await saveSnapshot(database, { customer, runId, fileName, modifiedAt, ...kept });
      const snapshot = await carryWaiver(database, saved);
      const archived = archive && (await delivery.archive());
      return await compareWithLast(customer, snapshot, mapping, archived ? ', archived' : '');
    } finally {
      await source.close();
    }
  }

  /** What moves while it is read is read once more from the beginning; moving a second time, it needs a person. */
  async function keepNewest(customer: CustomerId, runId: number, source: Source): Promise<Kept> {
    try {
      return await keepOnce(customer, runId, source);
    } catch (error) {
      if (!(error instanceof SourceMoved)) throw error;
      heartbeat('rows moved while they were read; reading once more');
      return keepOnce(customer, runId, source);
    }
  }

  async function keepOnce(customer: CustomerId, runId: number, source: Source): Promise<Kept> {
    const delivery = await source.newest({ onProgress: heartbeat, signal: cancellationSignal() });
    const last = await lastAccepted(database, customer);
    refuseOutdated(delivery, last);
    const opened = await open(customer, delivery);
    return { delivery, kept: await deliveries.keep(customer, runId, opened, keptOf(last)) };
  }

  /**
   * From here on there is only text: two PGP messages, or two workbooks, differ though their rows are the same. A delivery
   * that turns out not to be whole fails while it is kept, and then nothing of it is.
   */
  async function open(customer: CustomerId, delivery: Delivery): Promise<Delivery> {
    const content = await parts.openDelivered(customer, delivery.content);
    return content === delivery.content ? delivery : { ...delivery, content, size: null };
  }

  /** Files that were left behind on other days are none of today's. @throws SourceOutdated */
  function refuseOutdated({ modifiedAt, content }: Delivery, last: Snapshot | null): void {
    if (last === null || modifiedAt >= last.modifiedAt) return;
    content.destroy();
    throw new SourceOutdated(modifiedAt, last.modifiedAt);
  }

  /** A file equal to the last accepted one is a quiet day: nothing of it has to be read. */
  async function compareWithLast(
    customer: CustomerId,
    snapshot: Snapshot,
    version: number | undefined,
    suffix: string,
  ): Promise<Fetched> {
    const snapshotId = snapshot.id;
    const size = `${Number(snapshot.bytes).toLocaleString('en')} bytes`;
    const last = await lastAccepted(database, customer);
    if (last?.sha256 !== snapshot.sha256 || !(await acceptSame(customer, snapshot, last, version))) {
      return { snapshotId, isNew: true, note: `${size}${suffix}` };
    }
    metrics.snapshotAccepted(customer);
    await wakeMissing(database, customer);
    return { snapshotId, isNew: false, note: `${size}, equal to the last accepted delivery${suffix}` };
  }

  /** Answers false when it has to be read all the same. @throws DeliveryRefused */
  async function acceptSame(
    customer: CustomerId,
    snapshot: Snapshot,
    last: Snapshot,
    version: number | undefined,
  ): Promise<boolean> {
    const { mapping } = usableMapping(await orderedMapping(database, customer, version));
    await refuseTooOld(snapshot, mapping);
    const isReadAnew = hasOtherIds(last, mapping.externalId.column);
    return !isReadAnew && acceptUnchanged(database, customer, snapshot.id, last.id);
  }

  /** Equal to the last one and old: whoever delivers has stopped to. @throws DeliveryRefused */
  async function refuseTooOld(snapshot: Snapshot, { guards }: Mapping): Promise<void> {
    if (snapshot.waivedBy !== null || snapshot.status === 'accepted') return;
    const refusal = judgeAge(guards.delivery, ageInDays(snapshot));
    if (refusal === null) return;
    await noteRejection(database, snapshot.id, refusal);
    throw refusal;
  }

  /**
   * The record is kept by the ids of the version that read it. Another version that takes another column as the id, even for a
   * dry run, has it read again; and so has the one of before, afterwards.
   */
  async function isReadAnew(customer: CustomerId, last: Snapshot, version: number | undefined): Promise<boolean> {
    const { mapping } = usableMapping(await orderedMapping(database, customer, version));
    return hasOtherIds(last, mapping.externalId.column);
  }

  /**
   * Without a new delivery: one that was fetched and never taken in is read again. Else the last accepted one is planned
   * again where that was asked for, or where people are still due: what is held or failed stays in sight every day.
   */
  async function fallBack(customer: CustomerId, { delivery, mapping }: FetchRequest, error: unknown): Promise<Fetched> {
    if (!(error instanceof SourceMissing || error instanceof SourceOutdated)) throw error;
    const pending = await pendingSnapshot(database, customer);
    if (pending !== null) {
      const note = `no new delivery; snapshot ${pending.id}, which was not accepted yet, is read again`;
      return { snapshotId: pending.id, isNew: true, note };
    }
    const last = await lastAccepted(database, customer);
    if (last === null || (delivery === 'newest' && (await countDue(database, customer)) === 0)) throw error;
    return {
      snapshotId: last.id,
      isNew: await isReadAnew(customer, last, mapping),
      note: `no new delivery; the last accepted one (snapshot ${last.id}) is planned`,
    };
  }

  return {
    async fetchDelivery(request: FetchRequest): Promise<Fetched> {
      const [run, earlier] = await Promise.all([
        readRun(database, request.runId),
        snapshotOfRun(database, request.runId),
      ]);
      const customer = toCustomerId(run.customerId);
      const fetched = earlier
        ? await compareWithLast(customer, earlier, request.mapping, '')
        : await fetchNew(customer, request).catch((error: unknown) => fallBack(customer, request, error));
      await updateRun(database, request.runId, { snapshotUsed: fetched.snapshotId });
      return fetched;
    },
  };
}

/** null: its file is not there any more, or was kept by an older version. */
function keptOf(last: Snapshot | null): Omit<KeptDelivery, 'bytes'> | null {
  if (last === null || last.file === null || last.marks === null) return null;
  const { file, sha256, marks } = last;
  return { file, sha256, marks };
}
