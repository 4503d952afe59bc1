import { dateIn, hasLeft, startsLater } from '../desired/dates.js';
import type { Row } from '../desired/duplicates.js';
import type { CompiledDate } from '../mapping/compile.js';
import type { TracedRule } from './trace.js';
import { traced, type Seen } from './seen.js';

/** The rule for who takes part; nothing where everybody does. */
export function traceActive({ mapping, readable }: Seen): readonly TracedRule[] {
  const { active } = mapping.mapping;
  if (active === null) return [];
  const at = { path: 'active', line: active.at.line };
  if (readable.length === 0) return [traced(at, 'not looked at', [])];
  const holding = readable.filter(({ fields }) => mapping.active(fields));
  return [holding.length > 0 ? traced(at, 'holds', holding) : traced(at, 'does not hold', readable)];
}

/** By a date that holds a row counts today. */
export function traceDates(seen: Seen): readonly TracedRule[] {
  const { startDate, leaveDate } = seen.mapping;
  return [
    ...(startDate === null ? [] : [traceDate(seen, startDate, 'startDate')]),
    ...(leaveDate === null ? [] : [traceDate(seen, leaveDate, 'leaveDate')]),
  ];
}

function traceDate(seen: Seen, date: CompiledDate, path: 'startDate' | 'leaveDate'): TracedRule {
  const { mapping, known, readable, present } = seen;
  const at = { path, line: date.at.line };
  const { today } = known;
  if (today === undefined || readable.length === 0) return traced(at, 'not looked at', []);
  const dated = readable.filter(({ fields }) => date.textOf(fields).trim() !== '');
  if (dated.length === 0) return traced(at, 'gives nothing', readable, { because: `"${date.column}" is empty` });
  const gives = daysIn(date, dated);
  const isOut = (row: Row): boolean =>
    path === 'leaveDate'
      ? hasLeft(mapping, row.fields, today)
      : startsLater(mapping, row.fields, today) && !present.includes(row);
  const out = dated.filter(isOut);
  if (out.length === 0) return traced(at, 'holds', dated, { gives });
  const because = path === 'leaveDate' ? 'the last day is over' : 'the first day is still to come';
  return traced(at, 'does not hold', out, { gives: daysIn(date, out), because });
}

function daysIn(date: CompiledDate, rows: readonly Row[]): readonly string[] {
  return rows.map(({ fields }) => dateIn(date, fields) ?? 'no date that can be read');
}

/** Exceptions for the person, by id or by a condition on a row. */
export function traceExceptions({ mapping, met, outcome }: Seen): readonly TracedRule[] {
  return mapping.exceptions.map((exception) => {
    const found = met.find((each) => each.exception === exception);
    if (found !== undefined) return traced(exception.at, 'holds', found.rows);
    const isMeant = outcome.kind === 'left_alone' && outcome.why.some(({ rule }) => rule === exception.at.path);
    return traced(exception.at, isMeant ? 'holds' : 'does not hold', []);
  });
}
