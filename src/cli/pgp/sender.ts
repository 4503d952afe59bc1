import { parsePublicKey } from '../../formats/pgp/key-pair.js';
import { readCustomer } from '../../store/customers.js';
import { removePgpSender, savePgpSender } from '../../store/pgp-keys.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed, WrongUsage } from '../errors.js';
import { readTextFile } from '../read-file.js';
import type { SenderOptions } from './commands.js';
import { fingerprintWords } from './key-text.js';

/** `pgp sender` */
export async function setSender(context: Context, slug: string, options: SenderOptions): Promise<void> {
  const { key, mustSign = false, none, by } = options;
  if ((key === undefined) === (none !== true))
    throw new WrongUsage('Give either --key FILE or --none. Nothing was changed.');
  const database = await context.database();
  const customer = toCustomerId((await readCustomer(database, slug)).id);
  if (key === undefined) {
    if (!(await removePgpSender(database, customer, by)))
      throw new CommandFailed(`${slug} has no key by which it signs. Nothing was changed.`);
    return context.output.answer({ customer: slug, sender: null }, () => `Signatures are not looked at any more.`);
  }
  const sender = { ...(await parsePublicKey(await readTextFile(key), key)), mustSign };
  await savePgpSender(database, customer, sender, by);
  const { fingerprint } = sender;
  context.output.answer({ customer: slug, sender: { fingerprint, mustSign } }, () => {
    const words = mustSign
      ? 'every message must be signed with it'
      : 'a message that is signed must be signed with it, and one without a signature is taken as well';
    return `The customer signs with ${fingerprintWords(fingerprint)}: ${words}. Compare the fingerprint with the customer, by telephone.`;
  });
}
