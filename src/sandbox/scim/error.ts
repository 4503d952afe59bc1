import type { Refusal } from '../http/refusal.js';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** RFC 7644, 3.12 (assumed): the status is text. */
export function scimError(refusal: Refusal): Record<string, unknown> {
  const type = refusal.status === 400 || refusal.status === 409 ? refusal.scimType : undefined;
  return {
    schemas: [ERROR],
    status: String(refusal.status),
    ...(type === undefined ? {} : { scimType: type }),
    detail: refusal.message,
  };
}
