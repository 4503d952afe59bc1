import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { codeIsFor, type CodeSubject } from '../../../activities/onboarding/approval-activities.js';
import type { Subject } from '../../../onboarding/messages.js';
import { itemOf, type OnboardingState } from '../../../onboarding/state.js';
import type { Stack } from '../../../stack/stack.js';
import type { Database } from '../../../store/database.js';
import { latestRelease } from '../../../store/releases.js';
import { readState } from '../../../temporal/onboardings.js';
import { followRelease } from '../../../temporal/releases.js';
import { followTest } from '../../../temporal/tests.js';
import type { ReleaseProgress } from '../../../workflows/release/messages.js';
import type { TestProgress } from '../../../workflows/testing/messages.js';
import { CommandFailed } from '../../errors.js';
import type { Output } from '../../output.js';
import { uploadTo } from '../upload.js';
import { until } from './follow.js';
import type { Mailbox } from './mailbox.js';
import { SLUG, WHO, type Desk } from './prepare.js';
import { recordOf, type Day } from './roster.js';
import type { Typist } from './typist.js';

export interface CourseParts {
  readonly output: Output;
  readonly database: Database;
  readonly client: Client;
  readonly stack: Stack;
  readonly typist: Typist;
  readonly mailbox: Mailbox;
  readonly desk: Desk;
  /** In the customer's record. */
  readonly people: number;
}

export interface TestedOnCopy {
  readonly number: number;
  readonly checks: TestProgress['checks'];
  /** A page of HTML that outlives the test. */
  readonly report: string;
}

/** What the people of both sides do in six weeks, one thing after the other, each by a command. */
export class Course {
  constructor(private readonly parts: CourseParts) {}

  /** Week 1. */
  async setUp(): Promise<void> {
    const { desk } = this.parts;
    await this.#type('onboarding', 'start', desk.customerFile, '--by', WHO.manager);
    await this.#deliver('upload-addresses', WHO.it, '--address', '127.0.0.1', '--public-key', desk.publicKey);
    await this.#deliver('example-record', WHO.hr, '--file', desk.example);
    await this.#deliver('structure-overview', WHO.hr, '--file', desk.overview);
    await this.#deliver('record-contents', WHO.hr, '--note', 'as in the example; EmployeeId never changes');
    await this.#deliver('frequency', WHO.hr, '--time', '05:30');
    await this.#deliver('known-exceptions', WHO.hr, '--note', 'holiday workers stay out of the network');
    await this.upload(1);
    await this.#reached('the first upload was seen', (state) => itemOf(state, 'first-upload').state === 'checked');
    await this.#checkDelivered();
  }

