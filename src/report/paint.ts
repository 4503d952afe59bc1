import { styleText } from 'node:util';

/** How words stand out on a terminal; `plain` leaves them as they are. */
export interface Paint {
  readonly title: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly attention: (text: string) => string;
  readonly bad: (text: string) => string;
}

const same = (text: string): string => text;

export const plain: Paint = { title: same, faint: same, good: same, attention: same, bad: same };

/** Whoever uses it has made sure that a terminal reads it, so the streams' own checks are left out. */
export const coloured: Paint = {
  title: (text) => paint('bold', text),
  faint: (text) => paint('dim', text),
  good: (text) => paint('green', text),
  attention: (text) => paint('yellow', text),
  bad: (text) => paint('red', text),
};

function paint(style: 'bold' | 'dim' | 'green' | 'yellow' | 'red', text: string): string {
  return styleText(style, text, { validateStream: false });
}
