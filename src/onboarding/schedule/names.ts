import type { ScheduledItem, ScheduledQuestion } from './types.js';

/** `example record`; a question is named by what it is about. */
export function nameOf(thing: ScheduledItem | ScheduledQuestion, items: readonly ScheduledItem[]): string {
  if ('title' in thing) return thing.title;
  const about = items.find(({ id }) => id === thing.about);
  return about === undefined ? `answer to ${thing.id}` : `answer to ${thing.id} about ${about.title}`;
}
