import { listMappings } from '../../store/mappings.js';
import type { Database } from '../../store/database.js';
import {
  isKnown,
  readPersonData,
  sealedPlaces,
  type PersonData,
  type SealedPlace,
} from '../../store/people/person-data.js';
import { toXid, type CustomerId, type Xid } from '../../sync/ids.js';
import { parseMapping } from '../../sync/mapping/parse.js';
import type { Context } from '../context.js';
import { CommandFailed, WrongUsage } from '../errors.js';

/** Everything about a person, wherever it is. */
export interface KnownPerson extends PersonData {
  /** Versions of the mapping that name the XID in an exception. */
  readonly exceptions: readonly { readonly version: number; readonly status: string }[];
  /** Sealed files that may hold a row of the person. */
  readonly sealed: readonly (SealedPlace & {
    /** null: stays with the onboarding. */ readonly removedAfter: Date | null;
  })[];
}

/** An id without letters is no XID. @throws WrongUsage */
export function readXid(text: string): Xid {
  if (text.trim() === '') throw new WrongUsage('An XID is needed, and this is empty. Nothing was tried.');
  return toXid(text);
}

/** @throws CommandFailed when nothing is kept about this XID; the sentence does not say it. */
export async function readKnownPerson(
  { config }: Context,
  database: Database,
  customer: CustomerId,
  xid: Xid,
): Promise<KnownPerson> {
  const data = await readPersonData(database, customer, xid);
  const exceptions = await exceptionsFor(database, customer, xid);
  if (!isKnown(data) && exceptions.length === 0) {
    throw new CommandFailed(
      `Nothing is kept under this XID for ${customer}. Nothing was changed. An XID is text: 0004711 is another one than 4711.`,
    );
  }
  const places = await sealedPlaces(database.pool, customer);
  const removedAfter = ({ what, at }: SealedPlace): Date | null =>
    what === 'delivery' ? new Date(at.getTime() + config.keep.deliveries * 86_400_000) : null;
  return { ...data, exceptions, sealed: places.map((place) => ({ ...place, removedAfter: removedAfter(place) })) };
}

async function exceptionsFor(database: Database, customer: string, xid: Xid): Promise<KnownPerson['exceptions']> {
  const versions = await listMappings(database, customer);
  return versions.filter(({ document }) => names(document, xid)).map(({ version, status }) => ({ version, status }));
}

function names(document: string, xid: Xid): boolean {
  const parsed = parseMapping(document);
  if ('problems' in parsed) return false;
  return parsed.mapping.exceptions.some(({ whom }) => whom.kind === 'ids' && whom.ids.some((id) => id.xid === xid));
}
