import type { Reason } from '../change.js';
import { groupKey, parentsOf, type GroupRef } from '../group.js';
import type { GroupKey } from '../ids.js';
import type { Outcome, Why } from '../person.js';
import { groupWords } from './words.js';

/** Why one thing about a person is as it is: the rule of the mapping, its line, and the rows it was decided on. */
export class Reasons {
  private readonly bySubject: ReadonlyMap<string, Why>;

  constructor(outcome: Outcome) {
    this.bySubject = new Map(outcome.why.map((why) => [why.subject, why]));
  }

  of(subject: 'active' | 'profile' | 'audience' | 'role', text: string): Reason {
    return toReason(this.bySubject.get(subject), subject, text);
  }

  ofGroup(key: GroupKey, text: string): Reason {
    return toReason(this.bySubject.get(`group ${key}`), 'groups', text);
  }

  /** Why somebody leaves a group: an exception excludes it, or one that it stands in, or no rule gives it any more. */
  ofLeaving(group: GroupRef): Reason {
    const excluded = [group, ...parentsOf(group)]
      .map((each) => this.bySubject.get(`not in ${groupKey(each)}`))
      .find((why) => why !== undefined);
    if (excluded === undefined) {
      return this.ofGroup(groupKey(group), `No rule puts the person into the ${groupWords(group)} any more`);
    }
    return toReason(excluded, 'exceptions', `An exception keeps the person out of the ${groupWords(group)}`);
  }

  ofRole(key: GroupKey, text: string): Reason {
    return toReason(this.bySubject.get(`role ${key}`), 'roles', text);
  }
}

/** What no rule gives any more has no rule of its own: the section that gave nothing is named. */
function toReason(why: Why | undefined, section: string, text: string): Reason {
  const line = why?.line === undefined ? {} : { line: why.line };
  return {
    rule: why?.rule ?? section,
    ...line,
    text: why ? `${text} (${placeWords(why)})` : text,
    rows: why?.rows ?? [],
  };
}

function placeWords({ rule, line, rows = [] }: Why): string {
  const rowWords = rows.length === 0 ? '' : `, row${rows.length === 1 ? '' : 's'} ${rows.join(', ')}`;
  return `rule ${rule}${line === undefined ? '' : ` in line ${line}`}${rowWords}`;
}
