import { describe, expect, it } from 'vitest';
import {
  atTime,
  dateAt,
  hasDate,
  isTimeZone,
  nearestTimeZone,
  startOfDay,
} from '../../../src/onboarding/calendar/zones.js';

describe('the instant of a time on a date', () => {
  it.each([
    ['in winter', 'Europe/Amsterdam', '2026-12-01', '17:00', '2026-12-01T16:00:00.000Z'],
    ['in summer', 'Europe/Amsterdam', '2026-07-01', '17:00', '2026-07-01T15:00:00.000Z'],
    ['on the day the clocks go forward', 'Europe/Amsterdam', '2026-03-29', '17:00', '2026-03-29T15:00:00.000Z'],
    ['that is left out: an hour later', 'Europe/Amsterdam', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
    ['on the day the clocks go back', 'Europe/Amsterdam', '2026-10-25', '17:00', '2026-10-25T16:00:00.000Z'],
    ['that comes twice: the first', 'Europe/Amsterdam', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['just before the clocks go back', 'Europe/Amsterdam', '2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
    ['just after they went back', 'Europe/Amsterdam', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['at a midnight that is left out', 'America/Sao_Paulo', '2018-11-04', '00:00', '2018-11-04T03:00:00.000Z'],
    ['before the last summer time', 'America/Sao_Paulo', '2018-12-03', '09:00', '2018-12-03T11:00:00.000Z'],
    ['after summer time was given up', 'America/Sao_Paulo', '2026-12-03', '09:00', '2026-12-03T12:00:00.000Z'],
    ['that comes twice at midnight', 'America/Sao_Paulo', '2018-02-17', '23:30', '2018-02-18T01:30:00.000Z'],
    ['half an hour left out', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45:00.000Z'],
    ['half an hour that comes twice', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
    ['at an offset of quarters', 'Asia/Kathmandu', '2026-12-01', '17:00', '2026-12-01T11:15:00.000Z'],
    ['before a day that is left out', 'Pacific/Apia', '2011-12-29', '17:00', '2011-12-30T03:00:00.000Z'],
    ['on a day that is left out: a day later', 'Pacific/Apia', '2011-12-30', '17:00', '2011-12-31T03:00:00.000Z'],
    ['after a day that was left out', 'Pacific/Apia', '2011-12-31', '17:00', '2011-12-31T03:00:00.000Z'],
  ])('%s (%s, %s %s)', (_, zone, date, time, instant) => {
    expect(atTime(date, time, zone)).toBe(instant);
  });

  it('of a day is its first one, also where midnight is left out', () => {
    expect(startOfDay('2026-12-01', 'Europe/Amsterdam')).toBe('2026-11-30T23:00:00.000Z');
    const first = Date.parse(startOfDay('2018-11-04', 'America/Sao_Paulo'));
    expect(dateAt(new Date(first).toISOString(), 'America/Sao_Paulo')).toBe('2018-11-04');
    expect(dateAt(new Date(first - 1).toISOString(), 'America/Sao_Paulo')).toBe('2018-11-03');
  });
});

describe('the date at an instant', () => {
  it.each([
    ['Europe/Amsterdam', '2026-11-30T22:59:59.999Z', '2026-11-30'],
    ['Europe/Amsterdam', '2026-11-30T23:00:00.000Z', '2026-12-01'],
    ['Asia/Kathmandu', '2026-11-30T18:14:00.000Z', '2026-11-30'],
    ['Asia/Kathmandu', '2026-11-30T18:15:00.000Z', '2026-12-01'],
    ['America/Sao_Paulo', '2026-12-01T02:59:00.000Z', '2026-11-30'],
    ['Pacific/Apia', '2011-12-30T09:59:59.000Z', '2011-12-29'],
    ['Pacific/Apia', '2011-12-30T10:00:00.000Z', '2011-12-31'],
  ])('in %s, %s is %s', (zone, instant, date) => {
    expect(dateAt(instant, zone)).toBe(date);
  });

  it('was never 30 December 2011 in Samoa', () => {
    expect(hasDate('2011-12-29', 'Pacific/Apia')).toBe(true);
    expect(hasDate('2011-12-30', 'Pacific/Apia')).toBe(false);
    expect(hasDate('2011-12-30', 'Europe/Amsterdam')).toBe(true);
  });
});

describe('a time zone', () => {
  it.each(['Europe/Amsterdam', 'UTC', 'Asia/Kathmandu'])('%s is one', (name) => expect(isTimeZone(name)).toBe(true));
  it.each(['+01:00', 'Europe/Amsterdm', '', 'Mars/Olympus'])('"%s" is none', (name) =>
    expect(isTimeZone(name)).toBe(false),
  );

  it.each([
    ['Europe/Amsterdm', 'Europe/Amsterdam'],
    ['europe-amsterdam', 'Europe/Amsterdam'],
    ['Amsterdam', 'Europe/Amsterdam'],
    ['Netherlands/Amsterdam', 'Europe/Amsterdam'],
    ['Mars/Olympus', null],
  ])('"%s" was probably meant as %s', (name, zone) => {
    expect(nearestTimeZone(name)).toBe(zone);
  });
});
