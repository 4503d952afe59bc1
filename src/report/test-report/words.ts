import type { CheckName, CheckResult } from '../../proof/checks/result.js';
import type { Audience } from '../../proof/document.js';
import type { PointsTo, TestReport } from '../../proof/report.js';
import { countWords } from '../words.js';

/** The questions of the implementation timeline, weeks 5 and 6, and one of our own. */
export const QUESTIONS: Readonly<Record<CheckName, string>> = {
  'all-invited': 'Are all users invited?',
  'right-groups': 'Are all invited users added to the right groups?',
  prefilled: 'Are all profiles pre-filled with the provided information?',
  'right-roles': 'Are all users assigned to the correct roles?',
  'new-invited': 'Have all new employees been invited to the network?',
  'former-removed': 'Have all former employees been removed from the network?',
  'changes-applied': 'Have all the changes on existing employees been applied?',
  untouched: 'Was everybody else left as they were?',
};

/** What is looked at, for who wants to know. */
export const LOOKS: Readonly<Record<CheckName, string>> = {
  'all-invited':
    'everybody of the record: an account or none, one invitation at the right address or none, and nobody else',
  'right-groups': 'everybody with an account: every group, none lacking and none too many',
  prefilled: 'everybody with an account: every field that the mapping fills',
  'right-roles': 'everybody with an account: the role in the network and in every group',
  'new-invited': 'everybody of both days: who is new or has a new address was invited once, and nobody a second time',
  'former-removed': 'everybody who left, and everybody who came back',
  'changes-applied': 'everybody who is there: groups, profile and roles as the second day says',
  untouched: 'accounts of the network that the sync does not manage',
};

export const INVITED: Readonly<Record<Audience, string>> = {
  email: 'Invited by e-mail',
  sms: 'Invited by SMS',
  letter: 'Invited by letter',
  sso: 'Logging in by single sign-on',
  none: 'Not told by anybody',
};

export function answerWords({ totalDifferences, people, lookedAt }: CheckResult): string {
  if (totalDifferences > 0) return `No: ${countWords(totalDifferences, 'difference')} about ${peopleWords(people)}`;
  return lookedAt === 0 ? 'Nobody to look at' : 'Yes';
}

export const PROPOSALS: Readonly<Record<PointsTo['proposal'], string>> = {
  drop: 'leave the column out: no rule needs it as it is',
  merge: 'put rare values together, in the file or by a lookup',
  accept: 'accept it by name, with the approval of the test',
};

export function verdictWords(report: TestReport): string {
  if (report.isPassed) return 'Everything that was looked at is as the mapping says.';
  const wrong = [...report.activation, ...(report.daily ?? [])].filter(({ totalDifferences }) => totalDifferences > 0);
  const guards = report.guards.filter(({ isRight }) => !isRight);
  const parts = [
    ...(wrong.length > 0
      ? [`${countWords(wrong.length, 'check')} found something that is not as the mapping says`]
      : []),
    ...(guards.length > 0 ? [`${countWords(guards.length, 'guard')} did not do what it is for`] : []),
  ];
  return `${parts.join(', and ')}. The test has not passed.`;
}

export function peopleWords(count: number): string {
  return countWords(count, 'person', 'people');
}
