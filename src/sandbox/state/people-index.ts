import type { Eid, User } from './entities.js';

/** Finds people by what must be theirs alone. User names and addresses ignore case; an XID is exact, as `0004711` is not `4711`. */
export class PeopleIndex {
  readonly #byUserName = new Map<string, Eid>();
  readonly #byXid = new Map<string, Eid>();
  readonly #byEmail = new Map<string, Eid>();
  readonly #byPhone = new Map<string, Eid>();
  readonly #byScimId = new Map<string, Eid>();

  add(user: User): void {
    for (const [index, key] of this.#keys(user)) index.set(key, user.eid);
  }

  remove(user: User): void {
    for (const [index, key] of this.#keys(user)) {
      if (index.get(key) === user.eid) index.delete(key);
    }
  }

  withUserName(userName: string): Eid | undefined {
    return this.#byUserName.get(fold(userName));
  }

  withXid(xid: string): Eid | undefined {
    return this.#byXid.get(xid);
  }

  withEmail(email: string): Eid | undefined {
    return this.#byEmail.get(fold(email));
  }

  withPhone(phone: string): Eid | undefined {
    return this.#byPhone.get(digits(phone));
  }

  withScimId(id: string): Eid | undefined {
    return this.#byScimId.get(id);
  }

  *#keys(user: User): Generator<[Map<string, Eid>, string]> {
    if (user.userName !== null) yield [this.#byUserName, fold(user.userName)];
    if (user.xid !== null) yield [this.#byXid, user.xid];
    if (user.attributes.email !== null) yield [this.#byEmail, fold(user.attributes.email)];
    if (user.scimId !== null) yield [this.#byScimId, user.scimId];
    for (const phone of user.attributes.phones) yield [this.#byPhone, digits(phone.value)];
  }
}

function fold(text: string): string {
  return text.toLowerCase();
}

/** `+31 (6) 1234-5678` and `+31612345678` are one number. */
function digits(phone: string): string {
  return phone.replace(/[^+\d]/g, '');
}
