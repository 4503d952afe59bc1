import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  NoAnswer,
  NotUnderWay,
  OnboardingUnderWay,
  readState,
  sendMessage,
  sendToConcept,
  showRefused,
  startOnboarding,
} from '../../src/temporal/onboardings.js';
import { isUnderWay } from '../../src/temporal/under-way.js';
import { onboardingId } from '../../src/workflows/onboarding/messages.js';
import { customerKey, managerKey, phaseKey } from '../../src/workflows/search-attributes.js';
import { testTemporal, type TestTemporal } from '../support/test-temporal.js';

const ORDER = { customer: 'korenaar', start: '2036-12-01', source: 'sftp', requestedBy: 'staff-21' } as const;

let temporal: TestTemporal;

beforeAll(async () => {
  temporal = await testTemporal();
});
afterAll(() => temporal?.close());

/** Nobody works on this queue: what is asked of Temporal itself is answered all the same. */
const start = () => startOnboarding(temporal.client, 'nobody', ORDER, 'staff-17');

describe('an onboarding in Temporal', () => {
  test('is found at once by customer, manager and phase, and told in words', async () => {
    expect(await isUnderWay(temporal.client, onboardingId('korenaar'))).toBe(false);
    await start();
    expect(await isUnderWay(temporal.client, onboardingId('korenaar'))).toBe(true);
    const description = await temporal.client.workflow.getHandle('onboarding/korenaar').describe();
    expect(description.type).toBe('onboarding');
    expect(await description.staticSummary()).toBe('Implementation of korenaar');
    const attributes = description.typedSearchAttributes;
    expect([customerKey, managerKey, phaseKey].map((key) => attributes.get(key))).toEqual([
      'korenaar',
      'staff-17',
      'setup',
    ]);
  });

  test('is started once', async () => {
    await expect(start()).rejects.toThrow(OnboardingUnderWay);
    await expect(start()).rejects.toThrow('Nothing was started or changed.');
  });

  test('says in a sentence that nobody answers, instead of waiting for ever', { timeout: 90_000 }, async () => {
    const check = { item: 'record-contents', by: 'staff-17' };
    const sending = sendMessage(temporal.client, 'korenaar', 'check', check);
    await expect(sending).rejects.toThrow(NoAnswer);
    await expect(sending).rejects.toThrow('The message may still be taken');
    await expect(readState(temporal.client, 'korenaar')).rejects.toThrow('Nothing was sent or changed.');
  });

  test('after its end takes nothing, and may be started again', async () => {
    await temporal.client.workflow.getHandle('onboarding/korenaar').terminate();
    const pause = { by: 'staff-17', reason: 'too late' };
    await expect(sendMessage(temporal.client, 'korenaar', 'pause', pause)).rejects.toThrow(NotUnderWay);
    await expect(showRefused(temporal.client, 'korenaar', 'pause', pause)).resolves.toBeUndefined();
    await start();
    expect(await isUnderWay(temporal.client, onboardingId('korenaar'))).toBe(true);
  });

  test('that never was, and a concept that never was, are named', async () => {
    await expect(readState(temporal.client, 'nobody')).rejects.toThrow('onboarding/nobody is not under way');
    const rejection = { by: 'c-hr', subject: 'mapping', version: 1, reason: 'no' } as const;
    await expect(sendToConcept(temporal.client, 'korenaar', 7, 'reject', rejection)).rejects.toThrow(
      'onboarding/korenaar/mapping/7 is not under way, so nobody takes the message. Nothing was changed.',
    );
  });
});
