import { firstPromise } from '../../change-requests/health.js';
import { tell } from '../onboarding/tell.js';
import type { Request } from './request.js';

/** Everybody hears what the request is taken as, and what is promised; again whenever that changes. */
export async function tellFiled(request: Request): Promise<void> {
  const { state, now } = request;
  const { changeRequestId, filed, classification, seq } = state;
  const promise = firstPromise(state, now);
  if (promise === null) return;
  const { size, reason } = classification;
  await tell(request, 'tell of the filing', (mail) =>
    mail.tellFiled({
      ...{ changeRequestId, filedBy: filed.by, size, reason, count: seq },
      ...{ promised: promise.words, dueAt: promise.dueAt },
    }),
  );
}
