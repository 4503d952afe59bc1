import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { MessageName, Messages, OnboardingOrder, Subject } from '../../src/onboarding/messages.js';
import { itemOf, type OnboardingState } from '../../src/onboarding/state.js';
import type { onboarding } from '../../src/workflows/onboarding/onboarding.js';
import { iterationId, signalOf, stateQuery, updateOf } from '../../src/workflows/onboarding/messages.js';
import type { AddedCustomer, CustomerSurroundings } from './customers.js';
import { codeFor } from './outbox.js';
import { csvOf, madeUpPeople, MAPPING } from './people.js';
import type { World } from './world.js';
import { decideTest, followTest } from '../../src/temporal/tests.js';
import { saveMapping } from '../../src/store/mappings.js';
import { until } from './until.js';

export const OVERVIEW = [
  'Location;Department',
  'Unit 0;Department 0',
  'Unit 1;Department 1',
  'Unit 2;Department 2',
  'Unit 2;Department 3',
  'Unit 1;Department 4',
].join('\r\n');
export const EXAMPLE = csvOf(madeUpPeople(1, 2));
/** A PNG begins like this. */
export const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
export const RECORD = csvOf([...madeUpPeople(1, 40), { id: '41', title: 'Director' }, { id: '42', status: 'Left' }]);

/** What a customer hands over. */
export interface CustomerFiles {
  readonly example: string | Buffer;
  readonly overview: string;
  readonly record: string;
}

const FILES: CustomerFiles = { example: EXAMPLE, overview: OVERVIEW, record: RECORD };

/** As much of a world as a course needs: there are pictures of one as well. */
export interface Surroundings extends CustomerSurroundings {
  readonly temporal: Pick<World['temporal'], 'client'>;
}

/** What one says to one onboarding, as a project manager or a customer would. */
export class Course {
  constructor(
    readonly world: Surroundings,
    readonly added: AddedCustomer,
    /** false: its worker trusts the Temporal UI. */
    private readonly approvesWithCodes = true,
  ) {}

  get customer(): string {
    return this.added.customer;
  }

  get contacts(): AddedCustomer['contacts'] {
    return this.added.contacts;
  }

  get handle(): WorkflowHandle<typeof onboarding> {
    return this.world.temporal.client.workflow.getHandle(`onboarding/${this.customer}`);
  }

  async start(order: Partial<OnboardingOrder> & Pick<OnboardingOrder, 'start'>): Promise<void> {
    await this.world.temporal.client.workflow.start<typeof onboarding>('onboarding', {
      workflowId: `onboarding/${this.customer}`,
      taskQueue: this.world.config.taskQueue,
      args: [{ customer: this.customer, source: 'sftp', requestedBy: this.contacts.manager, ...order }],
      staticSummary: `Implementation of ${this.customer}`,
    });
  }

  async state(): Promise<OnboardingState> {
    const state = await this.handle.query(stateQuery);
    if (state === null) throw new Error('The onboarding has no number yet.');
    return state;
  }

  /** Answers its sentence. */
  async say<Name extends MessageName>(name: Name, message: Messages[Name]): Promise<string> {
    return this.handle.executeUpdate(updateOf(name), { args: [message] });
  }

  async sayToConcept<Name extends 'comment' | 'approve' | 'reject'>(
    name: Name,
    message: Messages[Name],
  ): Promise<string> {
    const { mapping } = await this.state();
    const concept = this.world.temporal.client.workflow.getHandle(iterationId(this.customer, mapping.iteration));
    return concept.executeUpdate(updateOf(name), { args: [message] });
  }

  async signal<Name extends MessageName>(name: Name, message: Messages[Name]): Promise<void> {
    await this.handle.signal(signalOf(name), message);
  }

  /** The sentence with which a message is refused. */
  async refusal(saying: Promise<string>): Promise<string> {
    try {
      return `It was not refused: ${await saying}`;
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
        return error.cause.message;
      throw error;
    }
  }

  async until(words: string, holds: (state: OnboardingState) => boolean): Promise<OnboardingState> {
    let last: OnboardingState | null = null;
    await until(
      async () => {
        last = await this.state().catch(() => null);
        return last !== null && holds(last);
      },
      120,
      1_000,
    ).catch(() => {
      throw new Error(
        `${this.customer}: never ${words}. Problems: ${JSON.stringify(last?.problems)}; events: ${JSON.stringify(last?.events.slice(-4))}`,
      );
    });
    return this.state();
  }

  async code(subject: Subject, version: number, contactId: string): Promise<string> {
    const words = { groups: 'Groups of the network', mapping: 'Concept mapping', release: 'Release of the User Sync' };
    const find = () => codeFor(this.world.config.mail.outbox, contactId, `${words[subject]}, version ${version}`);
    await until(async () => (await find()) !== null, 40, 500).catch(() => undefined);
    const code = await find();
    if (code === null) throw new Error(`No code for ${subject} ${version} was mailed to ${contactId}.`);
    return code;
  }

  async approve(subject: Subject, version: number, by: string): Promise<string> {
    const code = this.approvesWithCodes ? { code: await this.code(subject, version, by) } : {};
    const message = { subject, version, by, ...code };
    return subject === 'mapping' ? this.sayToConcept('approve', message) : this.say('approve', message);
  }

  /** On the customer's behalf, as long as it has no page of its own. */
  deliver(item: string, rest: Omit<Messages['deliver'], 'item' | 'by'>, by = this.contacts.hr): Promise<string> {
    return this.say('deliver', { item, by, recordedBy: this.contacts.manager, ...rest });
  }

