import { IANAZone } from 'luxon';
import { nearest } from '../../sync/nearest.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Whether this Node knows a name. `Intl` also takes offsets, `+01:00`, which know no summer time. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

/** A sentence about a name that is no time zone, with the one that was probably meant; null when it is one. */
export function timeZoneProblem(name: string): string | null {
  if (isTimeZone(name)) return null;
  const suggestion = nearestTimeZone(name);
  const help = suggestion === null ? 'Write it as Europe/Amsterdam.' : `Did you mean "${suggestion}"?`;
  return `"${name}" is no IANA time zone. ${help}`;
}

/** The time zone that a person most likely meant, by its whole name or by its city alone; null when none is near. */
export function nearestTimeZone(name: string): string | null {
  const zones = Intl.supportedValuesOf('timeZone');
  const whole = nearest(name, zones);
  if (whole !== null) return whole;
  const byCity = new Map(zones.map((zone) => [cityOf(zone), zone]));
  const city = nearest(cityOf(name), byCity.keys());
  return city === null ? null : (byCity.get(city) ?? null);
}

/** The date on the customer's calendar at an instant. */
export function dateAt(instant: string, timeZone: string): string {
  const ms = Date.parse(instant);
  return new Date(ms + offsetMs(ms, timeZone)).toISOString().slice(0, 10);
}

/**
 * The instant at which a clock of the zone shows a time (`17:00`) on a date. A time that a change of the clocks repeats
 * is the first of the two; one that it leaves out is as much later as was left out, as a clock that nobody turned shows it.
 */
export function atTime(date: string, time: string, timeZone: string): string {
  const local = Date.parse(`${date}T${time}:00Z`);
  const before = offsetMs(local - DAY_MS, timeZone);
  const after = offsetMs(local + DAY_MS, timeZone);
  const shown = [before, after].map((offset) => local - offset).filter((ms) => ms + offsetMs(ms, timeZone) === local);
  return new Date(shown.length > 0 ? Math.min(...shown) : local - before).toISOString();
}

/** The first instant of a date; not midnight where the clocks are put forward at midnight. */
export function startOfDay(date: string, timeZone: string): string {
  return atTime(date, '00:00', timeZone);
}

/** Whether a zone had a date at all: Samoa went from 29 to 31 December 2011. */
export function hasDate(date: string, timeZone: string): boolean {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const jump = offsetMs(noon + DAY_MS, timeZone) - offsetMs(noon - DAY_MS, timeZone);
  // Asked for every day of every plan, so the usual answer is a quick one.
  return jump < DAY_MS || dateAt(atTime(date, '12:00', timeZone), timeZone) === date;
}

function offsetMs(ms: number, timeZone: string): number {
  return IANAZone.create(timeZone).offset(ms) * MINUTE_MS;
}

function cityOf(zone: string): string {
  return zone.split('/').at(-1) ?? zone;
}
