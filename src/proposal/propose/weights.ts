import type { NameReading } from '../names/read-name.js';
import type { Fit } from './fits.js';

/** How sure a reading of a name is. With cells that agree only a whole one comes to a high confidence. */
export const CERTAINTY: Readonly<Record<NameReading['certainty'], number>> = {
  whole: 0.97,
  guessed: 0.8,
  partly: 0.66,
  mixed: 0.34,
};

/** Cells outvote the name. */
export const VERDICT: Readonly<Record<Fit['verdict'], number>> = { agrees: 1, silent: 0.83, contradicts: 0.2 };

/** Of a name that stands twice in the header nobody knows which column is meant. */
export const DOUBLED = 0.5;

/** A candidate that comes so near to the best is its rival: then no choice between them is certain. */
export const RIVALRY = 0.12;
export const AMONG_RIVALS = 0.78;

/** A weaker candidate is not chosen, only named. */
export const LEAST_CHOSEN = 0.3;
export const MOST_ALTERNATIVES = 3;
