import type { Options } from '../../sync/mapping/mapping.js';
import type { Audience, Profile } from '../../sync/person.js';

/** A concept of a mapping: what each part of it should be, how sure that is, and why. */
export interface Proposal {
  /** One for each target, always in the same order. */
  readonly decisions: readonly Decision[];
  /** Columns that the mapping does not read, and why not. */
  readonly unmapped: readonly { readonly column: string; readonly reason: string }[];
  /** What the customer has to say before the mapping can be right. */
  readonly questions: readonly Question[];
  /** Every column of the file, in its order. */
  readonly columns: readonly string[];
}

export type GroupTarget = 'businessUnit' | 'department' | 'localDepartment';
export type OptionName = keyof Options;
export type Target = 'externalId' | 'active' | keyof Profile | GroupTarget | 'invitations' | `options.${OptionName}`;

export interface Decision extends Option {
  readonly target: Target;
  readonly word: ConfidenceWord;
  /** What else it could be, most likely first. */
  readonly alternatives: readonly Option[];
}

/** A choice with what speaks for it. */
export interface Option {
  readonly choice: Choice;
  /** 0 to 1. */
  readonly confidence: number;
  /** One sentence without any cell that is about a person. */
  readonly reason: string;
}

export type Choice =
  | { readonly kind: 'none' }
  | { readonly kind: 'column'; readonly column: string }
  /** A condition on one column (`docs/mapping.md`, expressions). */
  | { readonly kind: 'condition'; readonly column: string; readonly test: ColumnTest }
  /** A local department by the columns of its business unit and its department. */
  | { readonly kind: 'columns'; readonly businessUnit: string; readonly department: string }
  | { readonly kind: 'audiences'; readonly audiences: readonly Audience[] }
  | { readonly kind: 'switch'; readonly on: boolean };

/** What is asked of a column's cells. `oneOf` compares exactly, `oneOfFolded` without regard to upper and lower case. */
export type ColumnTest =
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'oneOfFolded'; readonly values: readonly string[] }
  | { readonly kind: 'empty' };

export type ConfidenceWord = 'high' | 'medium' | 'low';

export interface Question {
  readonly target: Target;
  readonly text: string;
}

/** From here on a choice is as good as certain; only a name and values that agree come so far. */
const HIGH = 0.85;
/** Below it a choice is a guess, which the mapping leaves out until the customer answered. */
const MEDIUM = 0.55;

export function confidenceWord(confidence: number): ConfidenceWord {
  return confidence >= HIGH ? 'high' : confidence >= MEDIUM ? 'medium' : 'low';
}

/** @throws RangeError when the proposal has no decision about the target, which every proposal has. */
export function decisionOn(proposal: Pick<Proposal, 'decisions'>, target: Target): Decision {
  const decision = proposal.decisions.find((each) => each.target === target);
  if (decision === undefined) throw new RangeError(`The proposal has no decision about ${target}.`);
  return decision;
}

/** Makes a decision with its confidence rounded to hundredths, so that equal ones look equal. */
export function decide(target: Target, option: Option, alternatives: readonly Option[] = []): Decision {
  const rounded = { ...option, confidence: Math.round(option.confidence * 100) / 100 };
  return { target, ...rounded, word: confidenceWord(rounded.confidence), alternatives };
}

/** Whether a mapping takes the choice over: it is more than a guess, and something was chosen. */
export function isTaken({ choice, word }: Decision): boolean {
  return word !== 'low' && choice.kind !== 'none';
}
