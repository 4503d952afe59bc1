import { z } from 'zod';

export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const BAG = 'urn:speakap:params:scim:bag';
/** As Speakap prints it; this is not the URN of RFC 7643. */
export const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:2.0';

const text = z.string().max(1000);
const id = z.string().trim().min(1, 'must not be empty').max(255);
const scalar = z.union([text, z.number(), z.boolean()]);
const labelled = z.strictObject({ value: text.min(1), type: text.optional(), primary: z.boolean().optional() });

/** Attributes that the documents show, and those of RFC 7643 that are assumed (`speakap-api.md`, 6). */
const known = {
  schemas: z.array(z.string()).refine((uris) => uris.includes(CORE_USER), `must contain ${CORE_USER}`),
  userName: id,
  externalId: id.optional(),
  active: z.boolean().optional(),
  password: z.string().min(1).max(255).optional(),
  upn: text.optional(),
  name: z.strictObject({ givenName: text.optional(), familyName: text.optional() }).optional(),
  emails: z.array(labelled).max(20).optional(),
  phoneNumbers: z.array(labelled).max(20).optional(),
  preferredLanguage: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be an RFC 5646 language tag')
    .optional(),
  title: text.optional(),
  [BAG]: z.record(z.string(), scalar).optional(),
  [ENTERPRISE]: z
    .strictObject({ employeeNumber: text.optional(), department: z.record(z.string(), z.unknown()).optional() })
    .optional(),
};

/** RFC 7643 attributes that nobody documents for Speakap; sending one is a mistake, not a customer's extra. */
const UNDOCUMENTED = [
  'id',
  'meta',
  'displayName',
  'nickName',
  'profileUrl',
  'userType',
  'locale',
  'timezone',
  'ims',
  'photos',
  'addresses',
  'groups',
  'entitlements',
  'roles',
  'x509Certificates',
];

/** Customer-specific extras are single values beside the known attributes, like `Sleutel`. */
export const userBody = z
  .object(known)
  .catchall(scalar)
  .superRefine((body, context) => {
    for (const name of Object.keys(body)) {
      if (UNDOCUMENTED.includes(name) || (name.startsWith('urn:') && !(name in known))) {
        context.addIssue({ code: 'custom', message: `the attribute ${name.slice(0, 60)} is not documented` });
      }
    }
  });

export type UserBody = z.infer<typeof userBody>;

export function isKnown(name: string): boolean {
  return name in known;
}
