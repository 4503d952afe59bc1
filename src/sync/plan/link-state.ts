import type { PersonState } from '../person.js';

/** What a link holds: the account's state and what the sync last wrote there. */
export interface LinkState {
  readonly state: 'active' | 'suspended';
  readonly written: PersonState;
  /** Somebody invited once is not invited again, also not when they come back. */
  readonly invited: boolean;
}
