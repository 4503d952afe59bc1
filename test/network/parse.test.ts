import { expect, test } from 'vitest';
import { z } from 'zod';
import { CALLS } from '../../src/network/speakap/calls.js';
import { parse, parseIfAny } from '../../src/network/speakap/parse.js';

const byAddress = z.object({ data: z.record(z.string(), z.object({ status: z.string() })) });
const answer = (text: string) => ({ status: 200, retryAfter: null, text });

test('members that are not used do not matter', () => {
  const said = parse(byAddress, CALLS.invite, answer('{"data": {}, "more": 1}'));
  expect(said).toEqual({ data: {} });
});

test('a complaint names members, and stars where a member could be a value', () => {
  const body = JSON.stringify({ data: { 'ann@example.com': { status: 1 }, '+31612345678': {} } });
  const complaint = () => parse(byAddress, CALLS.invite, answer(body));
  expect(complaint).toThrow(/"data\.\*\.status"/);
  expect(complaint).not.toThrow(/example|316/);
});

test('an empty body is nothing said where nothing needs to be said', () => {
  expect(parseIfAny(z.object({}), CALLS.join, answer(''))).toEqual({});
  expect(() => parse(z.object({}), CALLS.join, answer(''))).toThrow(/an empty answer/);
});
