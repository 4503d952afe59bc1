/** A question about a text whose answer a disguise keeps. */
export interface Question {
  readonly rule: string;
  readonly column: string;
  /** Of the text as it was. */
  readonly before: (text: string) => boolean;
  /** Of its disguise: literals of the mapping are disguised as well. */
  readonly after: (text: string) => boolean;
}

/** A question whose answer, along the texts of one shape in their order, changes from no to yes once. */
export interface Cut {
  readonly rule: string;
  readonly isBeyond: (text: string) => boolean;
}

/** What a permutation keeps: texts between the same cuts, with the same answers. */
export interface Classes {
  readonly rule: string;
  readonly column: string;
  readonly cuts: readonly Cut[];
  readonly questions: readonly Question[];
}

/** Which answers a text gives, in one text. */
export function answersOf(questions: readonly Question[], text: string): string {
  let answers = '';
  for (const { before } of questions) answers += before(text) ? '1' : '0';
  return answers;
}
