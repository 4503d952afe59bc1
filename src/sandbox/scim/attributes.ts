import { invalidRequest } from '../http/refusal.js';
import { isEmail } from '../rules/address.js';
import type { Attributes, LabelledValue, User } from '../state/entities.js';
import { BAG, CORE_USER, ENTERPRISE, isKnown, type UserBody } from './schema.js';

/** A PUT with nothing besides these switches them and leaves the rest (`speakap-api.md`, assumed). */
const SWITCHES: ReadonlySet<string> = new Set(['schemas', 'userName', 'externalId', 'active', 'password']);

export function isSwitch(body: UserBody): boolean {
  return Object.keys(body).every((name) => SWITCHES.has(name));
}

/** All attributes of a person as the body has them; what the body does not name is empty. */
export function attributesOf(body: UserBody): Attributes {
  const emails = body.emails ?? [];
  const primary = emails.find((email) => email.primary === true) ?? emails[0];
  for (const email of emails)
    if (!isEmail(email.value)) throw invalidRequest('emails: a value is no e-mail address', 'invalidValue');
  return {
    givenName: body.name?.givenName ?? '',
    familyName: body.name?.familyName ?? '',
    email: primary?.value ?? null,
    otherEmails: emails.filter((email) => email !== primary).map(labelled),
    phones: (body.phoneNumbers ?? []).map(labelled),
    title: body.title ?? null,
    preferredLanguage: body.preferredLanguage ?? null,
    upn: body.upn ?? null,
    bag: { ...extras(body), ...body[BAG] },
    employeeNumber: body[ENTERPRISE]?.employeeNumber ?? null,
    department: body[ENTERPRISE]?.department ?? null,
  };
}

/** The person as SCIM shows it. No password, ever. */
export function scimResource(user: User, base: string): Record<string, unknown> {
  const { attributes } = user;
  return {
    schemas: [CORE_USER],
    id: user.scimId,
    userName: user.userName,
    ...(user.xid === null ? {} : { externalId: user.xid }),
    active: user.suspendedAt === null,
    name: { givenName: attributes.givenName, familyName: attributes.familyName },
    emails: emailsOf(attributes),
    phoneNumbers: attributes.phones.map((phone) => ({ value: phone.value, type: phone.label })),
    ...(attributes.title === null ? {} : { title: attributes.title }),
    ...(attributes.preferredLanguage === null ? {} : { preferredLanguage: attributes.preferredLanguage }),
    ...(attributes.upn === null ? {} : { upn: attributes.upn }),
    [BAG]: attributes.bag,
    [ENTERPRISE]: {
      ...(attributes.employeeNumber === null ? {} : { employeeNumber: attributes.employeeNumber }),
      department: attributes.department ?? {},
    },
    meta: {
      resourceType: 'User',
      created: user.created,
      lastModified: user.lastModified,
      location: `${base}/Users/${user.scimId ?? ''}`,
    },
  };
}

function emailsOf(attributes: Attributes): readonly Record<string, unknown>[] {
  const others = attributes.otherEmails.map((email) => ({ value: email.value, primary: false, type: email.label }));
  if (attributes.email === null) return others;
  return [{ value: attributes.email, primary: true, type: 'Work' }, ...others];
}

function extras(body: UserBody): Record<string, string | number | boolean> {
  const found: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(body)) {
    if (isKnown(name)) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') found[name] = value;
  }
  return found;
}

function labelled(item: { readonly value: string; readonly type?: string | undefined }): LabelledValue {
  return { label: item.type ?? 'Work', value: item.value };
}
