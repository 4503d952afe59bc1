import { z } from 'zod';
import { DATE_FORMAT } from '../desired/calendar-date.js';
import { guardsSchema } from './guards-schema.js';
import { strict } from './strict.js';
import { checkSeparator, checkSteps, hasOneKey, hasOneSource, stepShape } from './value-schema.js';

/**
 * The shape of the document, where every scalar is still text: the YAML is read without guessing types, so that a group
 * called `0012`, `no` or `1.10` stays what it is.
 */
const text = z.string('a text').min(1, 'This is empty.');
const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

const simpleShape = { column: text.optional(), value: text.optional(), template: text.optional(), ...stepShape };
/** A bare text is a column, or a template when it holds braces. */
const simpleValue = z.preprocess(
  shortValue,
  strict(simpleShape).refine(hasOneSource, 'Give one of `column`, `value` and `template`.').superRefine(checkSteps),
);
const valueShape = {
  ...simpleShape,
  firstOf: z.array(simpleValue).min(2, 'Give two or more.').optional(),
  join: z.array(simpleValue).min(2, 'Give two or more.').optional(),
};
const ONE_SOURCE = 'Give one of `column`, `value`, `template`, `firstOf` and `join`.';
const value = z.preprocess(shortValue, strict(valueShape).refine(hasOneSource, ONE_SOURCE).superRefine(checkSteps));
const columnValue = z.preprocess(
  shortValue,
  strict({ ...valueShape, write: z.enum(['always', 'onChange', 'once']).optional() })
    .refine(hasOneSource, ONE_SOURCE)
    .superRefine(checkSteps),
);
const { value: _, ...withoutValue } = valueShape;
const nameShape = {
  ...withoutValue,
  name: text.optional(),
  separator: z.string('a text').min(1, 'This is empty.').optional(),
};
const ONE_NAME = 'Give one of `column`, `name`, `template`, `firstOf` and `join`.';
const groupName = strict(nameShape).refine(hasOneSource, ONE_NAME).superRefine(checkSteps).superRefine(checkSeparator);
const localDepartment = strict({ businessUnit: groupName, department: groupName });

const when = text.optional();

const groupShape = {
  businessUnit: groupName.optional(),
  department: groupName.optional(),
  localDepartment: localDepartment.optional(),
  topic: groupName.optional(),
};
const ONE_GROUP = 'A group rule has one of `businessUnit`, `department`, `localDepartment` and `topic`.';

const groupRule = strict({ ...groupShape, when }).refine(({ when: _, ...targets }) => hasOneKey(targets), ONE_GROUP);

const roleShape = {
  target: z.enum(['network', 'businessUnit', 'department', 'localDepartment', 'topic']),
  group: strict({ ...nameShape, businessUnit: groupName.optional(), department: groupName.optional() }).optional(),
  role: text,
};

const roleRule = strict({ ...roleShape, when }).superRefine(checkRoleGroup);

const invitationRule = strict({
  audience: z.enum(['email', 'sms', 'letter', 'sso', 'none']),
  userName: value.optional(),
  /** `random` is no column here but what it says. */
  temporaryPassword: value.optional(),
  when,
});

const exceptionGroups = z
  .array(strict(groupShape).refine(hasOneKey, ONE_GROUP))
  .min(1, 'Name a group, or leave this out.');

const exceptionRule = strict({
  externalIds: z.array(z.string('a text').trim().min(1, 'This is empty.')).min(1, 'Name somebody.').optional(),
  when,
  leaveAlone: yesOrNo.optional(),
  notInNetwork: yesOrNo.optional(),
  addTo: exceptionGroups.optional(),
  notIn: exceptionGroups.optional(),
  role: strict(roleShape).superRefine(checkRoleGroup).optional(),
  noInvitation: yesOrNo.optional(),
  comment: text.optional(),
}).refine(({ externalIds, when: condition }) => hasOneKey({ externalIds, condition }), {
  message: 'An exception is for somebody: give `externalIds`, or `when`.',
});

const dateColumn = strict({
  column: text,
  format: z
    .string('a text')
    .regex(
      DATE_FORMAT,
      'A form such as DD/MM/YYYY is needed here: YYYY, MM and DD, each once; with a sign between M and D.',
    )
    .optional(),
});

export const documentSchema = strict({
  format: z.literal('1', 'This version reads `format: 1`.'),
  externalId: text,
  active: text.optional(),
  startDate: dateColumn.optional(),
  leaveDate: dateColumn.optional(),
  names: z.record(text, text).optional(),
  columns: strict({
    givenName: columnValue.optional(),
    infix: columnValue.optional(),
    familyName: columnValue.optional(),
    jobTitle: columnValue.optional(),
    email: columnValue.optional(),
    telephoneNumber: columnValue.optional(),
    preferredLanguage: columnValue.optional(),
    upn: columnValue.optional(),
  }).optional(),
  groups: z.array(groupRule).optional(),
  roles: z.array(roleRule).optional(),
  invitations: z.array(invitationRule).optional(),
  exceptions: z.array(exceptionRule).optional(),
  options: strict({
    mergeDuplicates: yesOrNo.optional(),
    allowEmptyName: yesOrNo.optional(),
    allowEmptyEmail: yesOrNo.optional(),
    allowWithoutBusinessUnit: yesOrNo.optional(),
    allowWithoutGroups: yesOrNo.optional(),
    allowXidChangeOnReactivation: yesOrNo.optional(),
    adoptByEmail: yesOrNo.optional(),
    createMissingGroups: yesOrNo.optional(),
    identityProvider: text.optional(),
  }).optional(),
  guards: guardsSchema.optional(),
});

export type Document = z.infer<typeof documentSchema>;
export type DocumentDate = z.infer<typeof dateColumn>;
export type DocumentValue = z.infer<typeof value>;
export type DocumentGroupName = z.infer<typeof groupName>;
export type DocumentGroupRule = z.infer<typeof groupRule>;
export type DocumentRoleRule = z.infer<typeof roleRule>;
export type DocumentInvitationRule = z.infer<typeof invitationRule>;
export type DocumentException = z.infer<typeof exceptionRule>;

function shortValue(input: unknown): unknown {
  if (typeof input !== 'string' || input === '') return input;
  return /[{}]/.test(input) ? { template: input } : { column: input };
}

function checkRoleGroup(
  { target, group }: { readonly target: string; readonly group?: Readonly<Record<string, unknown>> | undefined },
  context: z.RefinementCtx,
): void {
  const problem = groupProblem(target, group);
  if (problem !== null) context.addIssue({ code: 'custom', path: ['group'], message: problem });
}

/** What is wrong with the group that a role rule names, or null. */
function groupProblem(target: string, group: Readonly<Record<string, unknown>> | undefined): string | null {
  if (group === undefined) return null;
  if (target === 'network') return 'A role in the network has no group: leave it out.';
  const { businessUnit, department, ...names } = group;
  const isLocal = businessUnit !== undefined && department !== undefined;
  if (target === 'localDepartment') {
    return isLocal && Object.keys(names).length === 0
      ? null
      : 'A local department is given by `businessUnit` and `department`.';
  }
  if (businessUnit !== undefined || department !== undefined) return ONE_NAME;
  return hasOneSource(names) ? null : ONE_NAME;
}
