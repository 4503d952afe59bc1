import { createHash } from 'node:crypto';

/** Who belongs to a wave. A person belongs to the first one that fits. */
export type WaveWish =
  | { readonly kind: 'unit'; readonly units: readonly string[] }
  | { readonly kind: 'people'; readonly xids: readonly string[] }
  /** Percent of everybody, the same people each time. */
  | { readonly kind: 'share'; readonly percent: number };

export interface NamedWish {
  readonly name: string;
  readonly whom: WaveWish;
}

/** A person as waves see them. */
export interface Placed {
  readonly xid: string;
  /** Names of the business units that the mapping puts the person into. */
  readonly units: readonly string[];
}

/** Waves that cannot be made as they were asked for. */
export class UnusableWaves extends Error {
  override readonly name = 'UnusableWaves';
  constructor(reason: string) {
    super(`The waves cannot be made: ${reason} Nothing was planned.`);
  }
}

/** The wave of whoever no other one is for. */
export const EVERYBODY_ELSE = 'everybody else';

/**
 * Puts people into waves one by one: each into exactly one, the last of which is for whoever no other one fits. The same
 * person comes into the same wave whatever the order.
 */
export class Waves {
  readonly #wishes: readonly { readonly fits: (person: Placed, place: () => number) => boolean }[];
  readonly #members: string[][];
  readonly #names: readonly string[];

  /** @throws UnusableWaves */
  constructor(wishes: readonly NamedWish[]) {
    refuseUnusable(wishes);
    let before = 0;
    this.#wishes = wishes.map(({ whom }) => {
      if (whom.kind === 'unit') {
        const units = new Set(whom.units);
        return { fits: ({ units: mine }) => mine.some((unit) => units.has(unit)) };
      }
      if (whom.kind === 'people') {
        const xids = new Set(whom.xids);
        return { fits: ({ xid }) => xids.has(xid) };
      }
      // Whoever stands below is in an earlier wave already.
      const end = (before += whom.percent);
      return { fits: (_, place) => place() < end };
    });
    this.#names = [...wishes.map(({ name }) => name), EVERYBODY_ELSE];
    this.#members = this.#names.map(() => []);
  }

  add(person: Placed): void {
    const place = () => placeOf(person.xid);
    const found = this.#wishes.findIndex(({ fits }) => fits(person, place));
    this.#members[found === -1 ? this.#wishes.length : found]?.push(person.xid);
  }

  /** Those that somebody is in, in their order. */
  result(): readonly { readonly name: string; readonly xids: readonly string[] }[] {
    return this.#names
      .map((name, index) => ({ name, xids: this.#members[index] ?? [] }))
      .filter(({ xids }) => xids.length > 0);
  }
}

/** Cuts a wave into parts of `most` people at most, all about equally large. */
export function partsOf(xids: readonly string[], most: number): readonly (readonly string[])[] {
  const parts = Math.max(1, Math.ceil(xids.length / most));
  const size = Math.ceil(xids.length / parts);
  return Array.from({ length: parts }, (_, index) => xids.slice(index * size, (index + 1) * size)).filter(
    (part) => part.length > 0,
  );
}

/** Where a person stands among all, from 0 to below 100, by nothing but their id. */
function placeOf(xid: string): number {
  const hash = createHash('sha256').update(`wave/${xid}`).digest();
  return (hash.readUInt32BE(0) / 2 ** 32) * 100;
}

function refuseUnusable(wishes: readonly NamedWish[]): void {
  const names = wishes.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UnusableWaves(`two of them are called "${twice}".`);
  const shares = wishes.flatMap(({ whom }) => (whom.kind === 'share' ? [whom.percent] : []));
  if (shares.some((percent) => !(percent > 0 && percent <= 100))) {
    throw new UnusableWaves('a share is more than 0 and at most 100 percent.');
  }
  if (shares.reduce((sum, percent) => sum + percent, 0) > 100) {
    throw new UnusableWaves('their shares are more than 100 percent together.');
  }
}
