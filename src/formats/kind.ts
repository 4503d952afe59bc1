/** What has to be opened before it can be read as text. */
export type Kind = 'zip' | 'old office' | 'pgp' | 'pgp text' | 'other pgp text' | 'other';

/** So many bytes tell the kind. */
export const BYTES_OF_KIND = 64;

/** Kinds of OpenPGP packets that a message can begin with (RFC 9580, 5). PKESK and SKESK hold a session key for a key or a password. */
const PKESK = 1;
const SIGNATURE = 2;
const SKESK = 3;
const ONE_PASS_SIGNATURE = 4;
const COMPRESSED = 8;
const MARKER = 10;
const PROTECTED = 18;
const AEAD = 20;

/** Of these packets, the versions or algorithms that stand in the first byte. */
const VERSIONS: ReadonlyMap<number, readonly number[]> = new Map([
  [PKESK, [2, 3, 6]],
  [SIGNATURE, [3, 4, 5, 6]],
  [SKESK, [4, 5, 6]],
  [ONE_PASS_SIGNATURE, [3, 6]],
  [COMPRESSED, [1, 2, 3]],
  [PROTECTED, [1, 2]],
  [AEAD, [1]],
]);

/** Tells a file by its first bytes: names of files are the customer's, and often wrong. */
export function kindOf(start: Buffer): Kind {
  if (start.subarray(0, 4).equals(ZIP) || start.subarray(0, 4).equals(EMPTY_ZIP)) return 'zip';
  if (start.subarray(0, 4).equals(OLD_OFFICE)) return 'old office';
  const armour = /^(?:\u00ef\u00bb\u00bf)?\s*-----BEGIN PGP ([A-Z ]+)/.exec(start.toString('latin1'))?.[1];
  if (armour !== undefined) return armour === 'MESSAGE' ? 'pgp text' : 'other pgp text';
  return beginsPacket(start) ? 'pgp' : 'other';
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
/** A zip file without an entry is its directory alone. */
const EMPTY_ZIP = Buffer.from('PK\x05\x06', 'latin1');
const OLD_OFFICE = Buffer.from('d0cf11e0', 'hex');

/**
 * Whether the first bytes are an OpenPGP packet (RFC 9580, 4.2). A letter outside ASCII begins as one does, so the version
 * decides, which no text can have: it is a control character.
 */
function beginsPacket(start: Buffer): boolean {
  const first = start[0] ?? 0;
  if ((first & 0x80) === 0) return false;
  const isNew = (first & 0x40) !== 0;
  // No packet is empty, and every second byte of UTF-16 is.
  if (isNew && start[1] === 0) return false;
  const tag = isNew ? first & 0x3f : (first >> 2) & 0x0f;
  const header = 1 + (isNew ? newLengthBytes(start[1] ?? 0) : ([1, 2, 4, 0][first & 3] ?? 0));
  if (tag === MARKER) return start.subarray(header, header + 3).toString('latin1') === 'PGP';
  return VERSIONS.get(tag)?.includes(start[header] ?? -1) ?? false;
}

function newLengthBytes(first: number): number {
  if (first < 192 || first >= 224) return first === 255 ? 5 : 1;
  return 2;
}
