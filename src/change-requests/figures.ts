import type { Size } from './classify.js';

/** As much of an ended request as the figure needs. */
export interface Ended {
  readonly status: string;
  readonly size: Size | null;
  readonly kept: boolean | null;
}

export interface Figure {
  readonly done: number;
  readonly kept: number;
  /** 0 to 100, whole; null before the first is done. */
  readonly percent: number | null;
}

/** How many of the requests that were done kept all their promises. Rejected and withdrawn ones promised nothing any more. */
export function figureOf(requests: readonly Ended[], size: Size | null = null): Figure {
  const done = requests.filter((request) => request.status === 'done' && (size === null || request.size === size));
  const kept = done.filter((request) => request.kept === true).length;
  return { done: done.length, kept, percent: done.length === 0 ? null : Math.floor((kept / done.length) * 100) };
}
