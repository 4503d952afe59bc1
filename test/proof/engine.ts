import { mapRows } from '../../src/sync/desired/map-rows.js';
import { userNameConflicts } from '../../src/sync/desired/user-names.js';
import { judgeAbsence } from '../../src/sync/guards/judge-absence.js';
import { toXid, type Xid } from '../../src/sync/ids.js';
import { compileMapping } from '../../src/sync/mapping/compile.js';
import { afterChanges } from '../../src/sync/plan/after-changes.js';
import { groupKey, type GroupRef } from '../../src/sync/group.js';
import type { PersonChange } from '../../src/sync/change.js';
import type { LinkState } from '../../src/sync/plan/link-state.js';
import { planPerson, type Absent } from '../../src/sync/plan/plan-person.js';
import { writePolicies } from '../../src/sync/plan/profile-changes.js';
import type { Profile } from '../../src/sync/person.js';
import type { DeliveredRow } from '../../src/proof/delivery.js';
import type { FoundInvitation, FoundNetwork, FoundPerson } from '../../src/proof/found.js';
import { aMapping } from '../sync/builders.js';

/** A network that the engine keeps, in memory: what it would look like if every planned change were done. */
export class EngineNetwork {
  readonly links = new Map<Xid, LinkState>();
  readonly sent: FoundInvitation[] = [];
  private readonly absences = new Map<Xid, { since: Date; snapshots: number }>();

  constructor(
    private readonly text: string,
    private readonly groups?: readonly GroupRef[],
  ) {}

  /** One delivery, planned by the engine and done in full. `text`: another mapping from now on. */
  sync(rows: readonly DeliveredRow[], today: string): ReadonlyMap<Xid, readonly PersonChange[]> {
    const mapping = aMapping(this.text);
    const compiled = compileMapping(mapping);
    const writes = writePolicies(mapping.columns);
    const rowsOf = new Map<Xid, DeliveredRow[]>();
    for (const row of rows) rowsOf.set(toXid(row.xid), [...(rowsOf.get(toXid(row.xid)) ?? []), row]);
    const known = this.groups === undefined ? {} : { groups: new Set(this.groups.map(groupKey)) };
    const outcomes = new Map(
      [...rowsOf].map(([xid, theirs]) => {
        const hasAccount = this.links.get(xid)?.state === 'active';
        const records = theirs.map(({ row, fields }) => ({ xid, row, fields }));
        return [xid, mapRows(compiled, xid, records, { today, hasAccount, ...known })] as const;
      }),
    );
    const conflicts = new Set([...userNameConflicts(outcomes.values()).values()].flat());
    const done = new Map<Xid, readonly PersonChange[]>();
    for (const xid of new Set([...rowsOf.keys(), ...this.links.keys()])) {
      const outcome = outcomes.get(xid);
      if (conflicts.has(xid)) continue;
      const link = this.links.get(xid) ?? null;
      const absent = outcome === undefined ? this.absent(xid, today, mapping) : null;
      const subject = outcome ?? absent;
      const changes = subject === null ? [] : planPerson({ outcome: subject, link, writes });
      if (outcome !== undefined) this.absences.delete(xid);
      done.set(xid, changes);
      const after = afterChanges(link, changes);
      if (after !== null) this.links.set(xid, after);
      for (const change of changes)
        if (change.kind === 'invite') this.invite(xid, change.audience, after?.written.profile);
    }
    return done;
  }

  /** null: nothing is done about whom no row names. */
  private absent(xid: Xid, today: string, mapping: ReturnType<typeof aMapping>): Absent | null {
    const now = new Date(`${today}T04:00:00Z`);
    const known = this.absences.get(xid) ?? { since: now, snapshots: 0 };
    known.snapshots++;
    this.absences.set(xid, known);
    const isAlone = mapping.exceptions.some(
      ({ leaveAlone, whom }) => leaveAlone && whom.kind === 'ids' && whom.ids.some((id) => id.xid === xid),
    );
    const { step } = judgeAbsence(mapping.guards.missing, known, now);
    if (isAlone || step === 'stays') return null;
    return { kind: step === 'is suspended' ? 'missing' : 'without_groups', xid };
  }

  private invite(xid: Xid, audience: string, profile: Profile = {}): void {
    if (audience === 'letter') this.sent.push({ xid, by: 'letter', address: null, times: 1 });
    if (audience === 'email') this.sent.push({ xid, by: 'email', address: profile.email ?? null, times: 1 });
    if (audience === 'sms') this.sent.push({ xid, by: 'sms', address: profile.telephoneNumber ?? null, times: 1 });
  }

  /** As a reader of the API would see it. */
  found(): FoundNetwork {
    const people = [...this.links].map(([xid, { state, written }], index): FoundPerson => {
      const groups = Object.values(written.memberships);
      const { infix, familyName, upn: _, ...profile } = written.profile;
      const family = [infix, familyName].filter((part) => part !== undefined).join(' ');
      return {
        ...{
          eid: String(index).padStart(16, '0'),
          xid,
          isActive: state === 'active',
          networkRole: written.networkRole,
        },
        profile: { ...profile, ...(family && { familyName: family }) },
        groups,
      };
    });
    return {
      people,
      groups: people.flatMap((person) => person.groups.map(({ group }) => group)),
      sent: [...this.sent],
    };
  }
}

export const EMPTY: FoundNetwork = { people: [], groups: [], sent: [] };
