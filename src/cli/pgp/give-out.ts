import type { GivenOutKey } from '../../connections/pgp.js';
import type { Context } from '../context.js';
import { writeText } from '../onboarding/write-text.js';
import { fingerprintWords } from './key-text.js';

/** Shows a public key, or writes it to a file, with its fingerprint to compare by another way. */
export async function giveOut(
  { output }: Context,
  answer: GivenOutKey & { readonly customer: string },
  out: string | undefined,
): Promise<void> {
  if (out !== undefined) await writeText(output, answer.publicKey, out);
  const words =
    `Fingerprint ${fingerprintWords(answer.fingerprint)}. Give the key to the customer, and the fingerprint by another way, ` +
    'by telephone: who encrypts for a wrong key encrypts for somebody else.';
  output.answer(answer, () => (out === undefined ? `${words}\n\n${answer.publicKey.trimEnd()}` : words));
}
