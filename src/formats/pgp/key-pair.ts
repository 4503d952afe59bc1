import { generateKey, readKey, type PublicKey } from 'openpgp';

/** `curve25519` is small and quick; `rsa4096` is for senders whose program is from before 2015. */
export type KeyKind = 'curve25519' | 'rsa4096';

/** A key pair that customers encrypt for. */
export interface KeyPair {
  /** 40 hexadecimal digits, in capitals. */
  readonly fingerprint: string;
  /** Armoured, to give out. */
  readonly publicKey: string;
  /** Armoured and without a passphrase: to be sealed at once. */
  readonly privateKey: string;
}

/** Draws a key pair that does not expire. `name` is what the sender's program shows. */
export async function makeKeyPair(name: string, kind: KeyKind): Promise<KeyPair> {
  // A key of version 4: GnuPG 2.4 and most programs of senders know no other.
  const algorithm =
    kind === 'rsa4096'
      ? ({ type: 'rsa', rsaBits: 4096 } as const)
      : ({ type: 'ecc', curve: 'curve25519Legacy' } as const);
  const { publicKey, privateKey } = await generateKey({ ...algorithm, userIDs: [{ name }], format: 'armored' });
  return { fingerprint: fingerprintOf(await readKey({ armoredKey: publicKey })), publicKey, privateKey };
}

/** The file is no public key of OpenPGP. */
export class UnusablePgpKey extends Error {
  override readonly name = 'UnusablePgpKey';
  constructor(file: string, what: string) {
    super(
      `${file}: ${what}. Nothing was changed. Ask the customer for its public key, as "gpg --armor --export" writes it.`,
    );
  }
}

/** Looks at a public key, armoured; answers it in one form with its fingerprint. @throws UnusablePgpKey; `file` is named in it */
export async function parsePublicKey(armoredKey: string, file: string): Promise<Omit<KeyPair, 'privateKey'>> {
  const key = await readKey({ armoredKey }).catch(() => {
    throw new UnusablePgpKey(file, 'this is no public key of OpenPGP');
  });
  if (key.isPrivate()) throw new UnusablePgpKey(file, 'this is a private key, which the customer must keep to itself');
  await key.getSigningKey().catch(() => {
    throw new UnusablePgpKey(
      file,
      'nothing can be signed with this key: it is for something else, was revoked, or has expired',
    );
  });
  return { fingerprint: fingerprintOf(key), publicKey: key.armor() };
}

function fingerprintOf(key: PublicKey): string {
  return key.getFingerprint().toUpperCase();
}
