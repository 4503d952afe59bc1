import { expect } from 'vitest';
import { divideRecord } from '../../src/activities/release/divide.js';
import { USUAL, type ReleaseOptions } from '../../src/release/types.js';
import { partsOf, type NamedWish } from '../../src/release/waves.js';
import { saveContacts } from '../../src/store/contacts.js';
import { openRelease } from '../../src/store/releases.js';
import { followRelease, sayToRelease, startRelease, type StartedRelease } from '../../src/temporal/releases.js';
import {
  releaseSignal,
  type ReleaseMessage,
  type ReleaseMessageName,
  type ReleaseProgress,
} from '../../src/workflows/release/messages.js';
import type { CustomerId } from '../../src/sync/ids.js';
import { codeFor } from './outbox.js';
import { until } from './until.js';
import type { World } from './world.js';

/** A pilot of two, one business unit of the made-up people, and everybody else. */
const WAVES: readonly NamedWish[] = [
  { name: 'pilot', whom: { kind: 'people', xids: ['2', '5'] } },
  { name: 'unit 1', whom: { kind: 'unit', units: ['unit 1'] } },
];

interface Wish extends Partial<ReleaseOptions> {
  readonly goLiveAt?: Date;
  /** People of a part at most. */
  readonly size?: number;
}

/** Who decides about what. */
interface People {
  readonly customer: CustomerId;
  readonly onboardingId: number | null;
  readonly theirs: string;
  readonly ours: string;
}

/** Plans and begins releases of a world's customer, or of one who is being connected. */
export class ReleaseCourse {
  private readonly people: People;

  constructor(
    private readonly world: World,
    people?: People,
  ) {
    this.people = people ?? { customer: world.customer, onboardingId: null, theirs: 'c-hr', ours: 'pm-1' };
  }

  async saveContacts(): Promise<void> {
    await saveContacts(this.world.database, this.world.customer, [
      contact('c-hr', 'customer', 'hr@customer.example'),
      contact('pm-1', 'speakap', 'pm@speakap.example'),
    ]);
  }

  /** Whatever the hour is in which the tests run. */
  async plan({ goLiveAt, size = 100, ...options }: Wish = {}): Promise<number> {
    const { database } = this.world;
    const { customer, onboardingId } = this.people;
    const { mappingVersion, waves } = await divideRecord(database, customer, WAVES);
    const always = { day: { from: '00:00', until: '24:00' }, watchRuns: 1, perHour: 100_000 };
    return openRelease(database, {
      ...{ customer, requestedBy: 'pm-1', mappingVersion, onboardingId, goLiveAt: goLiveAt ?? null },
      options: { ...USUAL, ...always, ...options },
      waves: waves.map(({ name, xids }) => ({ name, parts: partsOf(xids, size) })),
    });
  }

  async begin(number: number): Promise<CourseOfRelease> {
    const { temporal, config } = this.world;
    const order = { customer: this.people.customer, number, lookEverySeconds: 1 };
    const release = await startRelease(temporal.client, config.taskQueue, order);
    return new CourseOfRelease(this.world, this.people, number, release);
  }

  /** One that somebody else has begun. */
  follow(number: number): CourseOfRelease {
    const release = followRelease(this.world.temporal.client, this.people.customer, number);
    return new CourseOfRelease(this.world, this.people, number, release);
  }
}

/** What one says to one release, as a project manager or a customer would. */
export class CourseOfRelease {
  constructor(
    private readonly world: World,
    private readonly people: People,
    readonly number: number,
    readonly release: StartedRelease,
  ) {}

  say(name: ReleaseMessageName, message: ReleaseMessage): Promise<string> {
    return sayToRelease(this.world.temporal.client, this.people.customer, this.number, name, message);
  }

  async signal(name: ReleaseMessageName, message: ReleaseMessage): Promise<void> {
    await this.world.temporal.client.workflow.getHandle(this.release.workflowId).signal(releaseSignal(name), message);
  }

  async reached(words: string, holds: (progress: ReleaseProgress) => boolean): Promise<ReleaseProgress> {
    const seen: ReleaseProgress[] = [];
    const look = async (): Promise<boolean> => {
      const progress = await this.release.progress().catch(() => null);
      if (progress !== null) seen.splice(0, 1, progress);
      return progress !== null && holds(progress);
    };
    await until(look, 120).catch(() => {
      throw new Error(`never ${words}: ${JSON.stringify(seen[0])}`);
    });
    const [progress] = seen;
    if (progress === undefined) throw new Error(`never ${words}`);
    return progress;
  }

  async completeChecklist(): Promise<void> {
    const { checklist } = await this.reached('checked', (progress) => progress.checklist.length > 0);
    for (const { item, isOk } of checklist) {
      if (!isOk) await this.say('complete', { by: this.people.ours, item, comment: 'seen to by hand' });
    }
  }

  /** Both sides, for the plan of a run after this one. */
  async approve(after = 0): Promise<ReleaseProgress> {
    const isAsked = ({ step, shown, paused }: ReleaseProgress): boolean =>
      step === 'waiting for approval' && paused === null && (shown?.plan ?? 0) > after;
    const progress = await this.reached('asked', isAsked);
    const plan = progress.shown?.plan ?? 0;
    const { theirs, ours } = this.people;
    const approval = async (by: string) => ({ by, plan, ...(await this.codeOf(by, `run ${plan}`)) });
    expect(await this.say('approve', await approval(theirs))).toContain('One approval');
    expect(await this.say('approve', await approval(ours))).toContain('approved by both sides');
    return progress;
  }

  async accept(): Promise<void> {
    const { theirs } = this.people;
    await this.reached('handed over', ({ step }) => step === 'waiting for acceptance');
    await this.say('accept', { by: theirs, ...(await this.codeOf(theirs, 'Acceptance')) });
  }

  /** Those of an onboarding are mailed. */
  private async codeOf(by: string, about: string): Promise<Pick<ReleaseMessage, 'code'>> {
    if (this.people.onboardingId === null) return {};
    const look = (): Promise<string | null> => codeFor(this.world.config.mail.outbox, by, about);
    await until(async () => (await look()) !== null);
    return { code: (await look()) ?? '' };
  }
}

function contact(id: string, side: 'customer' | 'speakap', email: string) {
  return { id, side, role: 'contact', name: id, email, approves: true, owns: [] } as const;
}
