import type { ReleaseOptions } from '../../release/types.js';
import type { Release } from '../../store/releases.js';

/** Which release an activity is about. */
export interface ReleaseRequest {
  readonly customer: string;
  readonly number: number;
}

/** A release cannot go on as it is. The sentence says what to do. */
export class ReleaseRefused extends Error {
  override readonly name = 'ReleaseRefused';
  constructor(sentence: string) {
    super(`${sentence} Nothing was changed.`);
  }
}

/** As `release plan` wrote them down. */
export function optionsOf({ options }: Pick<Release, 'options'>): ReleaseOptions {
  return options as unknown as ReleaseOptions;
}
