import { dayWords } from '../dates.js';
import { SHOWN_EVENTS } from '../events.js';
import type { OnboardingEvent, OnboardingState } from '../state.js';
import { inLine, whoWords, writtenDown } from './lines.js';

/** The newest first. */
export function lastEvents({ events }: Pick<OnboardingState, 'events'>): readonly string[] {
  return events.length === 0 ? [] : [events.slice(-SHOWN_EVENTS).toReversed().map(eventWords).join('\n')];
}

/** Why the latest message was refused, when nothing has happened since. */
export function newestRefusal({ events }: Pick<OnboardingState, 'events'>): string | null {
  const last = events.at(-1);
  return last?.refused === true ? `\`${last.what}\`, ${inLine(last.text ?? '', 600)}` : null;
}

function eventWords({ at, by, recordedBy, what, about, text, refused, via }: OnboardingEvent): string {
  const when = `${dayWords(at.slice(0, 10))} ${at.slice(11, 16)} UTC`;
  if (refused) return `- ⚠️ ${when}, a ${via} was refused, \`${what}\`: ${inLine(text ?? '', 600)}`;
  const said = text === null ? '' : `: ${inLine(text)}`;
  return `- ${when}, ${whoWords(by)}${writtenDown(recordedBy)}, ${what}${about === null ? '' : ` \`${about}\``}${said}`;
}
