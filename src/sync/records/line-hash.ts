/** Words of 32 bits in a hash: the chance that two lines of all deliveries of all customers ever share one is nil. */
export const HASH_WORDS = 4;

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;

/**
 * MurmurHash3 (x86, 128 bits) of the bytes `from` to `to`, into `out`. `words` is the same memory as the bytes, from the same
 * beginning, and at least twenty bytes longer than `to`. It runs over every byte of a delivery: a call to a cryptographic hash
 * for each line would take longer than Postgres takes for the whole file. It tells lines apart that nobody made to be alike;
 * nothing secret or disputed hangs on it (docs/adr/0032).
 */
export function hashLine(words: Int32Array, from: number, to: number, seed: number, out: Int32Array): void {
  let h1 = seed;
  let h2 = seed;
  let h3 = seed;
  let h4 = seed;
  const length = to - from;
  const whole = length & ~15;
  const shift = (from & 3) << 3;
  let at = from >>> 2;
  for (const end = at + (whole >>> 2); at < end; at += 4) {
    h1 ^= mixed(wordOf(words, at, shift), C1, 15, C2);
    h1 = (Math.imul(rotated(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= mixed(wordOf(words, at + 1, shift), C2, 16, C3);
    h2 = (Math.imul(rotated(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= mixed(wordOf(words, at + 2, shift), C3, 17, C4);
    h3 = (Math.imul(rotated(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= mixed(wordOf(words, at + 3, shift), C4, 18, C1);
    h4 = (Math.imul(rotated(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  const rest = length - whole;
  h4 ^= mixed(partOf(words, at + 3, shift, rest - 12), C4, 18, C1);
  h3 ^= mixed(partOf(words, at + 2, shift, rest - 8), C3, 17, C4);
  h2 ^= mixed(partOf(words, at + 1, shift, rest - 4), C2, 16, C3);
  h1 ^= mixed(partOf(words, at, shift, rest), C1, 15, C2);
  finish(h1 ^ length, h2 ^ length, h3 ^ length, h4 ^ length, out);
}

/** A line begins anywhere, so a word of it is made of two neighbours; a number is never shifted by 32. */
function wordOf(words: Int32Array, at: number, shift: number): number {
  const low = words[at] ?? 0;
  if (shift === 0) return low;
  const high = words[at + 1] ?? 0;
  return (low >>> shift) | (high << (32 - shift));
}

/** The first `bytes` of a word, when that many are left of the line. */
function partOf(words: Int32Array, at: number, shift: number, bytes: number): number {
  if (bytes <= 0) return 0;
  const word = wordOf(words, at, shift);
  return bytes >= 4 ? word : word & ((1 << (bytes << 3)) - 1);
}

function finish(a: number, b: number, c: number, d: number, out: Int32Array): void {
  const sum = (a + b + c + d) | 0;
  const h2 = avalanche((b + sum) | 0);
  const h3 = avalanche((c + sum) | 0);
  const h4 = avalanche((d + sum) | 0);
  const h1 = (avalanche(sum) + h2 + h3 + h4) | 0;
  out[0] = h1;
  out[1] = h2 + h1;
  out[2] = h3 + h1;
  out[3] = h4 + h1;
}

function mixed(word: number, before: number, turn: number, after: number): number {
  return Math.imul(rotated(Math.imul(word, before), turn), after);
}

function rotated(word: number, turn: number): number {
  return (word << turn) | (word >>> (32 - turn));
}

function avalanche(word: number): number {
  const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
