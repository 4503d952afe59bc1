import { createCipheriv } from 'node:crypto';
import type { Keyed } from './keyed.js';

const ROUNDS = 10;

/** Up to here the round functions are tables, made once; beyond they are computed for each number. */
export const LARGEST_TABLED = 2 ** 34;

/** One way through all numbers below a size, in an order that the key decides (`docs/adr/0040`). */
export interface Cycle<Rank extends number | bigint> {
  /** The next number on the way. Never the same number, no two numbers have the same next one, and one way leads through all. */
  next(rank: Rank): Rank;
}

/**
 * A Feistel network over two halves `left * width + right`, of which each round moves one by a keyed function of the
 * other; what falls outside of the size walks on. `next` is one step behind the permutation: E⁻¹(E(x) + 1), a single cycle.
 */
export class TabledCycle implements Cycle<number> {
  private readonly height: number;
  private readonly width: number;
  private readonly tables: readonly Uint32Array[];

  /** @param size 2 up to `LARGEST_TABLED` */
  constructor(
    private readonly size: number,
    keyed: Keyed,
    name: string,
  ) {
    this.height = Math.ceil(Math.sqrt(size));
    this.width = Math.ceil(size / this.height);
    const cipher = createCipheriv('aes-256-ctr', keyed.bytes('permutation', name, String(size)), Buffer.alloc(16));
    this.tables = Array.from({ length: ROUNDS }, (_, round) => {
      const [entries, modulus] = round % 2 === 0 ? [this.width, this.height] : [this.height, this.width];
      const bytes = cipher.update(Buffer.alloc(entries * 6));
      return Uint32Array.from({ length: entries }, (_, index) => bytes.readUIntBE(index * 6, 6) % modulus);
    });
  }

  next(rank: number): number {
    return this.decipher((this.encipher(rank) + 1) % this.size);
  }

  private encipher(rank: number): number {
    let result = rank;
    do result = this.forth(result);
    while (result >= this.size);
    return result;
  }

  private decipher(rank: number): number {
    let result = rank;
    do result = this.back(result);
    while (result >= this.size);
    return result;
  }

  private forth(rank: number): number {
    let left = Math.floor(rank / this.width);
    let right = rank % this.width;
    for (let round = 0; round < ROUNDS; round += 1) {
      const table = this.tables[round];
      if (round % 2 === 0) left = (left + (table?.[right] ?? 0)) % this.height;
      else right = (right + (table?.[left] ?? 0)) % this.width;
    }
    return left * this.width + right;
  }

  private back(rank: number): number {
    let left = Math.floor(rank / this.width);
    let right = rank % this.width;
    for (let round = ROUNDS - 1; round >= 0; round -= 1) {
      const table = this.tables[round];
      if (round % 2 === 0) left = (left + this.height - (table?.[right] ?? 0)) % this.height;
      else right = (right + this.width - (table?.[left] ?? 0)) % this.width;
    }
    return left * this.width + right;
  }
}

/** The same for sizes of any length, such as those of UUIDs: each round asks the key. */
export class LargeCycle implements Cycle<bigint> {
  private readonly half: bigint;

  constructor(
    private readonly size: bigint,
    private readonly keyed: Keyed,
    private readonly name: string,
  ) {
    this.half = squareRootAbove(size);
  }

  next(rank: bigint): bigint {
    return this.walk((this.walk(rank, forth) + 1n) % this.size, back);
  }

  private walk(rank: bigint, rounds: typeof forth): bigint {
    let result = rank;
    do {
      const [left, right] = rounds(result / this.half, result % this.half, this.half, this.moved);
      result = left * this.half + right;
    } while (result >= this.size);
    return result;
  }

  private readonly moved = (round: number, other: bigint): bigint =>
    BigInt(`0x${this.keyed.bytes('large', this.name, String(round), other.toString(36)).toString('hex')}`) % this.half;
}

type Moved = (round: number, other: bigint) => bigint;

function forth(left: bigint, right: bigint, half: bigint, moved: Moved): readonly [bigint, bigint] {
  let [one, other] = [left, right];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 2 === 0) one = (one + moved(round, other)) % half;
    else other = (other + moved(round, one)) % half;
  }
  return [one, other];
}

function back(left: bigint, right: bigint, half: bigint, moved: Moved): readonly [bigint, bigint] {
  let [one, other] = [left, right];
  for (let round = ROUNDS - 1; round >= 0; round -= 1) {
    if (round % 2 === 0) one = (one + half - moved(round, other)) % half;
    else other = (other + half - moved(round, one)) % half;
  }
  return [one, other];
}

function squareRootAbove(size: bigint): bigint {
  let root = 1n;
  while (root * root < size) root *= 2n;
  for (let step = root / 2n; step > 0n; step /= 2n) if ((root - step) * (root - step) >= size) root -= step;
  return root;
}
