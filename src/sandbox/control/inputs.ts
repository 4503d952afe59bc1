import { z } from 'zod';
import { PERMISSIONS } from '../state/entities.js';

const eid = z
  .string()
  .regex(/^[0-9a-f]{16}$/i, 'must be 16 hexadecimal digits')
  .transform((text) => text.toLowerCase());
const perSecond = z.number().positive().max(1_000_000).nullable();
const delayMs = z.number().int().min(0).max(60_000);
const quota = z.number().int().min(0).nullable();
const permissions = z.array(z.enum(PERMISSIONS));

/** A network as a test or a demo wants it. Everything that is left out is made up. */
export const networkInput = z.strictObject({
  eid: eid.optional(),
  name: z.string().min(1),
  subdomain: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  environment: z.enum(['production', 'development']).optional(),
  app: z.strictObject({ eid: eid.optional(), secret: z.string().min(1).optional() }).optional(),
  scimToken: z.string().min(1).optional(),
  permissions: permissions.optional(),
  roles: z.array(z.strictObject({ name: z.string().min(1), permissions: z.array(z.string()).optional() })).optional(),
  administrator: z
    .strictObject({ givenName: z.string(), familyName: z.string(), email: z.string(), xid: z.string().optional() })
    .optional(),
  requestsPerSecond: perSecond.optional(),
  visibilityDelayMs: delayMs.optional(),
});
export type NetworkInput = z.infer<typeof networkInput>;

export const networkSettings = z.strictObject({
  permissions: permissions.optional(),
  requestsPerSecond: perSecond.optional(),
  visibilityDelayMs: delayMs.optional(),
  appSecret: z.string().min(1).optional(),
  scimToken: z.string().min(1).optional(),
  developmentQuota: z.strictObject({ networks: quota, accounts: quota, groups: quota }).optional(),
});
export type NetworkSettings = z.infer<typeof networkSettings>;

export const faultInput = z.strictObject({
  network: eid.optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  path: z.string().startsWith('/').optional(),
  kind: z.enum(['status', 'reset_before', 'reset_after', 'slow', 'hang']),
  status: z.number().int().min(400).max(599).optional(),
  retryAfter: z.number().int().min(0).optional(),
  delayMs: z.number().int().min(0).optional(),
  afterEffect: z.boolean().optional(),
  share: z.number().min(0).max(1).optional(),
  skip: z.number().int().min(0).optional(),
  times: z.number().int().min(0).optional(),
});

/** Whom to activate, as if these people had followed their invitation. */
export const activation = z.union([
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({ xid: z.string() }),
  z.strictObject({ eid }),
]);
export type Activation = z.infer<typeof activation>;

export const loginInput = z.strictObject({
  userName: z.string(),
  password: z.string(),
  newPassword: z.string().optional(),
});
export type LoginInput = z.infer<typeof loginInput>;

export const clockInput = z.strictObject({ advanceMs: z.number().int().min(0) });
