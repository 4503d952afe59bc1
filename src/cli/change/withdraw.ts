import type { Withdraw } from '../../change-requests/messages.js';
import { abandonChange } from '../../store/change-proposals.js';
import { ChangeNotUnderWay } from '../../temporal/change-requests.js';
import type { Context } from '../context.js';
import { reachChange, sendTo } from './send.js';

/** `change withdraw`; also of one whose workflow was terminated in Temporal, and whose versions nobody else would retire. */
export async function withdrawChange(context: Context, slug: string, number: number, message: Withdraw): Promise<void> {
  const reached = await reachChange(context, slug, number);
  try {
    await sendTo(context, reached, 'withdraw', message);
  } catch (error) {
    if (!(error instanceof ChangeNotUnderWay) || reached.request.status !== 'open') throw error;
    const retired = await abandonChange(reached.database, reached.request);
    const answer = `Its workflow was ended in Temporal. The request is withdrawn now, and ${retired} versions of it are retired.`;
    context.output.answer({ customer: slug, change: number, message: 'withdraw', ...message, answer }, () => answer);
  }
}
