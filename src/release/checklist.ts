/** What the system can see of a customer before a release. */
export interface ReleaseFacts {
  readonly mapping: {
    /** The active version; null: none. */
    readonly active: number | null;
    /** The version that the release was planned with. */
    readonly planned: number;
    readonly isApprovedByBoth: boolean;
  };
  /** The newest test of that version; null: none. */
  readonly test: {
    readonly number: number;
    readonly status: string;
    readonly isTornDown: boolean;
    readonly leftOver: string | null;
  } | null;
  readonly source: { readonly ok: boolean; readonly sentence: string };
  readonly network: { readonly ok: boolean; readonly sentence: string };
  /** Hours since the last accepted delivery; null: there is none. */
  readonly deliveryHours: number | null;
  /** `05:30`, and whether the customer has agreed on it. */
  readonly schedule: { readonly dailyAt: string; readonly isAgreed: boolean };
  readonly letters: { readonly areUsed: boolean; readonly areSet: boolean };
  /** Limits that the mapping writes down itself. */
  readonly writtenLimits: number;
  readonly contacts: { readonly customer: number; readonly speakap: number };
}

export type CheckName = 'mapping' | 'test' | 'access' | 'delivery' | 'schedule' | 'invitations' | 'limits' | 'contacts';

export interface CheckedItem {
  readonly item: CheckName;
  readonly isOk: boolean;
  /** What is so. */
  readonly words: string;
  /** What to do; null where nothing is to be done. */
  readonly mend: string | null;
}

export const CHECKS: readonly CheckName[] = [
  ...(['mapping', 'test', 'access', 'delivery', 'schedule', 'invitations', 'limits', 'contacts'] as const),
];

const FRESH_HOURS = 48;

/** The checklist of a release, filled from what is so; what is open can be mended, or completed by a person who says why. */
export function checkRelease(customer: string, facts: ReleaseFacts): readonly CheckedItem[] {
  return [
    mapping(customer, facts),
    test(customer, facts),
    access(customer, facts),
    delivery(customer, facts),
    schedule(customer, facts),
    invitations(customer, facts),
    limits(customer, facts),
    contacts(customer, facts),
  ];
}

function ok(item: CheckName, words: string): CheckedItem {
  return { item, isOk: true, words, mend: null };
}

function open(item: CheckName, words: string, mend: string): CheckedItem {
  return { item, isOk: false, words, mend };
}

function mapping(customer: string, { mapping: { active, planned, isApprovedByBoth } }: ReleaseFacts): CheckedItem {
  const again = `usersync release plan ${customer} plans it anew`;
  if (active === null) return open('mapping', 'no version is active', `usersync mapping activate ${customer}`);
  if (active !== planned) return open('mapping', `version ${active} is active, planned was ${planned}`, again);
  if (isApprovedByBoth) return ok('mapping', `version ${active} is approved by both sides`);
  return open(
    'mapping',
    `version ${active} is not approved by both sides`,
    'have both sides approve it, or complete the item',
  );
}

function test(customer: string, { test: newest, mapping: { planned } }: ReleaseFacts): CheckedItem {
  const again = `usersync test start ${customer} --mapping ${planned}`;
  if (newest === null) return open('test', `version ${planned} was not tested on a copy`, again);
  const { number, status, isTornDown, leftOver } = newest;
  if (leftOver !== null || (status !== 'running' && status !== 'waiting' && !isTornDown)) {
    return open('test', `something of test ${number} is not removed`, `usersync test show ${customer} ${number}`);
  }
  if (status === 'approved') return ok('test', `test ${number} is approved, and everything of it removed`);
  return open(
    'test',
    `test ${number} is ${status}`,
    status === 'running' || status === 'waiting' ? 'wait for it and approve it' : again,
  );
}

function access(customer: string, { source, network }: ReleaseFacts): CheckedItem {
  if (source.ok && network.ok) return ok('access', 'source and network answer');
  const wrong = [source, network].filter(({ ok: isOk }) => !isOk).map(({ sentence }) => sentence);
  return open('access', wrong.join(' '), `usersync customer show ${customer} shows what is connected`);
}

function delivery(customer: string, { deliveryHours }: ReleaseFacts): CheckedItem {
  if (deliveryHours === null)
    return open('delivery', 'none was accepted yet', `usersync sync plan ${customer} takes one in`);
  const words = `the last one was accepted ${Math.floor(deliveryHours)} hours ago`;
  return deliveryHours <= FRESH_HOURS
    ? ok('delivery', words)
    : open('delivery', words, `have the customer deliver, then usersync sync plan ${customer}`);
}

function schedule(customer: string, { schedule: { dailyAt, isAgreed } }: ReleaseFacts): CheckedItem {
  return isAgreed
    ? ok('schedule', `daily at ${dailyAt}`)
    : open('schedule', 'the time of day is not agreed on', `usersync onboarding deliver ${customer} frequency`);
}

function invitations(customer: string, { letters: { areUsed, areSet } }: ReleaseFacts): CheckedItem {
  if (!areUsed) return ok('invitations', 'nobody gets a letter; the network itself invites');
  return areSet
    ? ok('invitations', 'the letters have their texts')
    : open(
        'invitations',
        'people without e-mail get letters, and their texts are not set',
        `set "letter" of ${customer} and usersync customer add`,
      );
}

function limits(customer: string, { writtenLimits }: ReleaseFacts): CheckedItem {
  return writtenLimits > 0
    ? ok('limits', `${writtenLimits} limits are written in the mapping`)
    : open(
        'limits',
        'the mapping writes no limit, so in a first run none holds',
        `write "guards" into the mapping of ${customer}, or complete the item`,
      );
}

function contacts(customer: string, { contacts: { customer: theirs, speakap } }: ReleaseFacts): CheckedItem {
  if (theirs > 0 && speakap > 0) return ok('contacts', 'somebody of each side may approve');
  const side = theirs === 0 ? 'customer' : 'Speakap';
  return open(
    'contacts',
    `nobody of the side of ${side} may approve`,
    `name one in the file of usersync contact save, for ${customer}`,
  );
}
