import { TemporaryPasswords } from '../../src/connections/passwords.js';
import type { MasterKey } from '../../src/secrets/master-key.js';
import { saveContacts } from '../../src/store/contacts.js';
import type { Database } from '../../src/store/database.js';
import { toXid, type CustomerId } from '../../src/sync/ids.js';
import type { PersonState, Profile } from '../../src/sync/person.js';

export interface MadeUpAccount {
  readonly xid: string;
  readonly profile?: Profile;
  /** Business unit; none when empty. */
  readonly location?: string;
  readonly password?: string | null;
  readonly state?: 'creating' | 'active' | 'suspended';
  readonly invitedAt?: Date | null;
}

export function passwordOf(xid: string): string {
  return `Geheim-${xid}`;
}

/** An account that the sync made, whose letter is to be handed over. */
export async function addAccount(
  database: Database,
  key: MasterKey,
  customer: CustomerId,
  {
    xid,
    profile = {},
    location = 'Delft',
    password = passwordOf(xid),
    state = 'active',
    invitedAt = new Date(),
  }: MadeUpAccount,
): Promise<void> {
  const sealed = password === null ? null : new TemporaryPasswords(key, key).seal(customer, toXid(xid), password);
  await database.prisma.link.create({
    data: {
      ...{ customerId: customer, xid, state, userName: `user-${xid}`, password: sealed, invitedAt },
      written: JSON.parse(JSON.stringify(writtenFor(xid, profile, location))) as object,
    },
  });
}

function writtenFor(xid: string, profile: Profile, location: string): PersonState {
  const group = { kind: 'business_unit', name: location } as const;
  return {
    ...{ userName: `user-${xid}`, audience: 'letter', networkRole: 'member' },
    profile: { givenName: 'Made', familyName: `Up ${xid}`, ...profile },
    memberships: location === '' ? {} : { [`business_unit:${location.toLowerCase()}`]: { group, role: 'member' } },
  };
}

export async function addContacts(database: Database, customer: CustomerId): Promise<void> {
  const rest = { approves: false, owns: [] };
  await saveContacts(database, customer, [
    { id: 'c-hr', side: 'customer', role: 'HR manager', name: 'Made Up HR', email: 'hr@mail.example', ...rest },
    { id: 'pm-1', side: 'speakap', role: 'project manager', name: 'Made Up PM', email: 'pm@mail.example', ...rest },
  ]);
}

export async function passwordsKept({ prisma }: Database): Promise<readonly string[]> {
  const links = await prisma.link.findMany({ where: { password: { not: null } }, orderBy: { xid: 'asc' } });
  return links.map(({ xid }) => xid);
}
