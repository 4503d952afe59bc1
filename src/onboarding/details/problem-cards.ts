import { titleOf } from '../acts/items.js';
import type { OnboardingState } from '../state.js';
import { card, inLine, send } from './lines.js';

/** What the system could not do, with its reason, and what to send when it is mended. */
export function problemCards(state: OnboardingState): readonly string[] {
  if (state.status === 'paused') return [];
  return state.problems.map(({ about, text }) => {
    const isItem = state.items.some(({ id }) => id === about);
    return card(
      `⛔ **${titleOf(state, about)}**`,
      inLine(text, 600),
      isItem ? `When that is mended, ${send('retry', { item: about, by: state.manager })}` : '',
    );
  });
}
