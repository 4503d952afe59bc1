import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveConcept } from '../../src/store/concepts.js';
import { countDoubts, mailsInDoubt, resolveDoubt } from '../../src/store/mail-doubt.js';
import { saveDraftOnce, saveMapping } from '../../src/store/mappings.js';
import { openWorkbench, type Workbench } from './workbench.js';

let bench: Workbench;

beforeAll(async () => void (bench = await openWorkbench()));
afterAll(() => bench.close());

test('one reminder that cannot be sent holds up no other, and each is told as what became of it', async () => {
  const { onboardingId } = await bench.customer('reminders');
  const view = { onboardingId, source: 'sftp', schedule: null, remindersDone: [], questions: [], contacts: [] };
  await bench.database.prisma.onboarding.update({ where: { id: onboardingId }, data: { view } });
  const about = (contactId: string) => ({
    ...{ key: `q/${contactId}`, about: 'q1', kind: 'due', to: 'customer', dueDate: '2026-12-02', contactId, text: '?' },
  });
  const answer = await bench.attempt('sendReminders', {
    ...{ onboardingId, now: '2026-12-02T08:00:00Z', goLive: null },
    reminders: ['c-later', 'c-never', 'c-nobody', 'c-hr'].map(about) as never,
  });
  expect(answer).toMatchObject({
    ...{ sent: ['q/c-hr'], refused: ['q/c-never', 'q/c-nobody'], later: ['q/c-later'] },
    ...{ done: ['q/c-hr', 'q/c-never', 'q/c-nobody'], problem: expect.stringContaining('could not be sent') as string },
  });
});

test('codes reach everybody they can; asked for again, the concept comes to whoever never got it', async () => {
  const { onboardingId } = await bench.customer('codes');
  const concept = { onboardingId, iteration: 1, mappingVersion: 1, lines: [], markdown: '', html: '<p>concept</p>' };
  await saveConcept(bench.database, concept);
  const request = { onboardingId, subject: 'mapping' as const, version: 1, words: '', at: '2026-12-02T08:00:00Z' };
  const asking = bench.attempt('requestApprovals', { ...request, again: null });
  await expect(asking).rejects.toMatchObject({ type: 'MailNotSent' });
  expect(mailsTo('engineer@')).toBe(2);
  const codes = await hashes(onboardingId);
  await expect(bench.attempt('requestApprovals', { ...request, again: null })).rejects.toThrow();
  expect(await hashes(onboardingId)).toEqual(codes);
  bench.refused.later = false;
  await bench.attempt('requestApprovals', { ...request, again: { number: 5, without: ['staff-2', 'pm-1', 'c-hr'] } });
  expect(mailsTo('later@')).toBe(2);
  expect(mailsTo('engineer@')).toBe(2);
});

test('doubts are counted as they are, for one implementation', async () => {
  const { customer, onboardingId } = await bench.customer('doubts');
  for (const key of [`onboarding/${onboardingId}/x`, `onboarding/${onboardingId}0/x`]) {
    await bench.database.prisma.mail.create({
      data: { customerId: customer, key, contactId: 'c-hr', kind: 'answer', status: 'intended', tries: 1 },
    });
  }
  expect(await countDoubts(bench.database, `onboarding/${onboardingId}`)).toBe(1);
  const [mail] = await mailsInDoubt(bench.database, customer);
  await resolveDoubt(bench.database, { customer, id: mail?.id ?? 0 }, 'sent');
  expect(await countDoubts(bench.database, `onboarding/${onboardingId}`)).toBe(0);
});

test('a proposal that is made again is the same draft; one that was edited since is not', async () => {
  const { customer } = await bench.customer('drafts');
  const draft = { customer, document: 'a', importedBy: 'system', comment: '' };
  expect(await saveDraftOnce(bench.database, draft)).toBe(1);
  expect(await saveDraftOnce(bench.database, draft)).toBe(1);
  expect(await saveMapping(bench.database, { ...draft, importedBy: 'staff-2', document: 'b' })).toBe(2);
  expect(await saveDraftOnce(bench.database, draft)).toBe(1);
  expect(await saveDraftOnce(bench.database, { ...draft, document: 'b' })).toBe(3);
});

function mailsTo(address: string): number {
  return bench.smtp.received.filter(({ to }) => to.some((one) => one.startsWith(address))).length;
}

async function hashes(onboardingId: number) {
  const rows = await bench.database.prisma.approvalCode.findMany({
    where: { onboardingId, contactId: { in: ['c-hr', 'pm-1', 'staff-2'] } },
    orderBy: { contactId: 'asc' },
  });
  return rows.map(({ contactId, codeHash }) => ({ contactId, codeHash }));
}
