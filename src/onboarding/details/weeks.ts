import { dayWords } from '../dates.js';
import { deliverablesFor, type Deliverable } from '../deliverables.js';
import { dueOf, isPhaseDone } from '../health.js';
import { ownerOf, roleWords } from '../owners.js';
import { PHASE_TITLES, PHASES, type Phase } from '../schedule/types.js';
import { itemOf, type OnboardingState } from '../state.js';
import { card, deedWords, inLine } from './lines.js';

/** The whole checklist, a line for each item: who checked what and when, who owes what until when. */
export function weeks(state: OnboardingState): readonly string[] {
  return PHASES.map((phase) =>
    card(
      `${isPhaseDone(state, phase) ? '✅ ' : ''}**${PHASE_TITLES[phase]}**${planned(state, phase)}`,
      ...deliverablesFor(state.source)
        .filter((item) => item.phase === phase)
        .map((item) => line(state, item)),
    ),
  );
}

function planned({ schedule }: OnboardingState, phase: Phase): string {
  const dates = schedule?.phases.find((entry) => entry.phase === phase);
  return dates === undefined ? '' : `, planned ${dayWords(dates.from)} to ${dayWords(dates.to)}`;
}

function line(state: OnboardingState, item: Deliverable): string {
  const { state: now, checked } = itemOf(state, item.id);
  const name = `${item.title} \`${item.id}\``;
  if (now === 'checked') return `✅ ${name}${checked === null ? '' : ` · ${deedWords(checked)}`}`;
  if (now === 'left out') return `➖ ${name} · left out`;
  const due = dueOf(state, item.id);
  const owner = inLine(roleWords(ownerOf(state, item), item.side));
  const when = due === null ? '' : `, due ${dayWords(due.dueDate)}${due.late ? ', **late**' : ''}`;
  return `${due?.late === true ? '🔴' : now === 'delivered' ? '📥' : '⬜'} ${name} · ${owner}${when}`;
}
