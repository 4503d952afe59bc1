import type { CompiledDate, CompiledMapping } from '../mapping/compile.js';
import type { Xid } from '../ids.js';
import type { Warning, Why } from '../person.js';
import type { EmployeeRecord, Fields } from '../record.js';
import { dayAfter, parseDate, type CalendarDate } from './calendar-date.js';
import { rowNumbers, type Row } from './duplicates.js';

/** By which day and about whom dates are judged; without a day they are not looked at. */
export interface DateFacts {
  readonly today?: CalendarDate;
  /** Somebody who is there already, and whom no other row keeps there, does not go for a start that is still to come. */
  readonly hasAccount?: boolean;
}

/**
 * Rows whose person is here today. The leave date is the last day; who starts later is not here yet. A job that somebody starts
 * beside or after another one gives nothing before its day.
 */
export function presentRows(
  mapping: CompiledMapping,
  rows: readonly Row[],
  { today, hasAccount = false }: DateFacts,
): readonly Row[] {
  if (today === undefined) return rows;
  const staying = rows.filter(({ fields }) => !hasLeft(mapping, fields, today));
  const here = staying.filter(({ fields }) => !startsLater(mapping, fields, today));
  return here.length === 0 && hasAccount ? staying : here;
}

/** A date that cannot be read is no date and no empty cell: what it was to say is for a person to find out. */
export function unreadableDates(mapping: CompiledMapping, xid: Xid, rows: readonly Row[]): readonly Warning[] {
  return datesOf(mapping).flatMap((date) => {
    const bad = rows.filter(({ fields }) => readDate(date, fields) === undefined);
    if (bad.length === 0) return [];
    const text = `Row ${rowNumbers(bad).join(', ')}: "${date.column}" is no date in the form ${date.format}. Nothing was changed for this person.`;
    return [{ code: 'bad_date', xid, rows: rowNumbers(bad), column: date.column, text }];
  });
}

/** The next day on which time alone may change what becomes of the person; null when there is none. */
export function nextDate(
  mapping: CompiledMapping,
  records: readonly EmployeeRecord[],
  today: CalendarDate,
): CalendarDate | null {
  const days = records.flatMap(({ fields }) => {
    if (fields === null) return [];
    const start = dateIn(mapping.startDate, fields);
    const leave = dateIn(mapping.leaveDate, fields);
    return [...(start === null ? [] : [start]), ...(leave === null ? [] : [dayAfter(leave)])];
  });
  return days.filter((day) => day > today).sort()[0] ?? null;
}

/** Why nobody of these rows is here today. */
export function absentWhy(mapping: CompiledMapping, rows: readonly Row[], today: CalendarDate): Why {
  const left = rows.filter(({ fields }) => hasLeft(mapping, fields, today));
  const [date, which] = left.length > 0 ? [mapping.leaveDate, left] : [mapping.startDate, rows];
  const rule = left.length > 0 ? 'leaveDate' : 'startDate';
  return { subject: 'active', rule, ...(date === null ? {} : { line: date.at.line }), rows: rowNumbers(which) };
}

/** Whether the last day is over. */
export function hasLeft(mapping: CompiledMapping, fields: Fields, today: CalendarDate): boolean {
  const leave = dateIn(mapping.leaveDate, fields);
  return leave !== null && leave < today;
}

/** Whether the first day is still to come. */
export function startsLater(mapping: CompiledMapping, fields: Fields, today: CalendarDate): boolean {
  const start = dateIn(mapping.startDate, fields);
  return start !== null && start > today;
}

function datesOf({ startDate, leaveDate }: CompiledMapping): readonly CompiledDate[] {
  return [startDate, leaveDate].filter((date) => date !== null);
}

/** The day in a cell; null where there is none, or none that can be read. */
export function dateIn(date: CompiledDate | null, fields: Fields): CalendarDate | null {
  return date === null ? null : (readDate(date, fields) ?? null);
}

/** null: the cell is empty; undefined: it holds no date. */
function readDate({ textOf, format }: CompiledDate, fields: Fields): CalendarDate | null | undefined {
  const text = textOf(fields).trim();
  return text === '' ? null : (parseDate(text, format) ?? undefined);
}
