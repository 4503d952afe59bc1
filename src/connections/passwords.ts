import { randomInt } from 'node:crypto';
import { openText, seal } from '../secrets/seal.js';
import type { KeyRing, MasterKey } from '../secrets/master-key.js';
import type { CustomerId, Xid } from '../sync/ids.js';

/** Without letters and digits that look alike on paper. */
const ALPHABETS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'] as const;
const LENGTH = 14;

/** Temporary passwords for letters: drawn at random, kept sealed until the letter is delivered. */
export class TemporaryPasswords {
  constructor(
    private readonly key: MasterKey,
    private readonly keys: KeyRing,
  ) {}

  make(customer: CustomerId, xid: Xid): string {
    return this.seal(customer, xid, drawPassword());
  }

  seal(customer: CustomerId, xid: Xid, password: string): string {
    return seal(this.key, password, passwordContext(customer, xid));
  }

  /** @throws WrongKey, Tampered */
  open(customer: CustomerId, xid: Xid, sealed: string): string {
    return openText(this.keys, sealed, passwordContext(customer, xid));
  }
}

/** At least one letter of each case and one digit, as the network asks for (`speakap-user-sync.md`, 9). */
function drawPassword(): string {
  const all = ALPHABETS.join('');
  const letters = Array.from({ length: LENGTH }, (_, index) => draw(ALPHABETS[index] ?? all));
  for (let last = letters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [letters[last], letters[other]] = [letters[other] ?? '', letters[last] ?? ''];
  }
  return letters.join('');
}

function draw(alphabet: string): string {
  return alphabet.charAt(randomInt(alphabet.length));
}

/** Where a temporary password belongs: it opens for no other person. */
export function passwordContext(customer: CustomerId, xid: Xid): string {
  return `password/${customer}/${xid}`;
}
