import { rulesWithoutPeople, type Counted, type Effect } from '../../sync/effect/effect.js';
import { columnWords } from '../../sync/words/names.js';
import { numberWords } from '../words.js';
import { text, type Block, type Section } from './document.js';
import { findingWords } from './finding-words.js';
import type { LineView } from './line-view.js';

/** Who is not in the network afterwards, or not changed, and the rules that nobody meets: counts and row numbers only. */
export function leftOverSection(view: LineView, effect: Effect): Section {
  return {
    title: 'Who is left over and why',
    blocks: [leftOverBlock(effect.leftOver), ...rulesOfNobody(view, effect)],
  };
}

function leftOverBlock(leftOver: readonly Counted[]): Block {
  if (leftOver.length === 0) return text('Nobody: everybody in the record gets an account.');
  return {
    kind: 'table',
    head: ['why', 'first rows', 'people'],
    numbersFrom: 2,
    rows: leftOver.map(({ code, count, rows }) => [findingWords(code), rowWords(rows, count), numberWords(count)]),
  };
}

function rulesOfNobody(view: LineView, effect: Effect): readonly Block[] {
  const ids = view.idsOf(rulesWithoutPeople(effect).map(({ path }) => path));
  return ids === '' ? [] : [text(`Nobody in this record meets ${ids}.`)];
}

/** What to mend in the record. */
export function warningSection({ warnings }: Effect): Section {
  if (warnings.length === 0) return { title: 'Warnings', blocks: [text('There are none.')] };
  const rows = warnings.map((warning) => [
    findingWords(warning.code),
    warning.columns.map(columnWords).join(', '),
    rowWords(warning.rows, warning.count),
    numberWords(warning.count),
  ]);
  return {
    title: 'Warnings',
    blocks: [{ kind: 'table', head: ['what', 'column', 'first rows', 'how often'], rows, numbersFrom: 3 }],
  };
}

function rowWords(rows: readonly number[], count: number): string {
  return `${rows.join(', ')}${rows.length > 0 && rows.length < count ? ', ...' : ''}`;
}
