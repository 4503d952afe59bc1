import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, type ConnectionLike } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** Numbers of Temporal's `IndexedValueType`. */
const KEYWORD = 2;
const INT = 3;
const DATETIME = 6;

/** What project managers search and sort by (design, section 5). Never personal data: they are stored as plain text. */
export const SEARCH_ATTRIBUTES: Readonly<Record<string, number>> = {
  Customer: KEYWORD,
  Phase: KEYWORD,
  WaitingOn: KEYWORD,
  Health: KEYWORD,
  Manager: KEYWORD,
  DueDate: DATETIME,
  GoLive: DATETIME,
  Iteration: INT,
  OpenQuestions: INT,
};

/** A closed onboarding must be readable for months; the development server's own default is one day. */
const RETENTION = msToTs('90 days');
const NOT_FOUND = 5;
const KNOWN_WITHIN_MS = 20_000;

/**
 * Brings a namespace to what the workflows need: it exists, keeps closed workflows 90 days, and knows the search
 * attributes. What is there already stays, a longer retention too, so it can be repeated at every start. Answers, in
 * sentences, what it was not allowed to do (Temporal Cloud keeps this for its own console and API).
 */
export async function prepareNamespace(connection: ConnectionLike, namespace: string): Promise<readonly string[]> {
  const names = Object.keys(SEARCH_ATTRIBUTES).join(', ');
  const problems = [
    await unlessRefused(`keep closed workflows for 90 days`, () => keepLong(connection, namespace)),
    await unlessRefused(`register the search attributes ${names}`, () => addSearchAttributes(connection, namespace)),
  ];
  return problems.filter((problem) => problem !== null).map((problem) => `Namespace "${namespace}": ${problem}`);
}

/** null when it was done, else why the service refused it. */
async function unlessRefused(what: string, work: () => Promise<string | null>): Promise<string | null> {
  const reason = await work().catch((error: unknown) => {
    if (isGrpcServiceError(error)) return error.details;
    throw error;
  });
  return reason && `could not ${what} (${reason}). Ask whoever runs this Temporal service to do it.`;
}

/** A namespace that was only now registered takes the service some seconds to be known everywhere. */
async function onceItIsKnown<Result>(ask: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isNotFound(error) || performance.now() > end) throw error;
      await sleep(250);
    }
  }
}

async function keepLong({ workflowService }: ConnectionLike, namespace: string): Promise<string | null> {
  const found = await workflowService.describeNamespace({ namespace }).catch((error: unknown) => {
    if (isNotFound(error)) return null;
    throw error;
  });
  const kept = Number(found?.config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  if (found === null) {
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: RETENTION });
  } else if (kept < Number(RETENTION.seconds)) {
    await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: RETENTION } });
  }
  return null;
}

async function addSearchAttributes({ operatorService }: ConnectionLike, namespace: string): Promise<string | null> {
  const present = await onceItIsKnown(() => operatorService.listSearchAttributes({ namespace }));
  const wrong = Object.entries(SEARCH_ATTRIBUTES).filter(
    ([name, type]) => (present.customAttributes?.[name] ?? type) !== type,
  );
  if (wrong.length > 0) return `of another type there: ${wrong.map(([name]) => name).join(', ')}`;
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => present.customAttributes?.[name] === undefined);
  if (missing.length > 0) {
    await operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) });
  }
  return null;
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && Number(error.code) === NOT_FOUND;
}
