import { readTest } from '../../store/tests.js';
import { decideTest } from '../../temporal/tests.js';
import type { Context } from '../context.js';
import { WrongUsage } from '../errors.js';
import type { DecideOptions } from './commands.js';

/** `test approve` and `test reject` */
export async function decideAboutTest(
  context: Context,
  slug: string,
  number: number,
  verb: 'approve' | 'reject',
  { by, code, comment, accept = [] }: DecideOptions,
): Promise<void> {
  if (verb === 'reject' && comment === undefined) throw new WrongUsage('A rejection says why: add --comment.');
  await readTest(await context.database(), slug, number);
  const decision = {
    ...{ by, test: number },
    ...(code === undefined ? {} : { code }),
    ...(comment === undefined ? {} : { comment }),
    ...(accept.length === 0 ? {} : { accept }),
  };
  const answer = await decideTest(await context.temporal(), slug, number, decision, verb === 'approve');
  context.output.answer({ customer: slug, test: number, answer }, () => answer);
}
