import { z } from 'zod';
import { toEid, toXid, type Eid } from '../../sync/ids.js';

/** The shapes of Speakap's answers (`speakap-api.md`, 2, 4 and 6), as far as they are used. */

const eidText = z.string().regex(/^[0-9a-f]{16}$/i);
export const eid = eidText.transform(toEid);
const text = z.string().nullish();

/** Host-relative by the documents; an absolute one says the same. The last part is the EID (or the key of a role). */
const link = z.object({ href: z.string() });
const linkedEid = link.transform(({ href }) => lastPart(href)).pipe(eid);

export const networkAnswer = z.object({
  EID: eid,
  name: z.string(),
  subdomain: text,
  environment: z.enum(['production', 'development']),
});

export const copyAnswer = z.object({ EID: eid });

/** PHP's empty map is an empty list. */
const emptyMap = z.array(z.never()).transform((): Record<string, never> => ({}));

export const feedback = z.object({
  EID: eid.nullish(),
  ETC: z.unknown().optional(),
  uri: text,
});
export type Feedback = z.infer<typeof feedback>;

const userMembers = {
  EID: eid,
  XID: z
    .string()
    .nullish()
    .transform((xid) => (xid?.trim() ? toXid(xid) : null)),
  deleted: z.boolean().nullish(),
  name: z.object({ firstName: text, infix: text, familyName: text }).nullish(),
  primaryEmail: text,
  jobTitle: text,
  preferredLanguage: text,
  /** Texts, or objects with a label, of which the member for the number itself is assumed. */
  telephoneNumbers: z.array(z.union([z.string(), z.object({ value: text, number: text })])).nullish(),
};
export const userAnswer = z.object(userMembers);
export type UserAnswer = z.infer<typeof userAnswer>;

/** `organizationGroups` is a list of links, or one link to a collection, which says nothing of what is in it. */
export const personAnswer = z.object({
  ...userMembers,
  _links: z.object({ organizationGroups: z.union([z.array(linkedEid), link]).optional() }).optional(),
  _embedded: z.object({ organizationGroups: z.array(z.object({ EID: eid })).optional() }).optional(),
});
export type PersonAnswer = z.infer<typeof personAnswer>;

export const statusAnswer = z.object({
  status: z.enum(['active', 'inactive', 'canceled', 'deleted', 'unknown']).catch('unknown'),
});

export const usersAnswer = z.object({ users: z.array(userAnswer) });
export const idsAnswer = z.object({ users: z.array(userAnswer.pick({ EID: true, XID: true })) });

const groupAnswer = z.object({
  EID: eid,
  groupType: z.string(),
  name: z.string(),
  parent: z.object({ EID: eid }).nullish(),
  _links: z.object({ parent: linkedEid.optional().catch(undefined) }).optional(),
});
export type GroupAnswer = z.infer<typeof groupAnswer>;
export const groupsAnswer = embedded('groups', groupAnswer);

export const rolesAnswer = z.object({
  roles: z.array(z.object({ EID: eid, key: text, name: z.string() })),
});

const membershipAnswer = z
  .object({
    EID: eid,
    rev: z.enum(['network', 'group']),
    role: z.string(),
    invitedAt: text,
    user: z.object({ EID: eid }).optional(),
    _links: z.object({ user: linkedEid.optional() }).optional(),
  })
  .transform(({ _links, user, ...membership }, context) => {
    const whose = _links?.user ?? user?.EID;
    if (whose !== undefined) return { ...membership, user: whose };
    context.addIssue({ code: 'custom', message: 'no user', path: ['_links', 'user'] });
    return z.NEVER;
  });
export type MembershipAnswer = z.infer<typeof membershipAnswer>;
export const membershipsAnswer = embedded('memberships', membershipAnswer);

export const changedRoles = z.object({
  data: z.object({ failed: z.union([emptyMap, z.record(eidText, z.string())]).nullish() }).nullish(),
});

export const invited = z.object({
  data: z.union([emptyMap, z.record(z.string(), z.object({ status: z.string(), EID: eid.nullish().catch(null) }))]),
});

const account = z.object({
  id: z.string().min(1),
  userName: text,
  externalId: text,
  active: z.boolean().nullish(),
  emails: z.array(z.object({ value: text, primary: z.boolean().nullish() })).nullish(),
});
export type AccountAnswer = z.infer<typeof account>;
export const accountsAnswer = z.object({ Resources: z.array(account).optional() });
export const savedAccount = account.pick({ id: true });

/** The EID that a host-relative or absolute address ends with; null when it does not end with one. */
export function eidOfUri(uri: string): Eid | null {
  return eid.safeParse(lastPart(uri)).data ?? null;
}

/** A HAL collection holds links, and the things themselves when they were asked for with `embed`. */
function embedded<T extends z.ZodType>(relation: string, item: T) {
  return z
    .object({
      _links: z.record(z.string(), z.unknown()).optional(),
      _embedded: z.record(z.string(), z.unknown()).optional(),
    })
    .transform((answer) => answer._embedded?.[relation] ?? (hasLinks(answer._links?.[relation]) ? undefined : []))
    .pipe(z.array(item));
}

function hasLinks(links: unknown): boolean {
  return Array.isArray(links) && links.length > 0;
}

function lastPart(href: string): string {
  const path = href.split(/[?#]/, 1)[0] ?? '';
  return path.split('/').findLast((part) => part !== '') ?? '';
}
