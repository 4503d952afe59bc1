import type { ConceptQuestion, LineComment } from './concept.js';
import { text, type Section } from './document.js';
import type { ConceptLine } from './lines.js';

/** Line by line what is different from the last concept. What was removed before that is not told again. */
export function changedSection(lines: readonly ConceptLine[], previous: readonly ConceptLine[]): Section {
  const goneBefore = new Set(previous.filter(({ change }) => change === 'removed').map(({ id }) => id));
  const items = lines
    .filter(({ id, change }) => change !== 'same' && !(change === 'removed' && goneBefore.has(id)))
    .map(changeWords);
  const title = 'What changed since the last concept';
  return items.length === 0
    ? { title, blocks: [text('No rule has changed.')] }
    : { title, blocks: [{ kind: 'list', items }] };
}

function changeWords({ id, change, text: now, before }: ConceptLine): string {
  if (change === 'new') return `${id} is new: ${now}`;
  if (change === 'removed') return `${id} was removed. It said: ${now}`;
  if (before === undefined || before === now) return `${id} is for other people now: ${now}`;
  return `${id} has changed. It said: ${before} Now: ${now}`;
}

/** Questions that wait for the customer, and comments on lines that are gone. */
export function questionSection(questions: readonly ConceptQuestion[], comments: readonly LineComment[]): Section {
  const items = questions.map(({ id, text: asked }) => `${id}: ${asked}`);
  const said = comments.map(({ line, by, text: words }) => `On ${line}, which is gone, ${by} said: ${words}`);
  return {
    title: 'Questions to you',
    blocks: [
      items.length === 0 ? text('There are no open questions.') : { kind: 'list', items },
      ...(said.length === 0 ? [] : [{ kind: 'list', items: said } as const]),
    ],
  };
}
