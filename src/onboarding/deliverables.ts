import { GO_LIVE_ITEM, type Phase, type PlannedItem, type Side } from './schedule/types.js';

export type SourceKind = 'sftp' | 'api';

/** By what a deliverable is handed over. */
export type Handing =
  /** Said in words. */
  | 'words'
  /** A file, checked as soon as it is there. */
  | 'file'
  /** The addresses from which the customer uploads, with its public key if it has one. */
  | 'addresses'
  /** Stored by the command line, sealed; the message carries none of it. */
  | 'credentials'
  /** Nobody hands it over: the system sees it happen. */
  | 'seen'
  /** A time of day. */
  | 'time'
  /** The system's own work, approved by both sides. */
  | 'approved'
  /** Work of Speakap, checked off by Speakap. */
  | 'work';

/** Something that one side owes the other (`implementation-timeline.txt`), or a piece of work that a date depends on. */
export interface Deliverable extends PlannedItem {
  readonly handing: Handing;
  /** What is asked, in words for the person who owes it. */
  readonly asked: string;
  /** Why it is needed, in words for the same person. */
  readonly why: string;
  /** Only for customers whose record comes this way. */
  readonly only?: SourceKind;
}

/** The last one: with it the implementation is finished. */
export const GO_LIVE = GO_LIVE_ITEM;

/** The business rules of weeks 3 and 4, in the order of the timeline. */
export const RULES = [
  'rule-invitations',
  'rule-prefill',
  'rule-groups',
  'rule-removal',
  'rule-roles',
  'rule-exceptions',
] as const;

export type RuleId = (typeof RULES)[number];

export function isRule(id: string): id is RuleId {
  return (RULES as readonly string[]).includes(id);
}

/** Everything that a customer's implementation consists of, in the order in which it is shown. */
export function deliverablesFor(source: SourceKind): readonly Deliverable[] {
  return (made[source] ??= makeFor(source));
}

const made: Partial<Record<SourceKind, readonly Deliverable[]>> = {};

function makeFor(source: SourceKind): readonly Deliverable[] {
  const mine = CATALOGUE.filter(({ only }) => only === undefined || only === source);
  const ids = new Set(mine.map(({ id }) => id));
  return mine.map((item) => ({ ...item, needs: item.needs.filter((need) => ids.has(need)) }));
}

const SETUP = [
  'record-contents',
  'example-record',
  'structure-overview',
  'upload-addresses',
  'sftp-login',
  'first-upload',
  'api-credentials',
  'first-read',
  'frequency',
  'known-exceptions',
];

