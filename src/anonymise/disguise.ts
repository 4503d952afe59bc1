import type { CountryCode } from 'libphonenumber-js/min';
import { toXid, type Xid } from '../sync/ids.js';
import type { Fields } from '../sync/record.js';
import { toCountry } from '../sync/values/phones.js';
import { inCanonicalOrder } from './canonical-order.js';
import { EmailDomains } from './kinds/emails.js';
import { Keyed } from './keyed/keyed.js';
import { literalsIn } from './plan/atoms.js';
import { phoneCountries, type PhoneCountry } from './plan/phone-country.js';
import type { ColumnPlan, DisguisePlan, Space } from './plan/plan.js';
import type { Literals } from './plan/translate-expression.js';
import { Days } from './spaces/days.js';
import { SpaceDisguise } from './spaces/space-disguise.js';
import { wordsOf } from './words/words.js';

export interface DisguiseOptions {
  /** The language of made-up names: `nl`, `de-DE`, `fr-BE`; English for all others. */
  readonly locale: string;
  /** Two letters: where numbers without a country code are dialled, when the mapping does not say so. */
  readonly country?: string | null;
  /** Of made-up addresses; ends in `.invalid`. */
  readonly domain?: string;
  /** The day by which the engine judges first and last days, `2026-11-30`. Left out where it is told none. */
  readonly today?: string;
}

/**
 * Turns the records of people into those of people who do not exist, of whom the mapping makes the same groups, roles,
 * audiences and active states. Everything follows from the key: with it, the same person is the same disguise in every file;
 * without it, nobody can tell who is who. Not to be kept longer than the key.
 */
export class Disguise {
  private readonly spaces = new Map<Space, SpaceDisguise>();
  private readonly columns: readonly ColumnPlan[];
  private readonly days: Days;
  private readonly countries: ReadonlyMap<string, PhoneCountry>;
  private readonly usualCountry: CountryCode | null;
  readonly domains: EmailDomains;

  /**
   * @param key 16 bytes or more, of this test alone
   * @throws CannotDisguise when a literal of the mapping cannot be disguised.
   * @throws RangeError when the key is too short or the domain could deliver.
   */
  constructor(
    readonly plan: DisguisePlan,
    key: Uint8Array,
    { locale, country = null, domain = 'anonymised.invalid', today }: DisguiseOptions,
  ) {
    if (!/^([a-z0-9-]+\.)*invalid$/.test(domain))
      throw new RangeError('The domain of made-up addresses ends in `.invalid`.');
    const keyed = new Keyed(key);
    const readsDomains = [...plan.columns.values()].some(readsAddresses);
    this.domains = new EmailDomains(keyed, domain, readsDomains, wordsLookedFor([...plan.columns.values()]));
    const material = { keyed, words: wordsOf(locale), domains: this.domains, scope: plan.scope };
    this.columns = [...plan.columns.values()];
    for (const { space } of this.columns) {
      if (!this.spaces.has(space)) this.spaces.set(space, new SpaceDisguise(space, material));
    }
    this.days = new Days(plan, keyed, today ?? null);
    this.countries = phoneCountries(plan.mapping, plan.scope);
    this.usualCountry = country === null ? null : toCountry(country);
  }

  /** All rows of one person, in the order in which they came. @throws CannotDisguise as `row` does. */
  person(rows: readonly Fields[]): readonly Fields[] {
    if (rows.length < 2) return rows.map((row) => this.row(row));
    const places = inCanonicalOrder(rows);
    return rows.map((row, index) => this.row(row, places[index]));
  }

  /**
   * One row. `place`: where it stands among the rows of its person (`person` finds it out), since the engine takes the profile
   * of the first one.
   * @throws CannotDisguise that names rule and column.
   */
  row(fields: Fields, place = 0): Fields {
    const person = (fields[this.plan.mapping.externalId.column] ?? '').trim();
    const result: Record<string, string> = { [this.plan.orderColumn]: String(place).padStart(4, '0') };
    const days = this.days.disguise(fields, person);
    for (const column of this.columns) {
      const cell = fields[column.column] ?? '';
      const text = cell.trim();
      if (text === '') result[column.column] = cell;
      else {
        const made = this.text(column, { text, person, fields, days });
        result[column.column] = text === cell ? made : cell.replace(text, () => made);
      }
    }
    return result;
  }

  /** The disguise of a person's id. @throws TooFewIds when a rule tells it apart from all but a few. */
  id(xid: Xid): Xid {
    const { column } = this.plan.mapping.externalId;
    const plan = this.plan.columns.get(column);
    if (plan === undefined) throw new RangeError('The record has no column for ids.');
    const cell = { column, person: xid, fields: {}, country: null };
    return toXid(this.spaceOf(plan).disguise(xid, cell));
  }

  /** What becomes of the literals that a column is held against in conditions; null where they stay. */
  literalsOf(column: string): Literals | null {
    const plan = this.plan.columns.get(column);
    return plan === undefined ? null : this.spaceOf(plan).literals;
  }

  private text(column: ColumnPlan, { text, person, fields, days }: Given): string {
    if (column.kind === 'kept') return text;
    if (column.kind === 'date') return days[column.column] ?? text;
    const country = column.kind === 'phone' ? this.countryOf(column.column, fields) : null;
    return this.spaceOf(column).disguise(text, { column: column.column, person, fields, country });
  }

  private countryOf(column: string, fields: Fields): CountryCode | null {
    const said = this.countries.get(column);
    if (said === undefined) return this.usualCountry;
    return (said.column === null ? null : toCountry(fields[said.column] ?? '')) ?? said.usual;
  }

  private spaceOf({ space }: ColumnPlan): SpaceDisguise {
    const found = this.spaces.get(space);
    if (found === undefined) throw new RangeError('A column without a space.');
    return found;
  }
}

interface Given {
  readonly text: string;
  readonly person: string;
  readonly fields: Fields;
  readonly days: Readonly<Record<string, string>>;
}

/** Whether a rule looks for parts of addresses. */
function readsAddresses({ kind, space }: ColumnPlan): boolean {
  return kind === 'email' && space.atoms.some(({ syntax }) => syntax.type === 'call');
}

/** What rules look for anywhere in an address, but for whole domains. */
function wordsLookedFor(columns: readonly ColumnPlan[]): readonly string[] {
  return columns
    .filter(({ kind }) => kind === 'email')
    .flatMap(({ space }) => space.atoms)
    .flatMap(({ syntax }) => (syntax.type === 'call' && syntax.name === 'includes' ? literalsIn(syntax) : []))
    .filter((literal) => typeof literal === 'string')
    .filter((literal) => literal !== '' && !/[@.]/.test(literal));
}
