import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { issueCode, useCode, withdrawCodes, type CodeUse } from '../../src/store/approval-codes.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { addCustomer, addOnboarding } from '../support/bare-customer.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const NOW = new Date('2026-12-01T09:00:00Z');
const LATER = new Date('2026-12-03T09:00:00Z');
let place: TestDatabase;
let database: Database;
let onboardingId: number;
let count = 0;

beforeAll(async () => {
  place = await createTestDatabase();
  database = openDatabase(place.url);
});

beforeEach(async () => {
  count += 1;
  onboardingId = await addOnboarding(database, await addCustomer(database, `korenaar-${count}`));
});

afterAll(async () => {
  await database.close();
  await place.close();
});

describe('an approval code', () => {
  test('is eight letters that cannot be mixed up, and works once', async () => {
    const code = await issue();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await use(code)).toBe('ok');
    expect(await use(code, { useKey: 'another approval' })).toBe('used');
  });

  test('may be typed carelessly', async () => {
    const code = await issue();
    const careless = ` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect(await use(careless)).toBe('ok');
  });

  test('is taken by exactly one of many who use it at once', async () => {
    const code = await issue();
    const uses = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((useKey) => use(code, { useKey }));
    const answers = await Promise.all(uses);
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'used').length).toBeGreaterThan(0);
  });

  test('answers ok again to the same use, repeated after a crash', async () => {
    const code = await issue();
    expect(await use(code, { useKey: 'update-7' })).toBe('ok');
    expect(await use(code, { useKey: 'update-7' })).toBe('ok');
    expect(await use('0000-0000', { useKey: 'update-7' })).toBe('used');
  });

  test('is for one contact, one subject and one onboarding', async () => {
    const code = await issue();
    expect(await use(code, { contactId: 'c-it' })).toBe('none');
    expect(await use(code, { subject: 'mapping/4' })).toBe('none');
    expect(await use(code, { onboardingId: onboardingId + 1_000 })).toBe('none');
    expect(await use(code)).toBe('ok');
  });

  test('is over when its time is', async () => {
    const code = await issue();
    expect(await use(code, { now: LATER })).toBe('expired');
  });

  test('allows five tries, also at once', async () => {
    const code = await issue();
    const answers = await Promise.all(Array.from({ length: 9 }, () => use('WRNG-0000')));
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'too many tries')).toHaveLength(4);
    expect(await use(code)).toBe('too many tries');
  });

  test('is replaced by a new one, with new tries', async () => {
    const first = await issue();
    for (let tries = 0; tries < 5; tries += 1) await use('WRNG-0000');
    const second = await issue();
    expect(await use(first)).toBe('wrong');
    expect(await use(second)).toBe('ok');
    expect(await use(await issue())).toBe('ok');
  });

  test('can be withdrawn, by subject or all', async () => {
    const code = await issue();
    expect(await withdrawCodes(database, { onboardingId }, 'mapping/9')).toBe(0);
    expect(await withdrawCodes(database, { onboardingId }, 'mapping/3')).toBe(1);
    expect(await use(code)).toBe('none');
    await issue();
    expect(await withdrawCodes(database, { onboardingId })).toBe(1);
  });

  test('is not in the database', async () => {
    const code = await issue();
    const rows = JSON.stringify(await database.prisma.approvalCode.findMany());
    expect(rows).not.toContain(code);
    expect(rows).not.toContain(code.replace('-', ''));
  });
});

function issue(): Promise<string> {
  return issueCode(database, { ...placeOf(), now: NOW, expiresAt: LATER });
}

function use(code: string, changes: Partial<CodeUse> = {}) {
  return useCode(database, { ...placeOf(), code, now: NOW, useKey: 'update-1', ...changes });
}

function placeOf() {
  return { onboardingId, subject: 'mapping/3', contactId: 'c-hr' };
}
