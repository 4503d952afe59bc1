import { latestRelease } from '../../store/releases.js';
import { startRelease } from '../../temporal/releases.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';

/** `release start`: the release that was planned last begins with its checklist. */
export async function startReleaseOf(context: Context, slug: string): Promise<void> {
  const { number, status, goLiveAt } = await latestRelease(await context.database(), slug);
  if (status !== 'planned') {
    throw new CommandFailed(
      `Release ${number} of ${slug} is ${status}, so there is none to begin. "usersync release plan ${slug}" plans one. Nothing was changed.`,
    );
  }
  if (goLiveAt !== null && goLiveAt.getTime() <= Date.now()) {
    throw new CommandFailed(
      `The go-live of release ${number} of ${slug} is in the past. Plan another one: usersync release plan ${slug} --go-live MOMENT. Nothing was changed.`,
    );
  }
  const { workflowId } = await startRelease(await context.temporal(), context.config.taskQueue, {
    customer: slug,
    number,
  });
  context.output.answer(
    { customer: slug, release: number, workflowId },
    () => `Release ${number} of ${slug} is begun: "usersync release show ${slug}" shows its checklist, then its plan.`,
  );
}
