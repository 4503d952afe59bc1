import { renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { findPgpSender, listPgpKeys } from '../../store/pgp-keys.js';
import type { Context } from '../context.js';
import { writeText } from '../onboarding/write-text.js';
import { fingerprintWords } from './key-text.js';

/** `pgp show` */
export async function showKeys(context: Context, slug: string, out: string | undefined): Promise<void> {
  const { output } = context;
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const keys = await listPgpKeys(database, slug);
  const sender = await findPgpSender(database, slug);
  const [newest] = keys;
  if (out !== undefined && newest !== undefined) await writeText(output, newest.publicKey, out);
  const shown = {
    customer: slug,
    publicKey: newest?.publicKey ?? null,
    keys: keys.map(({ fingerprint, kind, createdAt, createdBy }) => ({ fingerprint, kind, createdAt, createdBy })),
    sender: sender && { fingerprint: sender.fingerprint, mustSign: sender.mustSign },
  };
  output.answer(shown, () => {
    if (newest === undefined) return `There is no PGP key of ours for ${slug}. "usersync pgp make ${slug}" makes one.`;
    const rows = keys.map(({ fingerprint, kind, createdAt, createdBy }, index) => [
      ...[fingerprintWords(fingerprint), kind, instantWords(createdAt, timeZone), createdBy],
      index === 0 ? 'to give out' : 'opens messages as well',
    ]);
    const table = renderTable({ head: ['fingerprint', 'kind', `made (${timeZone})`, 'by', ''] }, rows, output.paint);
    return [table, senderWords(shown.sender), ...(out === undefined ? ['', newest.publicKey.trimEnd()] : [])].join(
      '\n',
    );
  });
}

function senderWords(sender: { readonly fingerprint: string; readonly mustSign: boolean } | null): string {
  if (sender === null) return 'Signatures are not looked at.';
  const must = sender.mustSign ? 'every message must be signed' : 'a message without a signature is taken as well';
  return `The customer signs with ${fingerprintWords(sender.fingerprint)}; ${must}.`;
}
