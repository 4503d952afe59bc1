import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  PgpDamaged,
  PgpForOtherKey,
  PgpKeyMissing,
  PgpNotEncrypted,
  PgpSignatureRefused,
  PgpWithoutIntegrity,
} from '../../src/formats/errors.js';
import { openContent } from '../../src/formats/open-content.js';
import { makeKeyPair, parsePublicKey, UnusablePgpKey, type KeyPair } from '../../src/formats/pgp/key-pair.js';
import type { PgpKeys } from '../../src/formats/pgp/open-message.js';
import { SourceCutOff } from '../../src/sources/errors.js';
import { fixture, inPieces, opened } from './builders.js';
import { GnuPG } from './gnupg.js';

const CSV = `Id,Name\r\n${Array.from({ length: 20_000 }, (_, id) => `${id},Person ${id}\r\n`).join('')}`;
const SENDER = 'sender@korenaar.example';

let ours: KeyPair;
let former: KeyPair;
let sender: openpgp.PrivateKey;
let keys: PgpKeys;

beforeAll(async () => {
  [ours, former] = await Promise.all([makeKeyPair('ours', 'curve25519'), makeKeyPair('former', 'curve25519')]);
  sender = (await openpgp.generateKey({ userIDs: [{ email: SENDER }], format: 'object' })).privateKey;
  keys = { own: [ours.privateKey, former.privateKey], sender: null };
});

function signedBy(mustSign: boolean): PgpKeys {
  return { ...keys, sender: { publicKey: sender.toPublic().armor(), mustSign } };
}

async function encrypted(
  content: string | Buffer,
  options: Partial<openpgp.EncryptOptions> & { readonly forKey?: string } = {},
): Promise<Buffer> {
  const { forKey = ours.publicKey, ...rest } = options;
  const message = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(content)) });
  const encryptionKeys = await openpgp.readKey({ armoredKey: forKey });
  return Buffer.from(await openpgp.encrypt({ message, encryptionKeys, ...rest, format: 'binary' }));
}

/** The packet of before 2000, which the library still reads, and whose types it does not publish. */
async function withoutIntegrity(text: string): Promise<Buffer> {
  const encryptionKeys = await openpgp.readKey({ armoredKey: ours.publicKey });
  const session = await openpgp.generateSessionKey({ encryptionKeys });
  const head = await openpgp.encryptSessionKey({ ...session, encryptionKeys, format: 'binary' });
  const { packets } = await openpgp.createMessage({ text });
  const data = Object.assign(new openpgp.SymmetricallyEncryptedDataPacket(), { packets });
  const encrypt: unknown = Reflect.get(data, 'encrypt');
  const given = [openpgp.enums.symmetric.aes256, session.data, openpgp.config];
  await (encrypt as (...all: readonly unknown[]) => Promise<void>).apply(data, given);
  const list = new openpgp.PacketList<openpgp.AnyPacket>();
  list.push(data);
  return Buffer.concat([head, list.write()]);
}

describe('feature 20: a PGP message', () => {
  it('is opened with a key of ours, the newest or one of before', async () => {
    expect(await opened(await encrypted(CSV), keys)).toBe(CSV);
    expect(await opened(await encrypted(CSV, { forKey: former.publicKey }), keys)).toBe(CSV);
  });

  it('may hold a workbook, which is opened as well', async () => {
    const message = await encrypted(await fixture('formulas.xlsx'));
    expect(await opened(message, keys)).toBe('Id,Number,Text,Truth,Error\r\n1,4711,ab,TRUE,#N/A\r\n');
  });

  it('that GnuPG made of a workbook of XlsxWriter is opened twice', async () => {
    const own = [(await fixture('throw-away-key.asc')).toString()];
    const csv = await opened(await fixture('people-1900.xlsx.gpg'), { own, sender: null });
    expect(csv).toBe(await opened(await fixture('people-1900.xlsx')));
  });

  it('may be made with AEAD', async () => {
    const message = await encrypted(CSV, { config: { aeadProtect: true } });
    expect(await opened(message, keys)).toBe(CSV);
  });

  it('is refused where no key of ours is at hand, or it is for another one', async () => {
    const message = await encrypted(CSV);
    await expect(opened(message)).rejects.toThrow(PgpKeyMissing);
    await expect(opened(message, { own: [former.privateKey], sender: null })).rejects.toThrow(PgpForOtherKey);
  });

  it('that was changed or cut off anywhere fails at its end, and never before it as a whole', async () => {
    const message = await encrypted(CSV);
    for (const at of [200, message.length >> 1, message.length - 1]) {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(opened(changed, keys), `changed at ${at}`).rejects.toThrow(PgpDamaged);
    }
    for (const length of [200, message.length >> 1, message.length - 1])
      await expect(opened(message.subarray(0, length), keys), `cut at ${length}`).rejects.toThrow(PgpDamaged);
  });

  it('without integrity protection is refused before anything of it is read', async () => {
    const message = await withoutIntegrity(CSV);
    await expect(opened(message, keys)).rejects.toThrow(PgpWithoutIntegrity);
  });

  it('that is only signed, or no message, is refused', async () => {
    const message = await openpgp.createMessage({ text: 'Id\n1\n' });
    const signed: unknown = await openpgp.sign({ message, signingKeys: sender });
    await expect(opened(Buffer.from(String(signed)), keys)).rejects.toThrow(PgpNotEncrypted);
    await expect(opened(Buffer.from(ours.publicKey), keys)).rejects.toThrow(PgpNotEncrypted);
    await expect(opened(await encrypted(await encrypted(CSV)), keys)).rejects.toThrow(PgpNotEncrypted);
    const wordy = await openpgp.createMessage({ text: CSV });
    const byPassword: unknown = await openpgp.encrypt({ message: wordy, passwords: 'x' });
    await expect(opened(Buffer.from(String(byPassword)), keys)).rejects.toThrow('encrypted for a password');
  });

  it('whose delivery breaks off says that it broke off', async () => {
    const message = await encrypted(CSV);
    const broken = Readable.from(
      (async function* () {
        yield await Promise.resolve(message.subarray(0, 50_000));
        throw new SourceCutOff(50_000, message.length, 'the line went dead');
      })(),
      { objectMode: false },
    );
    const read = openContent(broken, () => Promise.resolve(keys)).then(text);
    await expect(read).rejects.toThrow(SourceCutOff);
  });

  it('that was signed by the sender is opened; where a signature is missing or wrong, as was agreed', async () => {
    const [signed, unsigned] = [await encrypted(CSV, { signingKeys: sender }), await encrypted(CSV)];
    const byOther = await encrypted(CSV, {
      signingKeys: await openpgp.readPrivateKey({ armoredKey: former.privateKey }),
    });
    for (const mustSign of [true, false]) {
      expect(await opened(signed, signedBy(mustSign))).toBe(CSV);
      await expect(opened(byOther, signedBy(mustSign))).rejects.toThrow('it is by another key');
    }
    expect(await opened(unsigned, signedBy(false))).toBe(CSV);
    await expect(opened(unsigned, signedBy(true))).rejects.toThrow(PgpSignatureRefused);
    expect(await opened(byOther, keys)).toBe(CSV);
  });

  it('whose signature does not fit the content is refused', async () => {
    const other = await openpgp.createMessage({ text: 'something else' });
    const detached: unknown = await openpgp.sign({ message: other, signingKeys: sender, detached: true });
    const signature = await openpgp.readSignature({ armoredSignature: String(detached) });
    const message = await encrypted(CSV, { signature });
    await expect(opened(message, signedBy(false))).rejects.toThrow('it does not fit the content');
  });

  it('holds back nothing: a message of many megabytes is read on while it is opened', async () => {
    const message = await encrypted(Buffer.alloc(8_000_000, 'Id,Name\r\n1,x\r\n'));
    const source = inPieces(message, 10_000);
    const content = await openContent(source, () => Promise.resolve(keys));
    const first = (await content[Symbol.asyncIterator]().next()) as IteratorResult<Buffer>;
    expect(first.done).toBe(false);
    expect(source.readableEnded).toBe(false);
    content.destroy();
  });
});

