import type { Context } from '../context.js';
import { makeViews, type View } from './views.js';

const HOW_TO = `To save one: open the list of workflows in the Temporal UI, choose "View" and "Custom" beside the filter, paste the
query, and choose "Save as new" under "Saved views"; the browser keeps it. Show the columns Customer, Health, WaitingOn, DueDate,
GoLive, OpenQuestions and Iteration with the gear at the right of the table.`;

/** `views` */
export async function showViews({ output }: Context, manager: string | null): Promise<void> {
  const views = makeViews(new Date(), manager);
  output.answer({ views }, () => {
    const texts = views.map(({ name, query, shows }) => `${output.paint.title(name)}: ${shows}\n  ${query}`);
    return [...texts, HOW_TO, `Made for today, and to be asked for again later: ${namesOf(views)}.`].join('\n\n');
  });
}

function namesOf(views: readonly View[]): string {
  return views
    .filter(({ hasDates }) => hasDates)
    .map(({ name }) => `"${name}"`)
    .join(', ');
}
