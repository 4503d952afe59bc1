import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import type { ChangeOrder, MessageName, Messages } from '../../src/change-requests/messages.js';
import type { ChangeState } from '../../src/change-requests/state.js';
import { reserveChange } from '../../src/store/change-requests.js';
import { saveContacts } from '../../src/store/contacts.js';
import { saveMapping } from '../../src/store/mappings.js';
import { DecisionRefused } from '../../src/temporal/runs.js';
import { decideTest, followTest } from '../../src/temporal/tests.js';
import { ChangeRefused, fileChange } from '../../src/temporal/change-requests.js';
import type { changeRequest } from '../../src/workflows/change-request/change-request.js';
import { changeId, signalOf, stateQuery, updateOf } from '../../src/workflows/change-request/messages.js';
import { codeFor } from './outbox.js';
import { until } from './until.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from './people.js';
import { openWorld, type World } from './world.js';

export const CONTACTS = { hr: 'c-hr', it: 'c-it', boss: 'c-boss', manager: 'pm-1', engineer: 'staff-2' } as const;

/** Of several administrators one can be demoted on the day on which another leaves: the last one stays, whatever the record says. */
export const RELEASED: readonly MadeUpPerson[] = [
  ...madeUpPeople(1, 27),
  ...madeUpPeople(28, 31).map((person) => ({ ...person, title: 'Director' })),
];

/** A released customer: contacts, an active mapping, and a first sync of 31 people. */
export async function openReleasedWorld(): Promise<World> {
  const world = await openWorld();
  await addContacts(world);
  await world.useMapping(MAPPING);
  await world.startWorker();
  await world.deliver(csvOf(RELEASED));
  await (await world.start('live')).result();
  return world;
}

/** Who speaks for the customer of a world, and who for Speakap. */
export async function addContacts({ database, customer }: Pick<World, 'database' | 'customer'>): Promise<void> {
  const contact = (id: string, side: 'customer' | 'speakap', role: string, approves = true) => ({
    ...{ id, side, role, approves, owns: [] },
    ...{ name: `Made Up ${role}`, email: `${id}@mail.example` },
  });
  await saveContacts(database, customer, [
    contact(CONTACTS.hr, 'customer', 'HR manager'),
    contact(CONTACTS.it, 'customer', 'IT', false),
    contact(CONTACTS.boss, 'customer', 'director'),
    contact(CONTACTS.manager, 'speakap', 'project manager'),
    contact(CONTACTS.engineer, 'speakap', 'implementation engineer'),
  ]);
}

type Place = Pick<World, 'database' | 'customer' | 'config'> & { readonly temporal: Pick<World['temporal'], 'client'> };

/** What one says about one change request, as a project manager or a customer would. */
export class Change {
  private constructor(
    private readonly world: Place,
    readonly number: number,
    /** What whoever filed it was answered. */
    readonly answer: string,
  ) {}

  static async file(
    world: Place,
    order: Partial<ChangeOrder> & Pick<ChangeOrder, 'kind' | 'text'>,
    { key = randomUUID(), places = [] }: { readonly key?: string; readonly places?: readonly string[] } = {},
  ): Promise<Change> {
    const { customer, database } = world;
    const by = order.by ?? CONTACTS.hr;
    const { number } = await reserveChange(database, {
      ...{ customer, requestKey: key, filedBy: by, manager: CONTACTS.manager, places },
    });
    const whole = { customer, number, by, ...order };
    return new Change(
      world,
      number,
      await fileChange(world.temporal.client, world.config.taskQueue, whole, CONTACTS.manager),
    );
  }

  /** Without the update that asks for an answer at once: Java's test server knows no update together with a start. */
  static async begin(world: Place, order: Partial<ChangeOrder> & Pick<ChangeOrder, 'kind' | 'text'>): Promise<Change> {
    const { customer, database, config, temporal } = world;
    const by = order.by ?? CONTACTS.hr;
    const reservation = { customer, requestKey: randomUUID(), filedBy: by, manager: CONTACTS.manager, places: [] };
    const { number } = await reserveChange(database, reservation);
    await temporal.client.workflow.start<typeof changeRequest>('changeRequest', {
      workflowId: changeId(customer, number),
      taskQueue: config.taskQueue,
      args: [{ customer, number, by, ...order }],
    });
    const change = new Change(world, number, '');
    await change.until('was open', () => true);
    return change;
  }

