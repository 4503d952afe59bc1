/** The ids of the domain, kept apart by the compiler. All are text: an XID `0004711` is not `4711`. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The employee's id in HR, Speakap's external id. Trimmed, never empty, never a number. */
export type Xid = Branded<'Xid'>;
/** A customer's slug: lower-case letters, digits and hyphens, starting with a letter. */
export type CustomerId = Branded<'CustomerId'>;
/** A Speakap id: 16 hexadecimal digits (`speakap-api.md`, 1). */
export type Eid = Branded<'Eid'>;
/** Text that names one group of a network in mappings, links and plans; made by `groupKey`. */
export type GroupKey = Branded<'GroupKey'>;

/** @throws RangeError when nothing is left after trimming. */
export function toXid(text: string): Xid {
  const trimmed = text.trim();
  if (trimmed === '') throw new RangeError('An XID cannot be empty.');
  return trimmed as Xid;
}

/** @throws RangeError when the text is no slug. */
export function toCustomerId(text: string): CustomerId {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(text)) {
    throw new RangeError(
      `"${text}" is no customer slug: use lower-case letters, digits and hyphens, starting with a letter.`,
    );
  }
  return text as CustomerId;
}

/** @throws RangeError when the text is not 16 hexadecimal digits. */
export function toEid(text: string): Eid {
  if (!/^[0-9a-f]{16}$/i.test(text)) throw new RangeError(`"${text}" is no EID: 16 hexadecimal digits were expected.`);
  return text.toLowerCase() as Eid;
}