describe('a public key of a sender', () => {
  it('is taken as it is exported, with its fingerprint', async () => {
    const { fingerprint } = await parsePublicKey(sender.toPublic().armor(), 'sender.asc');
    expect(fingerprint).toBe(sender.getFingerprint().toUpperCase());
  });

  it('is refused when it is none, or the private one', async () => {
    await expect(parsePublicKey('no key', 'sender.asc')).rejects.toThrow('sender.asc: this is no public key');
    await expect(parsePublicKey(sender.armor(), 'sender.asc')).rejects.toThrow('this is a private key');
    await expect(parsePublicKey(sender.armor(), 'sender.asc')).rejects.toThrow(UnusablePgpKey);
  });
});

if (!GnuPG.isThere)
  console.warn('SKIPPED: GnuPG is not installed, so messages are not tried that it made (apt-get install gnupg).');

describe.skipIf(!GnuPG.isThere)('a PGP message of GnuPG', () => {
  let gpg: GnuPG;
  let rsa: KeyPair;

  beforeAll(async () => {
    gpg = await GnuPG.open();
    rsa = await makeKeyPair('Speakap User Sync (korenaar)', 'rsa4096');
    for (const { publicKey } of [ours, rsa]) gpg.run(publicKey, '--import');
  });
  afterAll(() => gpg.close());

  it('is opened, binary or as text, compressed or not, for a named recipient or a hidden one, by either kind of key', async () => {
    for (const { fingerprint, privateKey } of [ours, rsa]) {
      const own = { own: [privateKey], sender: null };
      const ways = [
        [],
        ['--armor'],
        ['--compress-algo', 'none'],
        ['--compress-algo', 'bzip2'],
        ['--cipher-algo', '3DES'],
      ];
      for (const way of [...ways, ['--hidden-recipient', fingerprint]]) {
        const message = gpg.run(
          CSV,
          ...way,
          '--encrypt',
          ...(way[0]?.startsWith('--hidden') ? [] : ['-r', fingerprint]),
        );
        expect(await opened(message, own), way.join(' ')).toBe(CSV);
        expect(await opened(message, own, 1_000_000), way.join(' ')).toBe(CSV);
      }
    }
  });

  it('is known as signed by GnuPG, and refused when it is by somebody else', async () => {
    const { publicKey } = await parsePublicKey(gpg.makeSender(SENDER), 'sender.asc');
    const message = gpg.run(CSV, '--sign', '--encrypt', '-u', SENDER, '-r', ours.fingerprint);
    expect(await opened(message, { ...keys, sender: { publicKey, mustSign: true } })).toBe(CSV);
    await expect(opened(message, signedBy(true))).rejects.toThrow('it is by another key');
  });

  it('without integrity protection is refused, and one that is only signed', async () => {
    const message = gpg.run(CSV, '--rfc2440', '--encrypt', '-r', ours.fingerprint);
    await expect(opened(message, keys)).rejects.toThrow(PgpWithoutIntegrity);
    gpg.makeSender('other@korenaar.example');
    for (const way of ['--sign', '--clear-sign'])
      await expect(opened(gpg.run(CSV, way, '-u', 'other@korenaar.example'), keys)).rejects.toThrow(PgpNotEncrypted);
  });
});
