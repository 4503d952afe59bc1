import type { Context } from '../context.js';
import type { ShowOptions } from './commands.js';
import { ganttText } from './gantt.js';
import { readWholeOnboarding } from './read-onboarding.js';
import { renderOnboarding } from './show-text.js';

/** `onboarding show` */
export async function showOnboarding(context: Context, slug: string, { events, gantt }: ShowOptions): Promise<void> {
  const { output } = context;
  const whole = await readWholeOnboarding(await context.database(), slug, events);
  output.answer(whole, () => {
    const page = renderOnboarding(whole, output.paint);
    return gantt === true ? `${page}\n\n${ganttText(whole, output)}` : page;
  });
}
