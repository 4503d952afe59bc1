import type { GroupRef } from '../../sync/group.js';
import type { DeliveredRow } from '../delivery.js';
import type { Audience } from '../document.js';
import { expectationsBy } from '../expectations.js';
import { groupId } from '../groups.js';
import { readRules, type Rules } from '../rules.js';
import { daysAfter } from '../steps.js';
import type { Expectations } from '../state.js';
import type { MadeEvent, NotShown } from './events.js';
import { Newcomers } from './newcomers.js';
import { Chance } from './random.js';
import { edited, Roster } from './roster.js';
import { pick, Search } from './search.js';
import { recipesOf } from './wanted.js';

export interface NextDayOptions {
  readonly document: string;
  readonly rows: readonly DeliveredRow[];
  /** Of the activation, ISO. */
  readonly today: string;
  /** By which days the made deliveries will be read; the next two when left out. A test may do all of it on one day. */
  readonly days?: { readonly second: string; readonly third: string };
  readonly seed: number;
  readonly groups?: Iterable<GroupRef>;
  /** What was expected on the activation; made anew when left out. */
  readonly expected?: Expectations;
}

export interface MadeDay {
  readonly today: string;
  readonly rows: readonly DeliveredRow[];
  readonly events: readonly MadeEvent[];
}

export interface NextDay extends MadeDay {
  /** What the rules know and this record cannot show, and why. */
  readonly notShown: readonly NotShown[];
  /** On which those who left come back. */
  readonly thirdDay: MadeDay;
}

/**
 * The deliveries of the next two days, made of the first: every kind of event that the rules know happens to somebody, with
 * values that other people have wherever that is possible.
 */
export function makeNextDay({ document, rows, today, seed, groups, expected, days }: NextDayOptions): NextDay {
  const rules = readRules(document);
  const known = groups === undefined ? {} : { groups: [...groups] };
  const before = expected ?? expectationsBy(rules, { rows, today, ...known });
  const { second, third } = days ?? { second: daysAfter(today, 1), third: daysAfter(today, 2) };
  const ids = groups === undefined ? undefined : new Set([...groups].map(groupId));
  const roster = new Roster(rules, before, rows, second, ids);
  const maker = new Maker(rules, roster, new Chance(seed));
  maker.makeAll();
  const secondRows = inOrder(rows, roster);
  const thirdDay = makeReturns(roster, rows, secondRows, maker.events, third);
  return { today: second, rows: secondRows, events: maker.events, notShown: maker.notShown, thirdDay };
}

/** The delivery that the guards are for: a third of the people are not in it. */
export function dropThird(rows: readonly DeliveredRow[]): readonly DeliveredRow[] {
  const people = [...new Set(rows.map(({ xid }) => xid))];
  const dropped = new Set(people.filter((_, index) => index % 3 === 1));
  return numbered(rows.filter(({ xid }) => !dropped.has(xid)));
}

const HOW: Readonly<Record<Audience, string>> = {
  email: 'by e-mail',
  sms: 'by SMS',
  letter: 'by letter',
  sso: 'by single sign-on, without an invitation',
  none: 'with nobody telling them',
};

class Maker {
  readonly events: MadeEvent[] = [];
  readonly notShown: NotShown[] = [];
  private readonly search: Search;
  private readonly newcomers: Newcomers;

  constructor(
    private readonly rules: Rules,
    private readonly roster: Roster,
    chance: Chance,
  ) {
    const used = [...roster.rows.keys(), ...roster.before.keys(), ...rules.exceptions.flatMap(({ ids }) => ids ?? [])];
    this.search = new Search(roster, chance);
    this.newcomers = new Newcomers(roster, this.search, chance, new Set(used));
  }

  /** Those that few people can show come first. */
  makeAll(): void {
    this.exceptionsById();
    for (const recipe of recipesOf(this.rules, daysAfter(this.roster.today, -1))) {
      const found = this.search.find(recipe);
      if (found === null) {
        const why =
          recipe.columns.length === 0
            ? 'the rule reads no column, so nothing in a delivery changes it'
            : 'no value that anybody has in its columns makes the difference for anybody';
        this.notShown.push({ kind: recipe.kind, rule: recipe.rule, why });
        continue;
      }
      this.roster.set(found.xid, edited(this.roster.rows.get(found.xid) ?? [], found.edit));
      const { kind, rule, text } = recipe;
      this.events.push({ kind, rule, text, xid: found.xid, columns: Object.keys(found.edit) });
    }
    this.joiners();
    this.missing();
    this.badRow();
    this.double();
  }

  private joiners(): void {
    for (const audience of new Set(this.rules.invitations.map((rule) => rule.audience))) {
      const rule = this.rules.invitations.find((each) => each.audience === audience)?.rule ?? 'invitations';
      const made = this.newcomers.joiner(audience);
      this.newcomer(
        'joiner',
        rule,
        made,
        `is new, and joins ${HOW[audience]}`,
        'nobody of the record is invited in this way',
      );
    }
    if (this.rules.invitations.length === 0)
      this.newcomer(
        'joiner',
        'active',
        this.newcomers.joiner('none'),
        'is new',
        'no id is left in the form of the others',
      );
    if (this.rules.startDate !== null)
      this.newcomer(
        'start date',
        'startDate',
        this.newcomers.starter(),
        'starts in 30 days, and has no account before',
        'nobody could be made who starts later',
      );
  }

