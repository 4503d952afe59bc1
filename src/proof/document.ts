import { parse } from 'yaml';
import { z } from 'zod';

/**
 * The mapping document as it stands, read a second time: only its shape, since whether it makes sense was judged when it was
 * imported. Every scalar is text (`docs/mapping.md`).
 */
export function readDocument(text: string): MappingDocument {
  return documentSchema.parse(parse(text, { schema: 'failsafe' }));
}

const table = z.record(z.string(), z.string());
const phone = z.union([
  z.string().transform((country) => ({ country, column: undefined })),
  z.object({ country: z.string().optional(), column: z.string().optional() }),
]);

const valueKeys = z.object({
  column: z.string().optional(),
  /** Called `value` for a profile, `name` for a group: the same text for everybody. */
  value: z.string().optional(),
  name: z.string().optional(),
  template: z.string().optional(),
  separator: z.string().optional(),
  replace: table.optional(),
  lookup: table.optional(),
  unknown: z.enum(['warn', 'keep', 'none']).optional(),
  date: z.string().optional(),
  phone: phone.optional(),
  case: z.enum(['upper', 'lower', 'title']).optional(),
  default: z.string().optional(),
  write: z.enum(['always', 'onChange', 'once']).optional(),
});
const simpleValue = z.preprocess(inFull, valueKeys);
const value = z.preprocess(
  inFull,
  valueKeys.extend({ firstOf: z.array(simpleValue).optional(), join: z.array(simpleValue).optional() }),
);

/** A bare text is a column, or a template when it holds braces. */
function inFull(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  return /[{}]/.test(input) ? { template: input } : { column: input };
}

const group = z.object({
  businessUnit: value.optional(),
  department: value.optional(),
  localDepartment: z.object({ businessUnit: value, department: value }).optional(),
  topic: value.optional(),
});
const when = z.string().optional();
const role = z.object({
  target: z.enum(['network', 'businessUnit', 'department', 'localDepartment', 'topic']),
  /** A local department has `businessUnit` and `department` here, all others the keys of a value. */
  group: z.looseObject({}).optional(),
  role: z.string(),
});
const yes = z.string().transform((word) => word === 'true');
const date = z.object({ column: z.string(), format: z.string().default('YYYY-MM-DD') });

const FIELDS = [
  'givenName',
  'infix',
  'familyName',
  'jobTitle',
  'email',
  'telephoneNumber',
  'preferredLanguage',
  'upn',
] as const;

const patience = { snapshots: z.string().default('1'), days: z.string().default('0') };

function asNumbers({ snapshots, days }: { readonly snapshots: string; readonly days: string }) {
  return { deliveries: Number(snapshots), days: Number(days) };
}

const documentSchema = z.object({
  externalId: z.string(),
  active: when,
  startDate: date.optional(),
  leaveDate: date.optional(),
  names: table.default({}),
  columns: z.partialRecord(z.enum(FIELDS), value).default({}),
  groups: z.array(group.extend({ when })).default([]),
  roles: z.array(role.extend({ when })).default([]),
  invitations: z
    .array(
      z.object({
        audience: z.enum(['email', 'sms', 'letter', 'sso', 'none']),
        userName: value.optional(),
        temporaryPassword: value.optional(),
        when,
      }),
    )
    .default([]),
  exceptions: z
    .array(
      z.object({
        externalIds: z.array(z.string().trim()).optional(),
        when,
        leaveAlone: yes.default(false),
        notInNetwork: yes.default(false),
        addTo: z.array(group).default([]),
        notIn: z.array(group).default([]),
        role: role.optional(),
        noInvitation: yes.default(false),
      }),
    )
    .default([]),
  options: z
    .object({
      mergeDuplicates: yes.default(false),
      allowEmptyName: yes.default(false),
      allowEmptyEmail: yes.default(false),
      allowWithoutBusinessUnit: yes.default(false),
      allowWithoutGroups: yes.default(false),
      createMissingGroups: yes.default(false),
    })
    .prefault({}),
  guards: z
    .object({
      missing: z
        .object({ ...patience, leaveGroups: z.object(patience).transform(asNumbers).optional() })
        .prefault({})
        .transform(({ leaveGroups = null, ...suspension }) => ({ ...asNumbers(suspension), leaveGroups })),
    })
    .prefault({}),
});

export const valueSchema = value;

export type MappingDocument = z.infer<typeof documentSchema>;
export type DocumentValue = z.infer<typeof value>;
export type DocumentGroup = z.infer<typeof group>;
export type DocumentRole = z.infer<typeof role>;
export type DocumentException = MappingDocument['exceptions'][number];
export type ProfileField = (typeof FIELDS)[number];
export type Audience = MappingDocument['invitations'][number]['audience'];
