import type { Fields } from '../../sync/record.js';
import type { DeliveredRow } from '../delivery.js';
import type { GroupId } from '../groups.js';
import { judge } from '../judge.js';
import type { Rules } from '../rules.js';
import { settle } from '../settle.js';
import type { Expectation, Expectations } from '../state.js';

/** The day that is being made, beside the day before. */
export class Roster {
  /** Rows of the new day, by person. */
  readonly rows = new Map<string, readonly DeliveredRow[]>();
  /**
   * Nobody has two events: what came of which could not be told. And one administrator has none: the last one of a network stays,
   * whatever the record says, so that an event of theirs would show nothing.
   */
  readonly touched = new Set<string>();
  private readonly taken = new Map<string, string>();

  constructor(
    readonly rules: Rules,
    readonly before: Expectations,
    rows: Iterable<DeliveredRow>,
    readonly today: string,
    private readonly groups: ReadonlySet<GroupId> | undefined,
  ) {
    for (const row of rows) this.rows.set(row.xid, [...(this.rows.get(row.xid) ?? []), row]);
    for (const each of before.values()) this.take(each);
    const administrator = [...before.values()].find(({ person }) => person?.networkRole.value === 'admin');
    if (administrator !== undefined) this.touched.add(administrator.xid);
  }

  expectationOf(xid: string): Expectation | null {
    return this.before.get(xid) ?? null;
  }

  /** What would come of these rows. */
  outcome(xid: string, rows: readonly DeliveredRow[]): Expectation {
    const before = this.expectationOf(xid);
    const hasAccount = before?.account === 'active';
    const groups = this.groups === undefined ? {} : { groups: this.groups };
    return settle(
      this.rules,
      xid,
      judge(this.rules, xid, rows, { today: this.today, hasAccount, ...groups }),
      before,
      false,
    );
  }

  /** Whether nobody else has the user name or an address that is new for this person. */
  isFree(after: Expectation): boolean {
    const before = this.expectationOf(after.xid);
    const old = new Set(before === null ? [] : claims(before));
    return claims(after).every((claim) => old.has(claim) || (this.taken.get(claim) ?? after.xid) === after.xid);
  }

  /** Makes it so. */
  set(xid: string, rows: readonly DeliveredRow[]): void {
    this.touched.add(xid);
    if (rows.length === 0) this.rows.delete(xid);
    else {
      this.rows.set(xid, rows);
      this.take(this.outcome(xid, rows));
    }
  }

  private take(expectation: Expectation): void {
    for (const claim of claims(expectation)) if (!this.taken.has(claim)) this.taken.set(claim, expectation.xid);
  }
}

/** The only readable row of somebody with an active account: whose change can be told apart. */
export function onlyRow(roster: Roster, xid: string): Fields | null {
  const rows = roster.rows.get(xid) ?? [];
  const isPlain = rows.length === 1 && roster.expectationOf(xid)?.account === 'active';
  return isPlain ? (rows[0]?.fields ?? null) : null;
}

/** The rows with some columns changed, in every row. */
export function edited(rows: readonly DeliveredRow[], edit: Fields): readonly DeliveredRow[] {
  return rows.map((row) => (row.fields === null ? row : { ...row, fields: { ...row.fields, ...edit } }));
}

function claims({ person }: Expectation): readonly string[] {
  if (person === null) return [];
  const { email, telephoneNumber, upn } = person.profile;
  // Many share the number of an office; only an invitation needs one's own.
  const phone = person.audience.value === 'sms' ? telephoneNumber : undefined;
  const texts = { user: person.userName, email, phone, upn };
  return Object.entries(texts).flatMap(([kind, text]) => (text ? [`${kind} ${text.toLowerCase()}`] : []));
}