const CATALOGUE: readonly Deliverable[] = [
  item('setup', 'customer', 'example-record', 2, 'file', [], {
    title: 'example of the employee record',
    asked: 'a file with one or two rows of your employee record, with its header, as CSV',
    why: 'from its columns we propose what becomes of each of them',
  }),
  item('setup', 'customer', 'upload-addresses', 2, 'addresses', [], {
    title: 'addresses for the upload',
    asked:
      'one or more IP addresses from which you will upload your employee record, and your public SSH key if you log in with one',
    why: 'your login works from these addresses only',
    only: 'sftp',
  }),
  item('setup', 'customer', 'api-credentials', 2, 'credentials', [], {
    title: 'login to the real-time connection',
    asked: 'the login credentials to the real-time connection in your HR tool',
    why: 'with it we read your employee record',
    only: 'api',
  }),
  item('setup', 'speakap', 'sftp-login', 3, 'seen', ['upload-addresses'], {
    title: 'login to the SFTP account',
    asked: 'the login for the customer’s SFTP account',
    why: 'with it the customer uploads its employee record',
    only: 'sftp',
  }),
  item('setup', 'customer', 'structure-overview', 3, 'file', [], {
    title: 'overview of locations and departments',
    asked: 'a file with the locations and departments of your organisation, as CSV',
    why: 'they become the groups of your network',
  }),
  item('setup', 'customer', 'record-contents', 4, 'words', ['example-record'], {
    title: 'contents of the employee record',
    asked:
      'your agreement on what your employee record holds: which columns, and which of them identifies a person for good',
    why: 'everything that follows reads these columns',
  }),
  item('setup', 'customer', 'frequency', 4, 'time', [], {
    title: 'frequency of the sync',
    asked: 'the time of day at which the daily sync is to run, when your record is there',
    why: 'it becomes the schedule',
  }),
  item('setup', 'customer', 'known-exceptions', 4, 'words', [], {
    title: 'exceptions to the general rules',
    asked: 'any exceptions to the general rules: people or groups that are treated differently; "none" is an answer',
    why: 'they become rules of their own',
  }),
  item('setup', 'customer', 'first-upload', 5, 'seen', ['sftp-login'], {
    title: 'first successful upload',
    asked: 'a first upload of your employee record to the SFTP account',
    why: 'it shows that the connection works, and the mapping is tried on it',
    only: 'sftp',
  }),
  item('setup', 'speakap', 'first-read', 4, 'seen', ['api-credentials'], {
    title: 'first successful read',
    asked: 'a first read of the employee record through the real-time connection',
    why: 'it shows that the connection works, and the mapping is tried on it',
    only: 'api',
  }),
  item('mapping', 'speakap', 'concept-mapping', 2, 'approved', SETUP, {
    title: 'concept mapping',
    asked: 'a concept mapping, made from the employee record and the overview of locations and departments',
    why: 'the customer sees what becomes of its record before anything is done',
  }),
  item('mapping', 'speakap', 'groups', 3, 'approved', SETUP, {
    title: 'groups of the network',
    asked: 'the groups of the overview, created in the network after both sides agreed',
    why: 'people are put into them',
  }),
  item('mapping', 'customer', 'mapping-feedback', 4, 'approved', ['concept-mapping'], {
    title: 'feedback on the concept mapping',
    asked: 'your feedback on the concept mapping: comments on its lines, or your approval',
    why: 'several iterations are usual; the sooner we have it, the sooner this phase ends',
  }),
  item('mapping', 'speakap', 'final-mapping', 5, 'approved', ['mapping-feedback', 'groups'], {
    title: 'final mapping',
    asked: 'the mapping that the customer approved and two people at Speakap checked',
    why: 'it becomes the configuration of the sync',
  }),
  rule('rule-invitations', 3, 'inviting or activation of profiles', 'who is invited, and how'),
  rule('rule-prefill', 4, 'pre-filling of profiles', 'which fields of a profile come from the record'),
  rule('rule-groups', 5, 'adding to and removing from groups', 'who is in which group, and who leaves it'),
  rule('rule-removal', 6, 'removal from the network', 'who leaves the network, and how many at once at most'),
  rule('rule-roles', 8, 'roles', 'who gets which role'),
  rule('rule-exceptions', 10, 'exceptions', 'who is treated differently', ['known-exceptions']),
  item('testing', 'speakap', 'test', 5, 'work', [...RULES], {
    title: 'test on an anonymised copy',
    asked: 'the test of activation and daily sync on an anonymised copy of the network, and its removal',
    why: 'nothing reaches the network that was not tried before',
  }),
  item('release', 'speakap', GO_LIVE, 5, 'approved', ['test'], {
    title: 'finalised User Sync on the network',
    asked: 'the User Sync, switched on for the customer’s network and accepted by the customer',
    why: 'it is what this is all for',
  }),
];

function rule(id: RuleId, dueDay: number, title: string, why: string, needs: readonly string[] = []): Deliverable {
  const asked = `the rules for it, shown by a dry run on the latest employee record`;
  return item('implementation', 'speakap', id, dueDay, 'work', ['final-mapping', ...needs], { title, asked, why });
}

function item(
  phase: Phase,
  side: Side,
  id: string,
  dueDay: number,
  handing: Handing,
  needs: readonly string[],
  words: Pick<Deliverable, 'title' | 'asked' | 'why' | 'only'>,
): Deliverable {
  return { id, phase, side, dueDay, handing, needs, ...words };
}
