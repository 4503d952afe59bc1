import { deliverablesFor } from '../../onboarding/deliverables.js';
import type { Schedule } from '../../onboarding/schedule/types.js';
import { renderGanttSvg } from '../../report/gantt/svg.js';
import { renderGanttText } from '../../report/gantt/text.js';
import { plain } from '../../report/paint.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import type { Output } from '../output.js';
import type { GanttOptions } from './commands.js';
import { readWholeOnboarding, type WholeOnboarding } from './read-onboarding.js';
import { writeText } from './write-text.js';

/** `onboarding gantt` */
export async function drawGantt(context: Context, slug: string, { format, out }: GanttOptions): Promise<void> {
  const whole = await readWholeOnboarding(await context.database(), slug, 1);
  const { schedule, items } = planOf(whole);
  const { output } = context;
  if (output.json) {
    output.answer({ customer: slug, schedule }, () => '');
    return;
  }
  const drawing =
    format === 'svg'
      ? renderGanttSvg(schedule, items, { title: titleOf(whole) })
      : ganttText(whole, output, out === undefined);
  await writeText(output, drawing, out ?? null);
}

/** For the terminal; colours stay out of a file. */
export function ganttText(whole: WholeOnboarding, { paint, width }: Output, isTerminal = true): string {
  const { schedule, items } = planOf(whole);
  const options = { title: titleOf(whole), width: Math.min(width, 160), paint: isTerminal ? paint : plain };
  return renderGanttText(schedule, items, options);
}

function titleOf({ customer, onboarding }: WholeOnboarding): string {
  return `${customer.name}: implementation ${onboarding.number}`;
}

/** @throws CommandFailed before the dates are planned. */
function planOf({ view, customer }: WholeOnboarding): {
  readonly schedule: Schedule;
  readonly items: ReturnType<typeof deliverablesFor>;
} {
  const schedule = view?.schedule ?? null;
  if (view !== null && schedule !== null) return { schedule, items: deliverablesFor(view.source) };
  throw new CommandFailed(
    `The implementation of ${customer.slug} has only just begun: its dates are not planned yet. Try again in a moment.`,
  );
}
