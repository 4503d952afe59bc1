import type { Effect } from '../../sync/effect/effect.js';
import type { Mapping } from '../../sync/mapping/mapping.js';
import { countWords } from '../words.js';
import { changedSection, questionSection } from './closing-sections.js';
import type { ConceptDocument } from './document.js';
import { draftLines } from './draft-lines.js';
import { renderConceptHtml } from './html.js';
import { identifyLines, type ConceptLine } from './lines.js';
import { renderConceptMarkdown } from './markdown.js';
import { leftOverSection, warningSection } from './record-sections.js';
import { ruleSections } from './rule-sections.js';
import { LineView } from './line-view.js';

export interface ConceptInput {
  readonly customerName: string;
  readonly version: number;
  /** Which concept this is, from 1. */
  readonly iteration: number;
  /** As it is to be read: `2 December 2026`. */
  readonly date: string;
  readonly mapping: Mapping;
  readonly effect: Effect;
  /** The header of the record. */
  readonly columns: readonly string[];
  /** The lines of the last concept; null for the first. */
  readonly previous: readonly ConceptLine[] | null;
  /** On lines of this concept or the last one. */
  readonly comments: readonly LineComment[];
  readonly questions: readonly ConceptQuestion[];
}

export interface LineComment {
  readonly line: string;
  readonly by: string;
  readonly text: string;
}

export interface ConceptQuestion {
  readonly id: string;
  readonly text: string;
}

export interface Concept {
  /** Kept with the concept, and given to the next one as `previous`. */
  readonly lines: readonly ConceptLine[];
  readonly markdown: string;
  readonly html: string;
}

/** The concept mapping as the customer reads it: every rule in plain words, and what it does to the snapshot. No values, no names. */
export function renderConcept(input: ConceptInput): Concept {
  const { placed, lines } = identifyLines(draftLines(input.mapping, input.columns), input.previous);
  const view = new LineView(placed, input);
  const document: ConceptDocument = {
    title: `How the employee record of ${input.customerName} becomes its network`,
    facts: facts(input),
    sections: [
      ...ruleSections(view, input.effect),
      leftOverSection(view, input.effect),
      warningSection(input.effect),
      ...(input.previous === null ? [] : [changedSection(lines, input.previous)]),
      questionSection(input.questions, view.commentsElsewhere()),
    ].filter(({ blocks }) => blocks.length > 0),
  };
  return { lines, markdown: renderConceptMarkdown(document), html: renderConceptHtml(document) };
}

function facts({ iteration, version, date, effect }: ConceptInput): readonly string[] {
  return [
    `Concept ${iteration} (version ${version} of the mapping), ${date}.`,
    `Tried on ${countWords(effect.rows, 'row')} about ${countWords(effect.people.read, 'person', 'people')}. Nothing has been changed in the network.`,
    'Every line with a code in front of it, such as C1, can be commented on: name the code and say what should be different.',
  ];
}