  static of(world: Place, number: number): Change {
    return new Change(world, number, '');
  }

  get handle(): WorkflowHandle<typeof changeRequest> {
    return this.world.temporal.client.workflow.getHandle(changeId(this.world.customer, this.number));
  }

  async state(): Promise<ChangeState> {
    const state = await this.handle.query(stateQuery);
    if (state === null) throw new Error('The change request is not open yet.');
    return state;
  }

  /** Answers its sentence. */
  say<Name extends MessageName>(name: Name, message: Messages[Name]): Promise<string> {
    return this.handle.executeUpdate(updateOf(name), { args: [message] });
  }

  async signal<Name extends MessageName>(name: Name, message: Messages[Name]): Promise<void> {
    await this.handle.signal(signalOf(name), message);
  }

  async until(words: string, holds: (state: ChangeState) => boolean): Promise<ChangeState> {
    let last: ChangeState | null = null;
    await until(
      async () => {
        last = await this.state().catch(() => null);
        return last !== null && holds(last);
      },
      120,
      1_000,
    ).catch(() => {
      throw new Error(
        `Change ${this.number}: never ${words}. Problems: ${JSON.stringify(last?.problems)}; events: ${JSON.stringify(last?.events.slice(-4))}`,
      );
    });
    return this.state();
  }

  /** The engineer makes a version, and proposes it. Answers its number. */
  async propose(document: string): Promise<number> {
    const version = await this.draft(document);
    await this.say('propose', { version, by: CONTACTS.engineer });
    return version;
  }

  draft(document: string): Promise<number> {
    const { database, customer } = this.world;
    return saveMapping(database, { customer, document, importedBy: CONTACTS.engineer, comment: '' });
  }

  code(version: number, contactId: string = CONTACTS.hr): Promise<string> {
    return this.codeAbout(`Change ${this.number}, version ${version}`, contactId);
  }

  private async codeAbout(about: string, contactId: string): Promise<string> {
    const find = () => codeFor(this.world.config.mail.outbox, contactId, about);
    await until(async () => (await find()) !== null, 40, 500).catch(() => undefined);
    const code = await find();
    if (code === null) throw new Error(`No code about "${about}" was mailed to ${contactId}.`);
    return code;
  }

  /** Until people can read the report of its test. Answers the test's number. */
  async reportOfTest(version: number): Promise<number> {
    const { testing } = await this.until(`began the test of version ${version}`, isTesting(version));
    const number = testing?.number ?? 0;
    const test = followTest(this.world.temporal.client, this.world.customer, number);
    await this.until(`had a report of version ${version}`, (state) => state.testing?.waitsFor !== 'nobody').catch(
      async (error: unknown) => {
        throw new Error(JSON.stringify(await test.progress()), { cause: error });
      },
    );
    const progress = await test.progress();
    if (typeof progress?.problem === 'string') throw new Error(`Test ${number}: ${JSON.stringify(progress)}`);
    return number;
  }

  /** As `usersync test approve` does, with the code that was mailed to the contact. */
  async approveTest(number: number, by: string, withCode = true): Promise<string> {
    const { temporal, customer } = this.world;
    const code = withCode ? { code: await this.codeAbout(`Change ${this.number}, test ${number}`, by) } : {};
    return decideTest(temporal.client, customer, number, { by, test: number, accept: 'all', ...code }, true);
  }

  rejectTest(number: number, by: string, comment: string): Promise<string> {
    const { temporal, customer } = this.world;
    return decideTest(temporal.client, customer, number, { by, test: number, comment }, false);
  }

  async approve(version: number, by: string = CONTACTS.hr): Promise<string> {
    return this.say('approve', { version, by, code: await this.code(version, by) });
  }
}

function isTesting(version: number) {
  return ({ testing }: ChangeState): boolean => testing?.version === version;
}

/** The sentence with which something is refused. */
export async function refusalOf(saying: Promise<unknown>): Promise<string> {
  try {
    return `It was not refused: ${JSON.stringify(await saying)}`;
  } catch (error) {
    if (error instanceof ChangeRefused || error instanceof DecisionRefused) return error.message;
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
      return error.cause.message;
    throw error;
  }
}
