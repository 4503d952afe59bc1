import type { Permission } from '../state/entities.js';

/**
 * Why a request is refused. `rules`: it is not what the documents allow, so the caller is wrong; `state`: it is allowed,
 * but not as the network is now. Messages hold names of parameters and members, never a value of a person.
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** Speakap's error code (`speakap-api.md`, 5). */
    readonly code: number,
    message: string,
    readonly of: 'rules' | 'state' = 'rules',
    /** RFC 7644, 3.12; only SCIM answers show it. */
    readonly scimType?: string,
  ) {
    super(message);
  }
}

export function invalidRequest(reason: string, scimType = 'invalidSyntax'): Refusal {
  return new Refusal(400, -1, `Invalid Request: ${reason}`, 'rules', scimType);
}

export function invalidToken(reason: string): Refusal {
  return new Refusal(401, -2, `Invalid Token: ${reason}`);
}

export function insufficientScope(permission: Permission): Refusal {
  return new Refusal(403, -3, `Insufficient Scope: the permission ${permission} is missing`);
}

/** Allowed to nobody with an application's token. */
export function notForApplications(reason: string): Refusal {
  return new Refusal(403, -3, `Insufficient Scope: ${reason}`);
}

export function noSuchPath(hint = ''): Refusal {
  return new Refusal(404, -4, `Not Found: there is no such path${hint}`);
}

export function notFound(what: string): Refusal {
  return new Refusal(404, -4, `Not Found: unknown ${what}`, 'state');
}

export function methodNotAllowed(method: string): Refusal {
  return new Refusal(405, -1, `Invalid Request: ${method} is not documented for this path`);
}

export function notAcceptable(reason: string): Refusal {
  return new Refusal(406, -1, `Invalid Request: ${reason}`);
}

export function wrongContentType(expected: string): Refusal {
  return new Refusal(415, -1, `Invalid Request: the content type must be ${expected}`);
}

export function bodyTooLarge(): Refusal {
  return new Refusal(413, -1, 'Invalid Request: the body is larger than 8 MiB');
}

/** Documented, but without enough detail to play it. */
export function notPlayed(what: string): Refusal {
  return new Refusal(501, -5, `The sandbox does not play ${what}`);
}

export function onlyAdmin(): Refusal {
  return new Refusal(403, -12, 'Only Admin: this is the only administrator', 'state');
}

export function groupNameInUse(): Refusal {
  return new Refusal(409, -17, 'Group Name In Use', 'state');
}

export function roleNameInUse(): Refusal {
  return new Refusal(409, -18, 'Role Name In Use', 'state');
}

export function notAMember(): Refusal {
  return new Refusal(409, -1, 'The user is not a member', 'state');
}

/** The names are documented, the codes are assumed. */
export function strayUserPrevented(): Refusal {
  return new Refusal(409, -20, 'Stray User Prevented', 'state');
}

export function noStrayUser(): Refusal {
  return new Refusal(409, -21, 'No Stray User', 'state');
}

/** That there is a limit of the development environment, and its code, are assumed. */
export function quotaExceeded(of: 'networks' | 'accounts'): Refusal {
  return new Refusal(403, -22, `Quota Exceeded: the development environment has no room for more ${of}`, 'state');
}

/** SCIM: `userName`, `externalId` or the e-mail address belongs to somebody else. */
export function taken(attribute: string): Refusal {
  return new Refusal(409, -15, `The ${attribute} is already in use`, 'state', 'uniqueness');
}
