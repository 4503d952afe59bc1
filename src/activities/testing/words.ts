import type { CheckName } from '../../proof/checks/result.js';

/** What each check asks, as a person reads it. */
export const CHECK_WORDS: Readonly<Record<CheckName | 'guards', string>> = {
  'all-invited': 'Is everybody invited who should be, each once, and nobody else?',
  'right-groups': 'Is everybody in the right groups?',
  prefilled: 'Are the profiles filled in?',
  'right-roles': 'Has everybody the right roles?',
  'new-invited': 'Are new people invited?',
  'former-removed': 'Are former people removed?',
  'changes-applied': 'Are changes applied?',
  untouched: 'Is everybody else left alone?',
  guards: 'Does a delivery with a third of the people missing change nothing?',
};
