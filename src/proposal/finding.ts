/** `wrong`: it cannot be used so. `look`: somebody should look at it. `good`: checked, and in order. */
export type Level = 'wrong' | 'look' | 'good';

/** One thing that a check found, in a sentence for the customer. Never holds a cell. */
export interface Finding {
  readonly level: Level;
  /** The column that it is about; null when it is about the file. */
  readonly column: string | null;
  readonly text: string;
}