  private newcomer(kind: MadeEvent['kind'], rule: string, row: DeliveredRow | null, text: string, why: string): void {
    if (row === null) this.notShown.push({ kind, rule, why });
    else this.add({ kind, rule, text, xid: row.xid, columns: [] }, [row]);
  }

  private missing(): void {
    const { deliveries, days, leaveGroups } = this.rules.missing;
    const waits = deliveries > 1 || days > 0;
    const leaves = leaveGroups !== null && leaveGroups.deliveries <= 1 && leaveGroups.days === 0;
    const text = waits
      ? `stands in no row any more${leaves ? ', leaves the groups' : ''}, and is waited for (${deliveries} deliveries, ${days} days)`
      : 'stands in no row any more, and is suspended';
    this.toAnybody('leaver', 'guards.missing', text, () => []);
  }

  private badRow(): void {
    this.toAnybody('bad row', 'unreadable row', 'has a row that nobody can read, and stays as they are', (row) => [
      { ...row, fields: null },
    ]);
  }

  /** The second row is in another location or department, where there is one. */
  private double(): void {
    const columns = this.rules.groups.flatMap(({ groups }) => groups.columns);
    const others = columns.map((column) => this.search.valuesOf(column).filter((value) => value !== ''));
    const second = (fields: NonNullable<DeliveredRow['fields']>) =>
      Object.fromEntries(
        columns.map((column, index) => [
          column,
          others[index]?.find((value) => value !== fields[column]) ?? fields[column] ?? '',
        ]),
      );
    const text = this.rules.options.mergeDuplicates
      ? 'has a second row with other groups, and is in the groups of both'
      : 'has a second row, and stays as they are';
    this.toAnybody('double', 'options.mergeDuplicates', text, (row) => [
      row,
      { ...row, fields: row.fields && { ...row.fields, ...second(row.fields) } },
    ]);
  }

  private toAnybody(
    kind: MadeEvent['kind'],
    rule: string,
    text: string,
    change: (row: DeliveredRow) => readonly DeliveredRow[],
  ): void {
    for (const [xid] of this.search.untouched(({ event }) => event !== 'unchanged')) {
      const [row] = this.roster.rows.get(xid) ?? [];
      if (row === undefined) continue;
      this.add({ kind, rule, text, xid, columns: [] }, change(row));
      return;
    }
    this.notShown.push({ kind, rule, why: 'nobody with one row is left for it' });
  }

  /** Somebody whom an exception names moves, or is new: what else would come of it shows the exception. */
  private exceptionsById(): void {
    for (const { rule, ids } of this.rules.exceptions) {
      const xid = ids?.find((id) => !this.roster.touched.has(id));
      if (xid === undefined) continue;
      const rows = this.roster.rows.get(xid);
      if (rows === undefined) {
        this.newcomer(
          'exception',
          rule,
          this.newcomers.withId(xid),
          'is new, and meant by an exception',
          'nobody of the record could be a model',
        );
        continue;
      }
      const columns = [...new Set(this.rules.groups.flatMap(({ groups }) => groups.columns))];
      const donor = [...this.search.untouched(() => true)]
        .slice(0, 50)
        .find(([, row]) => columns.some((column) => row[column] !== rows[0]?.fields?.[column]));
      const edit = donor === undefined ? {} : pick(donor[1], columns);
      this.add(
        { kind: 'exception', rule, xid, columns: Object.keys(edit), text: 'moves, and is meant by an exception' },
        edited(rows, edit),
      );
    }
  }

  private add(event: MadeEvent, rows: readonly DeliveredRow[]): void {
    this.roster.set(event.xid, rows);
    this.events.push(event);
  }
}

/** The rows in the order of the first day, new ones behind them. */
function inOrder(first: readonly DeliveredRow[], { rows }: Roster): readonly DeliveredRow[] {
  const order = new Set([...first.map(({ xid }) => xid), ...rows.keys()]);
  return numbered([...order].flatMap((xid) => rows.get(xid) ?? []));
}

/** Those who left come back as they were. */
function makeReturns(
  roster: Roster,
  first: readonly DeliveredRow[],
  second: readonly DeliveredRow[],
  events: readonly MadeEvent[],
  today: string,
): MadeDay {
  const back = events.filter(({ kind, xid }) => kind === 'leaver' && roster.before.has(xid));
  const xids = new Set(back.map(({ xid }) => xid));
  const rows = [...second.filter(({ xid }) => !xids.has(xid)), ...first.filter(({ xid }) => xids.has(xid))];
  const returns = back.map(({ xid, rule, columns }): MadeEvent => {
    return { kind: 'return', xid, rule, columns, text: 'is in the record again as before, and has the same account' };
  });
  return { today, rows: numbered(rows), events: returns };
}

/** As they stand in a file: the header is row 1. */
function numbered(rows: readonly DeliveredRow[]): readonly DeliveredRow[] {
  return rows.map((row, index) => ({ ...row, row: index + 2 }));
}
