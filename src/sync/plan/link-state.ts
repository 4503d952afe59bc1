import type { PersonState } from '../person.js';

/** What a link holds: the account's state and what the sync last wrote there. */
export interface LinkState {
  readonly state: 'active' | 'suspended';
  readonly written: PersonState;
  /** Whether somebody was told how to log in: an invitation or a letter. */
  readonly invited: boolean;
}
