import { latestRelease } from '../../store/releases.js';
import { sayToRelease } from '../../temporal/releases.js';
import type { ReleaseMessageName } from '../../workflows/release/messages.js';
import type { Context } from '../context.js';
import type { SayOptions } from './commands.js';

/** `release approve`, `check`, `pause`, `resume`, `stop` and `accept` */
export async function sayToReleaseOf(
  context: Context,
  slug: string,
  name: ReleaseMessageName,
  { by, plan, code, item, comment }: SayOptions,
): Promise<void> {
  const { number } = await latestRelease(await context.database(), slug);
  const answer = await sayToRelease(await context.temporal(), slug, number, name, {
    ...{ by, release: number },
    ...(plan === undefined ? {} : { plan }),
    ...(code === undefined ? {} : { code }),
    ...(item === undefined ? {} : { item }),
    ...(comment === undefined ? {} : { comment }),
  });
  context.output.answer({ customer: slug, release: number, answer }, () => answer);
}
