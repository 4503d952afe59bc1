import type { Withdraw } from '../../change-requests/messages.js';
import { abandonChange } from '../../store/change-proposals.js';
import type { ChangeRequest } from '../../store/prisma/client.js';
import { ChangeNotUnderWay } from '../../temporal/change-requests.js';
import type { Context } from '../context.js';
import { DecisionRefused } from '../../temporal/runs.js';
import { stopTest } from '../../temporal/tests.js';
import { changeViewOf } from '../../store/change-requests.js';
import { reachChange, sendTo } from './send.js';

/** `change withdraw`; also of one whose workflow was terminated in Temporal, and whose versions nobody else would retire. */
export async function withdrawChange(context: Context, slug: string, number: number, message: Withdraw): Promise<void> {
  const reached = await reachChange(context, slug, number);
  try {
    await sendTo(context, reached, 'withdraw', message);
  } catch (error) {
    if (!(error instanceof ChangeNotUnderWay) || reached.request.status !== 'open') throw error;
    const retired = await abandonChange(reached.database, reached.request);
    const test = await stopItsTest(context, slug, reached.request);
    const answer = `Its workflow was ended in Temporal. The request is withdrawn now, and ${retired} versions of it are retired.${test}`;
    context.output.answer({ customer: slug, change: number, message: 'withdraw', ...message, answer }, () => answer);
  }
}

/** Answers a sentence about it; nothing where no test was under way. */
async function stopItsTest(context: Context, slug: string, request: ChangeRequest): Promise<string> {
  const number = changeViewOf(request)?.testing?.number;
  if (number === undefined) return '';
  try {
    await stopTest(await context.temporal(), slug, number, `change ${request.number}`);
    return ` Its test ${number} ends, and removes itself.`;
  } catch (error) {
    if (error instanceof DecisionRefused) return '';
    throw error;
  }
}