  /** Week 2. */
  async agreeOnMapping(): Promise<void> {
    const { groups } = await this.#reached('the groups were planned', (state) => state.groups.status === 'open');
    for (const by of [WHO.hr, WHO.engineer]) await this.#approve('groups', by, groups.version);
    await this.#reached('the groups were created', (state) => itemOf(state, 'groups').state === 'checked');
    const isDrafted = (state: OnboardingState): boolean => itemOf(state, 'concept-mapping').finding !== null;
    await this.#reached('a mapping was drafted', isDrafted);
    await this.#type(
      ...['onboarding', 'mapping', 'propose', SLUG, this.parts.desk.mapping, '--by', WHO.engineer],
      ...['--comment', 'store managers lead their store'],
    );
    const { mapping } = await this.#reached('the concept was sent', (state) => state.mapping.status === 'open');
    const version = mapping.version ?? 0;
    for (const by of [WHO.hr, WHO.engineer, WHO.manager]) await this.#approve('mapping', by, version);
    await this.#reached('the mapping was approved', (state) => state.mapping.status === 'approved');
  }

  /** Weeks 3 and 4: a dry run on the record shows every rule. */
  async implement(): Promise<void> {
    await this.#reached('the rules were shown', (state) => state.rehearsal !== null);
    await this.#checkDelivered();
    for (const { id, state } of (await this.#state()).items) {
      if (id.startsWith('rule-') && state === 'open')
        await this.#type(
          ...['onboarding', 'check', SLUG, id, '--by', WHO.engineer],
          ...['--note', 'nobody in the record meets it yet'],
        );
    }
  }

  /** Week 5. */
  async testOnCopy(): Promise<TestedOnCopy> {
    const { client, output, desk } = this.parts;
    await this.#type('onboarding', 'test', SLUG, '--by', WHO.engineer);
    const { testing } = await this.#reached('the test was begun', (state) => state.testing !== undefined);
    const number = testing?.number ?? 0;
    const test = followTest(client, SLUG, number);
    const { checks } = await until<TestProgress>(output, {
      words: 'the test was over',
      ask: () => test.progress(),
      holds: ({ step, problem }) => step === 'waiting for approval' && problem === null,
      trouble: ({ problem }) => problem,
      doing: ({ step }) => `test ${number}: ${step}`,
    });
    const report = join(desk.folder, `test-${number}.html`);
    await this.#type('test', 'report', SLUG, String(number), '--format', 'html', '--out', report);
    for (const by of [WHO.hr, WHO.manager]) {
      const code = await this.#code('test', by, number);
      const accept = by === WHO.hr ? ['--accept', 'all'] : [];
      await this.#type('test', 'approve', SLUG, String(number), '--by', by, '--code', code, ...accept);
    }
    await this.#reached('everything of the test was removed', (state) => itemOf(state, 'test').state === 'checked');
    return { number, checks, report };
  }

  /** Week 6: a pilot, three stores, and everybody else. */
  async release(): Promise<ReleaseProgress['waves']> {
    await this.#type(
      ...['release', 'plan', SLUG, '--wave', 'pilot=share:1', '--wave', 'first stores=unit:Almere 1,Breda 1,Delft 1'],
      ...['--from', '00:00', '--until', '23:59', '--per-hour', '10000000', '--watch-runs', '0'],
    );
    const { release } = await this.#reached('the release was proposed', (state) => state.release.status === 'open');
    for (const by of [WHO.manager, WHO.hr]) await this.#approve('release', by, release.version);
    const { shown } = await this.#releaseReached('its plan was shown', ({ step }) => step === 'waiting for approval');
    const plan = shown?.plan ?? 0;
    for (const by of [WHO.hr, WHO.manager]) {
      const code = await this.#code('waves', by, plan);
      await this.#type('release', 'approve', SLUG, '--by', by, '--plan', String(plan), '--code', code);
    }
    const { waves } = await this.#releaseReached(
      'all waves were done',
      ({ step }) => step === 'waiting for acceptance',
    );
    const code = await this.#code('acceptance', WHO.hr, await this.#releaseNumber());
    await this.#type('release', 'accept', SLUG, '--by', WHO.hr, '--code', code);
    await this.#reached('the implementation was over', (state) => state.status === 'done');
    return waves;
  }

  /** What happens every day from now on, at the agreed hour. */
  async syncDay(day: Day): Promise<void> {
    await this.upload(day);
    await this.#type('sync', 'run', SLUG);
  }

  /** As the customer's HR system does, with the login that the onboarding made. */
  async upload(day: Day): Promise<void> {
    const { stack, database, desk, output, people } = this.parts;
    const account = await database.prisma.dropAccount.findFirst({ where: { customerId: SLUG, access: 'upload' } });
    const { drop } = stack.addresses;
    if (account === null || drop === null) throw new CommandFailed('The onboarding has made no login to the drop.');
    const login = { username: account.userName, privateKey: desk.privateKey };
    await uploadTo(drop, login, Buffer.from(recordOf(people, day)), 'employees.csv');
    output.note(`         sftp put employees.csv   (the record of day ${day})`);
  }

  #type(...words: readonly string[]) {
    return this.parts.typist.type(...words);
  }

  #deliver(item: string, by: string, ...rest: readonly string[]) {
    const actors = ['--by', by, '--recorded-by', WHO.manager];
    return this.#type('onboarding', 'deliver', SLUG, item, ...actors, ...rest);
  }

  async #approve(subject: Subject, by: string, version: number): Promise<void> {
    const code = await this.#code(subject, by, version);
    const place = subject === 'mapping' ? ['mapping', 'approve', SLUG] : ['approve', SLUG, subject];
    const actors = by.startsWith('c-') ? ['--by', by, '--recorded-by', WHO.manager] : ['--by', by];
    await this.#type('onboarding', ...place, '--version', String(version), ...actors, '--code', code);
  }

  #code(subject: CodeSubject, by: string, version: number): Promise<string> {
    return this.parts.mailbox.code(by, codeIsFor(subject, version));
  }

  async #checkDelivered(): Promise<void> {
    for (const { id, state } of (await this.#state()).items)
      if (state === 'delivered') await this.#type('onboarding', 'check', SLUG, id, '--by', WHO.manager);
  }

  async #state(): Promise<OnboardingState> {
    const state = await readState(this.parts.client, SLUG);
    if (state === null) throw new CommandFailed(`The implementation of ${SLUG} has no number yet.`);
    return state;
  }

  #reached(words: string, holds: (state: OnboardingState) => boolean): Promise<OnboardingState> {
    const { client, output } = this.parts;
    return until<OnboardingState>(output, {
      ...{ words, holds, ask: () => readState(client, SLUG) },
      trouble: ({ problems }) => problems.find((problem) => problem.until === 'somebody')?.text ?? null,
      doing: () => `waiting until ${words}`,
    });
  }

  async #releaseNumber(): Promise<number> {
    return (await latestRelease(this.parts.database, SLUG)).number;
  }

  async #releaseReached(words: string, holds: (progress: ReleaseProgress) => boolean): Promise<ReleaseProgress> {
    const { client, output } = this.parts;
    const number = await this.#releaseNumber();
    const release = followRelease(client, SLUG, number);
    return until<ReleaseProgress>(output, {
      ...{ words, holds, ask: () => release.progress().catch(() => null) },
      trouble: ({ paused, problem }) => paused?.comment ?? problem,
      doing: ({ step, waves }) => {
        const running = waves.find(({ status }) => status === 'running');
        return `release ${number}: ${step}${running === undefined ? '' : `, wave ${running.wave}, ${running.name}`}`;
      },
    });
  }
}
