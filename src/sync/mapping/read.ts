import type { DateColumn, Mapping, Options, ProfileField } from './mapping.js';
import type { Places } from './places.js';
import { readException } from './read-exceptions.js';
import { readCondition, readGroupRule, readInvitation, readRoleRule } from './read-rules.js';
import { readGuards } from './read-guards.js';
import { readValue } from './read-values.js';
import type { Document, DocumentDate } from './schema.js';

/** Puts a document that has the right shape into the terms of the domain, with the place of everything that can be wrong. */
export function readDocument(document: Document, places: Places): Mapping {
  return {
    externalId: { column: document.externalId, at: places.of(['externalId']) },
    active: readCondition(document.active, ['active'], places),
    startDate: readDateColumn('startDate', document.startDate, places),
    leaveDate: readDateColumn('leaveDate', document.leaveDate, places),
    names: Object.entries(document.names ?? {}).map(([name, column]) => ({
      name,
      column,
      at: places.of(['names', name]),
    })),
    columns: readColumns(document.columns ?? {}, places),
    groups: (document.groups ?? []).map((rule, index) => readGroupRule(rule, ['groups', index], places)),
    roles: (document.roles ?? []).map((rule, index) => readRoleRule(rule, ['roles', index], places)),
    invitations: (document.invitations ?? []).map((rule, index) =>
      readInvitation(rule, ['invitations', index], places),
    ),
    exceptions: (document.exceptions ?? []).map((rule, index) => readException(rule, ['exceptions', index], places)),
    options: readOptions(document.options ?? {}),
    guards: readGuards(document.guards ?? {}),
  };
}

function readDateColumn(
  key: 'startDate' | 'leaveDate',
  date: DocumentDate | undefined,
  places: Places,
): DateColumn | null {
  if (date === undefined) return null;
  return { column: date.column, format: date.format ?? 'YYYY-MM-DD', at: places.of([key, 'column']) };
}

const PROFILE_FIELDS = [
  'givenName',
  'infix',
  'familyName',
  'jobTitle',
  'email',
  'telephoneNumber',
  'preferredLanguage',
  'upn',
] as const satisfies readonly ProfileField[];

function readColumns(columns: NonNullable<Document['columns']>, places: Places): Mapping['columns'] {
  return PROFILE_FIELDS.flatMap((field) => {
    const value = columns[field];
    if (value === undefined) return [];
    return [{ field, value: readValue(value, ['columns', field], places), write: value.write ?? 'always' }];
  });
}

function readOptions(options: NonNullable<Document['options']>): Options {
  return {
    mergeDuplicates: options.mergeDuplicates ?? false,
    allowEmptyName: options.allowEmptyName ?? false,
    allowEmptyEmail: options.allowEmptyEmail ?? false,
    allowWithoutBusinessUnit: options.allowWithoutBusinessUnit ?? false,
    allowWithoutGroups: options.allowWithoutGroups ?? false,
    allowXidChangeOnReactivation: options.allowXidChangeOnReactivation ?? false,
    adoptByEmail: options.adoptByEmail ?? false,
    createMissingGroups: options.createMissingGroups ?? false,
    identityProvider: options.identityProvider ?? null,
  };
}
