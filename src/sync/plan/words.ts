import type { GroupRef } from '../group.js';
import type { Audience, RoleName } from '../person.js';

/** A group as a person calls it. */
export function groupWords(group: GroupRef): string {
  switch (group.kind) {
    case 'business_unit':
      return `business unit "${group.name}"`;
    case 'department':
      return `department "${group.name}"`;
    case 'local_department':
      return `local department "${group.department}" of "${group.businessUnit}"`;
    case 'topic':
      return `topic group "${group.name}"`;
  }
}

export function roleWords(role: RoleName): string {
  return role === 'admin' || role === 'member' ? role : `"${role}"`;
}

export function audienceWords(audience: Audience): string {
  return AUDIENCE_WORDS[audience];
}

const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  email: 'by e-mail',
  sms: 'by SMS',
  letter: 'by letter',
  sso: 'through single sign-on',
  none: 'not at all',
};
