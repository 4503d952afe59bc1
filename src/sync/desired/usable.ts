import type { Xid } from '../ids.js';
import type { Options } from '../mapping/mapping.js';
import type { PersonState, Warning } from '../person.js';
import { rowList, rowNumbers, type Row } from './duplicates.js';

/** A longer one is another column, or a row gone wrong; and no index of a database could hold it. */
const LONGEST_USER_NAME = 255;

/** What a person lacks that the options do not allow to be lacking. Whoever lacks something is left as they are. */
export function lacks(options: Options, person: PersonState, xid: Xid, rows: readonly Row[]): readonly Warning[] {
  const { profile } = person;
  const groups = Object.values(person.memberships);
  const hasName = profile.givenName !== undefined || profile.familyName !== undefined;
  const hasBusinessUnit = groups.some(({ group }) => group.kind === 'business_unit');
  const faults = [
    person.userName === '' && (['empty_user_name', 'no user name', null] as const),
    person.userName.length > LONGEST_USER_NAME &&
      (['long_user_name', `a user name of more than ${LONGEST_USER_NAME} characters`, null] as const),
    !hasName && !options.allowEmptyName && (['empty_name', 'no name', 'allowEmptyName'] as const),
    !profile.email && !options.allowEmptyEmail && (['empty_email', 'no e-mail address', 'allowEmptyEmail'] as const),
    !hasBusinessUnit &&
      !options.allowWithoutBusinessUnit &&
      (['no_business_unit', 'no business unit', 'allowWithoutBusinessUnit'] as const),
    groups.length === 0 && !options.allowWithoutGroups && (['no_group', 'no group', 'allowWithoutGroups'] as const),
  ];
  return faults
    .filter((fault) => fault !== false)
    .map(([code, what, option]) => ({
      code,
      xid,
      rows: rowNumbers(rows),
      column: null,
      text: `${rowList(rows)}: the person has ${what}${option === null ? '' : `, and \`${option}\` is off`}. Nothing was changed for this person.`,
    }));
}
