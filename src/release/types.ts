/** Changes by kind: `{"create": 40, "join": 80}`. */
export type KindCounts = Readonly<Record<string, number>>;

/** How far a fresh plan may be from the approved one, kind by kind. */
export interface Tolerance {
  /** Of the approved changes, 0 to 100. */
  readonly percent: number;
  /** So many changes more or less are never asked about. */
  readonly floor: number;
}

/** How a release goes, as it was agreed on. */
export interface ReleaseOptions {
  readonly tolerance: Tolerance;
  /** The hours of the customer's day in which a wave may begin, `08:00` and `19:00`. */
  readonly day: { readonly from: string; readonly until: string };
  /** People whose changes are begun in one hour at most; larger waves are cut into parts. */
  readonly perHour: number;
  /** Minutes between two waves. */
  readonly pauseMinutes: number;
  /** Whether both sides approve before each wave after the first. */
  readonly approveBetween: boolean;
  /** The first daily runs that are watched. */
  readonly watchRuns: number;
  /** Percent of the usual limits that hold as long as they are watched. */
  readonly watchLimits: number;
}

/** What a plan of a part is held to. */
export interface PartCounts {
  /** Who has a change. */
  readonly people: number;
  readonly kinds: KindCounts;
}

/** A part of a wave, as the workflow knows it. */
export interface WavePart {
  readonly wave: number;
  readonly part: number;
  readonly parts: number;
  readonly name: string;
  readonly people: number;
  /** Id of its pilot. */
  readonly only: number;
}

export const USUAL: ReleaseOptions = {
  tolerance: { percent: 5, floor: 5 },
  day: { from: '08:00', until: '19:00' },
  perHour: 2_000,
  pauseMinutes: 0,
  approveBetween: false,
  watchRuns: 3,
  watchLimits: 50,
};
