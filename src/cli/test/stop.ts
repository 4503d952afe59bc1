import { readTest } from '../../store/tests.js';
import { stopTest } from '../../temporal/tests.js';
import type { Context } from '../context.js';
import { userName } from '../user-name.js';

/** `test stop` */
export async function stopTestOf(context: Context, slug: string, number: number): Promise<void> {
  await readTest(await context.database(), slug, number);
  await stopTest(await context.temporal(), slug, number, userName(context.env));
  const answer = `Test ${number} of ${slug} ends, and everything of it is removed: "usersync test show ${slug} ${number}".`;
  context.output.answer({ customer: slug, test: number, answer }, () => answer);
}
