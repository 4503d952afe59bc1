import type { Xid } from '../../sync/ids.js';
import type { Profile } from '../../sync/person.js';
import type { AccountAttributes, NewAccount } from '../network.js';

const SCHEMAS = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const BAG = 'urn:speakap:params:scim:bag';
/** As Speakap prints it; RFC 7643 has another one. */
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:2.0';

/** All attributes of a person. `active` is left out, so that an update never restores somebody. */
export function accountBody({ userName, xid, profile }: AccountAttributes): Record<string, unknown> {
  return {
    schemas: SCHEMAS,
    userName,
    externalId: xid,
    ...profileMembers(profile),
    [BAG]: { login: userName },
    [ENTERPRISE]: { employeeNumber: xid, department: {} },
  };
}

export function newAccountBody(account: NewAccount): Record<string, unknown> {
  const { temporaryPassword } = account;
  return {
    ...accountBody(account),
    active: true,
    ...(temporaryPassword === undefined ? {} : { password: temporaryPassword }),
  };
}

/** Suspends or restores, and leaves everything else as it is, but for the XID where one is given. */
export function switchBody(userName: string, active: boolean, xid?: Xid): Record<string, unknown> {
  return { schemas: SCHEMAS, userName, active, ...(xid !== undefined && { externalId: xid }) };
}

function profileMembers(profile: Profile): Record<string, unknown> {
  const { upn, email, jobTitle, telephoneNumber, preferredLanguage } = profile;
  const name = nameOf(profile);
  return {
    ...(upn && { upn }),
    ...(Object.keys(name).length > 0 && { name }),
    ...(email && { emails: [{ value: email, primary: true, type: 'Work' }] }),
    ...(jobTitle && { title: jobTitle }),
    ...(telephoneNumber && { phoneNumbers: [{ value: telephoneNumber, primary: true, type: 'mobile' }] }),
    ...(preferredLanguage && { preferredLanguage }),
  };
}

/** SCIM as printed has no place for an infix, so it stands before the family name: `van der Berg`. */
function nameOf({ givenName, infix, familyName }: Profile): Record<string, string> {
  const family = [infix, familyName].filter((part) => part !== undefined && part !== '').join(' ');
  return { ...(givenName && { givenName }), ...(family && { familyName: family }) };
}
