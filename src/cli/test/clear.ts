import { readTest, updateTest } from '../../store/tests.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { userName } from '../user-name.js';

/** `test clear`: what a person removed is not looked for any more; everything else is proven as before by the next sweep. */
export async function clearTest(context: Context, slug: string, number: number, comment: string): Promise<void> {
  const database = await context.database();
  const test = await readTest(database, slug, number);
  if (test.tornDownAt !== null)
    throw new CommandFailed(`Everything of test ${number} of ${slug} is removed already. Nothing was changed.`);
  if (test.endedAt === null) {
    throw new CommandFailed(
      `Test ${number} of ${slug} is under way. Nothing was changed. "usersync test stop ${slug} ${number}" ends it.`,
    );
  }
  const approvals = Array.isArray(test.approvals) ? test.approvals : [];
  const note = { by: userName(context.env), what: 'removed by hand', comment, at: new Date().toISOString() };
  const census =
    typeof test.census === 'object' && test.census !== null ? { ...test.census, outside: [] } : { outside: [] };
  await updateTest(database, test, {
    ...{ approvals: [...approvals, note], census, leftOver: null },
    ...(test.copyEid === null ? { copyName: null } : {}),
  });
  const answer = `Noted. The worker looks again within ten minutes, and proves that nothing of test ${number} is left.`;
  context.output.answer({ customer: slug, test: number, answer }, () => answer);
}
