import { ApplicationFailure } from '@temporalio/workflow';
import type { Activation, RunOrder } from './messages.js';

/** Orders are typed by hand in the Temporal UI as well. @throws ApplicationFailure with what is wrong, and nothing is begun. */
export function checkOrder(order: RunOrder): void {
  const objection = objectionTo(order);
  if (objection === null) return;
  throw ApplicationFailure.nonRetryable(
    `${objection} Nothing was changed. Start it again with one JSON value such as ` +
      '{"customer": "korenaar", "kind": "dry", "requestedBy": "your id"}.',
    'BadOrder',
  );
}

function objectionTo(order: unknown): string | null {
  if (typeof order !== 'object' || order === null) return 'The order of a run is missing.';
  const fields: Partial<Record<keyof RunOrder, unknown>> = order;
  const { customer, kind, requestedBy, delivery, mapping, undo, reconcile, only, asPlanned, activate, limits } = fields;
  if (!isText(customer)) return 'The order of a run does not say for which customer.';
  if (kind !== 'dry' && kind !== 'live') return 'The kind of a run is "dry" or "live".';
  if (!isText(requestedBy)) return 'The order of a run does not say who requests it.';
  if (delivery !== undefined && delivery !== 'newest' && delivery !== 'last')
    return 'The delivery of a run is "newest" or "last".';
  if (activate !== undefined) return objectionToActivation(fields);
  if (limits !== undefined && !(isCount(limits) && Number(limits) <= 100))
    return 'The limits of a run are 1 to 100 percent.';
  if (reconcile !== undefined) return objectionToReconciling(fields);
  if (asPlanned !== undefined) return objectionToRepeating(fields);
  if (only !== undefined) {
    if (!isCount(only)) return 'The pilot of a run is a number that "usersync sync run --xid" issues.';
    if (undo !== undefined || mapping !== undefined)
      return 'A run that is limited to a pilot uses the active mapping, and undoes no other.';
  }
  if (undo !== undefined) {
    if (!isCount(undo)) return 'The run to be undone is named by its number, such as 12.';
    return delivery === undefined && mapping === undefined
      ? null
      : 'A run that undoes another fetches no delivery and takes no other mapping.';
  }
  if (mapping === undefined) return null;
  if (kind !== 'dry') return 'A live run uses the active mapping; only a dry one can be of another version.';
  if (!isCount(mapping)) return 'The mapping of a run is the number of a version, such as 3.';
  return null;
}

function objectionToRepeating({ kind, asPlanned, mapping, undo, only }: Partial<Record<keyof RunOrder, unknown>>) {
  if (kind !== 'live') return 'Only a live run applies what a dry run planned.';
  if (!isCount(asPlanned)) return 'The dry run whose plan is applied is named by its number, such as 12.';
  return [mapping, undo, only].every((field) => field === undefined)
    ? null
    : 'A run that applies the plan of a dry run takes mapping and people from there, and undoes no run.';
}

function objectionToReconciling(order: Partial<Record<keyof RunOrder, unknown>>): string | null {
  const { kind, reconcile, delivery, mapping, undo, only, asPlanned } = order;
  if (reconcile !== 'report' && reconcile !== 'repair') return 'A run reconciles to "report" or to "repair".';
  if ((reconcile === 'report') !== (kind === 'dry'))
    return 'A run that reports what differs in the network is "dry", one that repairs it is "live".';
  return [delivery, mapping, undo, only, asPlanned].every((field) => field === undefined)
    ? null
    : 'A run that compares the network fetches no delivery, takes no other mapping, undoes no run and is about everybody.';
}

function objectionToActivation({
  kind,
  activate,
  mapping,
  undo,
  reconcile,
  only,
}: Partial<Record<keyof RunOrder, unknown>>) {
  if (kind !== 'live') return 'A run that makes a version the active one is "live".';
  if ([mapping, undo, reconcile, only].some((field) => field !== undefined))
    return 'A run that makes a version the active one is about everybody, and does nothing else.';
  const { version, instead, limits }: Partial<Record<keyof Activation, unknown>> =
    typeof activate === 'object' && activate !== null ? activate : {};
  const isWhole = isCount(version) && isCount(instead) && typeof limits === 'object' && limits !== null;
  return isWhole ? null : 'A version becomes the active one by a change request: "usersync change request".';
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= 1_000_000;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 100;
}