  async login(): Promise<string> {
    const accounts = await this.world.database.prisma.dropAccount.findMany({
      where: { customerId: this.customer, access: 'upload' },
    });
    return accounts[0]?.userName ?? '';
  }

  async giveAccess(): Promise<void> {
    await this.deliver(
      'upload-addresses',
      { addresses: ['127.0.0.1'], publicKey: this.added.publicKey },
      this.contacts.it,
    );
  }

  async upload(content: string | Buffer, name: string): Promise<void> {
    await this.added.upload(await this.login(), content, name);
  }

  async handOverFiles(example: string | Buffer = EXAMPLE, overview = OVERVIEW): Promise<void> {
    await this.upload(example, 'example.txt');
    await this.deliver('example-record', { file: 'example.txt' });
    await this.upload(overview, 'overview.txt');
    await this.deliver('structure-overview', { file: 'overview.txt' });
  }

  async agreeInWords(): Promise<void> {
    await this.deliver('record-contents', { note: 'as in the example' });
    await this.say('check', { item: 'record-contents', by: this.contacts.manager });
    await this.deliver('frequency', { time: '06:00' });
    await this.deliver('known-exceptions', { note: 'none' });
    await this.say('check', { item: 'known-exceptions', by: this.contacts.manager });
  }

  /** The record itself, which the system sees by itself. */
  async uploadRecord(record = RECORD): Promise<void> {
    await this.upload(record, 'people.csv');
    await this.handle.signal('uploaded');
    await this.until('saw the upload', (state) => itemOf(state, 'first-upload').state === 'checked');
  }

  async settleOpenChecks(): Promise<void> {
    for (const { id, state } of (await this.state()).items) {
      if (state === 'delivered') await this.say('check', { item: id, by: this.contacts.manager });
    }
  }

  async setUp({ example, overview, record } = FILES): Promise<void> {
    await this.giveAccess();
    await this.handOverFiles(example, overview);
    await this.agreeInWords();
    await this.uploadRecord(record);
    await this.settleOpenChecks();
  }

  async agreeOnGroups(): Promise<void> {
    const { groups } = await this.until('planned the groups', (state) => state.groups.status === 'open');
    await this.approve('groups', groups.version, this.contacts.boss);
    await this.approve('groups', groups.version, this.contacts.engineer);
    await this.until('created the groups', (state) => itemOf(state, 'groups').state === 'checked');
  }

  /** What the engineer makes of the proposal. */
  async writeMapping(document: string = MAPPING): Promise<number> {
    const { database } = this.world;
    return saveMapping(database, {
      customer: this.added.customer,
      document,
      importedBy: this.contacts.engineer,
      comment: '',
    });
  }

  async propose(document?: string): Promise<number> {
    await this.until('drafted a mapping', (state) => itemOf(state, 'concept-mapping').finding !== null);
    const version = await this.writeMapping(document);
    await this.say('propose', { version, by: this.contacts.engineer });
    return version;
  }

  async approveMapping(): Promise<void> {
    const version = (await this.state()).mapping.version ?? 0;
    for (const by of [this.contacts.hr, this.contacts.engineer, this.contacts.manager])
      await this.approve('mapping', version, by);
    await this.until('approved the mapping', (state) => state.mapping.status === 'approved');
  }

  async agreeOnMapping(): Promise<void> {
    await this.agreeOnGroups();
    await this.propose();
    await this.approveMapping();
  }

  async implement(): Promise<void> {
    await this.until('showed the rules', (state) => state.rehearsal !== null);
    await this.settleOpenChecks();
    for (const { id, state } of (await this.state()).items) {
      if (!id.startsWith('rule-') || state !== 'open') continue;
      await this.say('check', { item: id, by: this.contacts.engineer, note: 'nobody in the record meets it yet' });
    }
  }

  /** Until people can read the report of the test that is begun. Answers its number. */
  async testOnCopy(): Promise<number> {
    await this.say('test', { by: this.contacts.manager });
    const number = (await this.state()).testing?.number ?? 0;
    const test = followTest(this.world.temporal.client, this.customer, number);
    const isThere = async () => ['waiting for approval', 'over'].includes((await test.progress())?.step ?? '');
    await until(isThere, 180, 500);
    const progress = await test.progress();
    if (typeof progress?.problem === 'string') throw new Error(`Test ${number}: ${progress.problem}`);
    return number;
  }

  /** As `usersync test approve` does, with the code that was mailed. `about`: the test that whoever approves names. */
  async approveTest(number: number, by: string, about = number): Promise<string> {
    const subject = `Test on an anonymised copy, version ${number}`;
    const find = () => codeFor(this.world.config.mail.outbox, by, subject);
    await until(async () => (await find()) !== null, 40, 500);
    const decision = { by, test: about, accept: 'all', code: (await find()) ?? '' };
    return decideTest(this.world.temporal.client, this.customer, number, decision, true);
  }

  async test(): Promise<void> {
    await this.say('check', { item: 'test', by: this.contacts.engineer, note: 'by hand' });
  }

  async release(): Promise<void> {
    const { release } = await this.until('proposed the release', (state) => state.release.status === 'open');
    await this.approve('release', release.version, this.contacts.manager);
    await this.approve('release', release.version, this.contacts.boss);
  }

  async whole(): Promise<void> {
    await this.setUp();
    await this.agreeOnMapping();
    await this.implement();
    await this.test();
    await this.release();
  }
}
