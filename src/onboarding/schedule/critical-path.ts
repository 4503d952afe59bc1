import { addWorkingDays } from '../calendar/working-days.js';
import { daysAfter, type Standing } from './forward-pass.js';
import type { Situation } from './situation.js';
import type { PlannedItem } from './types.js';
import { earlierDate, laterDate } from '../calendar/dates.js';

/** Later than every date: nothing waits for it. */
const NEVER = '9999-12-31';

/** The items that have no day to spare: one more on any of them is one more until go-live. */
export function criticalItems(
  situation: Situation,
  standings: ReadonlyMap<string, Standing>,
  goLive: { readonly item: string; readonly date: string },
): ReadonlySet<string> {
  const latest = new Map([[goLive.item, goLive.date]]);
  for (const item of [...situation.items].reverse()) {
    const finish = latest.get(item.id);
    if (finish === undefined || situation.of(item).doneAt !== null) continue;
    for (const id of item.needs) {
      const last = latestFinish(situation, item, situation.item(id), finish);
      latest.set(id, earlierDate(latest.get(id) ?? NEVER, last));
    }
  }
  const hasNoSlack = ({ id }: PlannedItem): boolean => (standings.get(id)?.finish ?? '') >= (latest.get(id) ?? NEVER);
  return new Set(situation.items.filter(hasNoSlack).map(({ id }) => id));
}

/** How late a need may be finished so that an item is still finished by `last`. */
function latestFinish(situation: Situation, item: PlannedItem, need: PlannedItem, last: string): string {
  const { calendar, plan, movedTo } = situation.of(item);
  const planned = plan.due(need);
  const days = daysAfter(situation, item, planned);
  const pushed = laterDate(planned, days === 0 ? last : addWorkingDays(calendar, last, -days));
  return movedTo === null ? pushed : earlierDate(pushed, last);
}
