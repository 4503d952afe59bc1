import type { Fields } from '../../sync/record.js';
import type { DeliveredRow } from '../delivery.js';
import { daysAfter, fromIsoDate } from '../steps.js';
import type { Audience } from '../document.js';
import type { Chance } from './random.js';
import type { Roster } from './roster.js';
import type { Search } from './search.js';
import { signature } from './wanted.js';

const TRIES = 60;

/** Makes rows of people whom nobody knew, after the model of somebody who is there. */
export class Newcomers {
  constructor(
    private readonly roster: Roster,
    private readonly search: Search,
    private readonly chance: Chance,
    private readonly usedIds: ReadonlySet<string>,
  ) {}

  /** Somebody who is invited in this way; null when nobody of the record is, or no id is left in its form. */
  joiner(audience: Audience): DeliveredRow | null {
    return this.like((made) => made.event === 'created' && made.person?.audience.value === audience, {
      who: (rule) => rule === audience,
    });
  }

  /** Somebody whose first day is still to come. */
  starter(): DeliveredRow | null {
    const { startDate } = this.roster.rules;
    if (startDate === null) return null;
    const edit = { [startDate.column]: fromIsoDate(daysAfter(this.roster.today, 30), startDate.form) };
    return this.like((made) => made.event === 'absent' && made.rule === 'startDate', { edit });
  }

  /** Somebody with an id that an exception names. */
  withId(xid: string): DeliveredRow | null {
    return this.like(() => true, { xid });
  }

  private like(
    isWanted: (made: ReturnType<Roster['outcome']>) => boolean,
    { who = () => true, edit = {}, xid }: { who?: (audience: Audience) => boolean; edit?: Fields; xid?: string },
  ): DeliveredRow | null {
    let models = 20;
    for (const [, row, { person }] of this.search.untouched(
      ({ person }) => person !== null && who(person.audience.value),
    )) {
      if (models-- === 0) break;
      for (let tried = 0; tried < TRIES; tried++) {
        const made = this.copy(row, xid ?? this.newId(row[this.roster.rules.idColumn] ?? '', tried), edit);
        if (made === null) continue;
        const after = this.roster.outcome(made.xid, [made]);
        const isAlike = xid !== undefined || after.person === null || signature(after.person) === signature(person);
        if (isWanted(after) && isAlike && this.roster.isFree(after)) return made;
      }
    }
    return null;
  }

  private copy(row: Fields, xid: string | null, edit: Fields): DeliveredRow | null {
    if (xid === null) return null;
    const { rules } = this.roster;
    const fields: Record<string, string> = { ...row };
    const own = new Set(['givenName', 'infix', 'familyName', 'email', 'upn', 'telephoneNumber']);
    const columns = [
      ...rules.profile.filter(({ field }) => own.has(field)).flatMap(({ value }) => value.columns),
      ...rules.invitations.flatMap(({ userName }) => userName?.columns ?? []),
    ];
    for (const column of new Set(columns)) fields[column] = this.another(column, row[column] ?? '');
    return { xid, row: 0, fields: { ...fields, ...edit, [rules.idColumn]: xid } };
  }

  /** Another person's name; an address or a number that nobody has. */
  private another(column: string, value: string): string {
    if (value.includes('@')) return `new${this.chance.number(10_000)}.${value}`;
    if (/\d.*\d.*\d.*\d.*\d.*\d/.test(value))
      return value.replace(/\d(?=\D*(?:\d\D*){0,3}$)/g, () => String(this.chance.number(10)));
    return value === '' ? '' : (this.chance.one(this.search.valuesOf(column).filter((other) => other !== '')) ?? value);
  }

  /** The form of another id: as many letters and digits, changed from the right as far as needed. */
  private newId(model: string, tried: number): string | null {
    const signs = [...model];
    let left = 2 + Math.floor(tried / 10);
    for (let at = signs.length - 1; at >= 0 && left > 0; at--) {
      const sign = signs[at] ?? '';
      if (/\d/.test(sign)) signs[at] = String(this.chance.number(10));
      else if (/[a-z]/.test(sign)) signs[at] = String.fromCharCode(97 + this.chance.number(26));
      else if (/[A-Z]/.test(sign)) signs[at] = String.fromCharCode(65 + this.chance.number(26));
      else continue;
      left--;
    }
    const made = signs.join('').trim();
    return made === '' || this.usedIds.has(made) || this.roster.rows.has(made) ? null : made;
  }
}
