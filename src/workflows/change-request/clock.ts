import { waitsForCustomer } from '../../change-requests/health.js';
import { clockNews, isPaused, keepPause, nextClockMoment, type ClockNews } from '../../change-requests/promise.js';
import { quick } from '../onboarding/activities.js';
import { tell } from '../onboarding/tell.js';
import type { Request } from './request.js';

/** An instant at which somebody has to look again, in the time of the request's clock. */
export interface Moment {
  readonly at: string;
  readonly summary: string;
}

/** Pauses and resumes the clock, warns and tells of a breach, each once. Answers when to look again; null: only when something happens. */
export async function keepClock(request: Request): Promise<Moment | null> {
  const { state, now } = request;
  const waits = waitsForCustomer(state);
  const turned = keepPause(state.pauses, waits, now);
  if (turned === 'paused') request.noteQuietly('the clock stands still', null, `It waits for ${waits}.`);
  if (turned === 'resumed') request.noteQuietly('the clock goes on', null, null);
  for (const news of clockNews(state, now)) await tellClock(request, news);
  if (isPaused(state)) return remindCustomer(request, waits ?? 'the customer');
  return nextClockMoment(state, request.now);
}

async function tellClock(request: Request, { key, kind, promise }: ClockNews): Promise<void> {
  const { state } = request;
  const { changeRequestId, step } = state;
  state.told.push(key);
  if (kind === 'breach') state.broken.push({ promise: promise.promise, at: request.now });
  const what = kind === 'breach' ? 'the promise is broken' : 'three quarters of the time are over';
  request.noteQuietly(what, promise.promise, `${promise.words}, until ${promise.dueAt}.`);
  await tell(request, `${what}: ${promise.words}`, (mail) =>
    mail.tellClock({ changeRequestId, key, kind, promised: promise.words, dueAt: promise.dueAt, step }),
  );
}

/** Who is waited for is reminded once, and if that does not help the project manager is told. */
async function remindCustomer(request: Request, waits: string): Promise<Moment | null> {
  const { state } = request;
  const since = state.pauses.at(-1)?.from ?? request.now;
  const { remindAt, escalateAt } = await quick.planWait({ from: since, timeZone: state.timeZone });
  const steps = [
    { at: remindAt, to: 'customer', key: `waits/${since}/reminder`, summary: `remind the customer of ${waits}` },
    {
      at: escalateAt,
      to: 'manager',
      key: `waits/${since}/escalation`,
      summary: 'tell the project manager that nobody answers',
    },
  ] as const;
  for (const { at, to, key, summary } of steps) {
    if (state.told.includes(key)) continue;
    if (at > request.now) return { at, summary };
    state.told.push(key);
    request.noteQuietly(to === 'customer' ? 'reminder to the customer' : 'escalation to the manager', null, waits);
    const { changeRequestId, filed } = state;
    await tell(request, summary, (mail) =>
      mail.tellWait({ changeRequestId, key, to, waits, filedBy: filed.by, since }),
    );
  }
  return null;
}
