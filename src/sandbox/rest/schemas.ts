import { z } from 'zod';
import { BASIC_GROUP_TYPES } from '../state/entities.js';

const eid = z
  .string()
  .regex(/^[0-9a-f]{16}$/i, 'must be an EID of 16 hexadecimal digits')
  .transform((text) => text.toLowerCase());
const name = z.string().trim().min(1, 'must not be empty').max(255);

export const groupReference = z.strictObject({ EID: eid, type: z.literal('group').optional() });
export const userReference = z.strictObject({ EID: eid, type: z.literal('user').optional() });

export const newTopicGroup = z.strictObject({
  groupType: z.enum(BASIC_GROUP_TYPES),
  name,
  description: z.string().max(2000).optional(),
  parent: groupReference.optional(),
});
export const newBusinessUnit = z.strictObject({ name, group: groupReference.optional() });
export const newDepartment = z.strictObject({ name, group: groupReference.optional(), hidden: z.boolean().optional() });
export const newLocalDepartment = z.strictObject({
  name,
  businessUnit: groupReference,
  department: groupReference,
  group: groupReference.optional(),
});
export const renamedGroup = z.strictObject({ name });

const roleReference = z.union([z.strictObject({ key: z.string() }), z.strictObject({ EID: eid })]);
export const newMembershipBody = z.discriminatedUnion('rev', [
  z.strictObject({ rev: z.literal('network'), role: roleReference, user: userReference }),
  z.strictObject({ rev: z.literal('group'), role: roleReference, user: userReference, group: groupReference }),
]);

export const roleBody = z.strictObject({ name, permissions: z.array(z.string().min(1).max(100)).max(200) });
export const copyBody = z.strictObject({ name, environment: z.literal('development') });

/** A complete or partial user resource: only the EID counts. */
export const userResourceBody = z.looseObject({ EID: z.string().optional() });
