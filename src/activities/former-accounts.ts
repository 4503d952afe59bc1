import { readSuspended } from '../store/former-accounts.js';
import type { Database } from '../store/database.js';
import type { DuePerson } from '../store/plans.js';
import type { CustomerId } from '../sync/ids.js';
import type { CompiledMapping } from '../sync/mapping/compile.js';
import type { PersonState } from '../sync/person.js';
import { outcomeKind } from './outcome-kind.js';

export type FormerAccount = DuePerson & { readonly link: NonNullable<DuePerson['link']> };

/** Suspended accounts of people who really left, by what somebody who returns under a new XID is known by. */
export class FormerAccounts {
  readonly #byAddress = new Map<string, FormerAccount[]>();

  add(former: FormerAccount): void {
    const address = addressOf(former.link.written);
    if (address === null) return;
    const others = this.#byAddress.get(address);
    if (others === undefined) this.#byAddress.set(address, [former]);
    else others.push(former);
  }

  /** Which accounts may be this person's: of more than one, nobody but a person can tell. */
  of(person: PersonState): readonly FormerAccount[] {
    const address = addressOf(person);
    return address === null ? [] : (this.#byAddress.get(address) ?? []);
  }
}

/** None where the mapping does not allow another XID. */
export async function formerAccounts(
  database: Database,
  customer: CustomerId,
  mapping: CompiledMapping,
  today: string,
): Promise<FormerAccounts> {
  const former = new FormerAccounts();
  if (!mapping.mapping.options.allowXidChangeOnReactivation) return former;
  for (const { xid, rows, link } of await readSuspended(database, customer)) {
    if (link !== null && hasLeft(mapping, { xid, rows, link }, today)) former.add({ xid, rows, link });
  }
  return former;
}

/** Whoever the record or an exception has something else to say of is not somebody else's past. */
function hasLeft(mapping: CompiledMapping, account: FormerAccount, today: string): boolean {
  return ['missing', 'inactive'].includes(outcomeKind(mapping, account, { today }));
}

function addressOf({ profile: { email } }: PersonState): string | null {
  return email?.toLowerCase() ?? null;
}
