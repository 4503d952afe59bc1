import { objectionToTest } from '../acts/tests.js';
import { isRule, type Deliverable } from '../deliverables.js';
import { openQuestions, ownerOf } from '../owners.js';
import { itemOf, type ItemState, type OnboardingState } from '../state.js';
import { howToAgree } from './how-to-agree.js';
import { send } from './lines.js';

/** The exact messages that bring an item on, each in words and with its value. */
export function howToGoOn(
  state: OnboardingState,
  item: Deliverable,
  now: ItemState,
  namespace: string,
): readonly string[] {
  const staff = ownerOf(state, { id: item.id, side: 'speakap' })?.id ?? state.manager;
  if (now.state === 'delivered') return howToJudge(state, item, staff);
  if (item.handing === 'approved') return howToAgree(state, item, staff, namespace);
  const lines = howToHandOver(state, item, staff);
  return now.finding === null || item.handing === 'work' || item.handing === 'seen'
    ? lines
    : [...lines, ...howToOverrule(item, staff)];
}

function howToJudge(state: OnboardingState, { id }: Deliverable, by: string): readonly string[] {
  const waits = openQuestions(state).find(({ about }) => about === id);
  return [
    waits === undefined
      ? `When it is good, ${send('check', { item: id, by })}`
      : `It waits for the answer to question ${waits.id}`,
    `When it is not, ${send('reopen', { item: id, by, reason: 'what is wrong with it' })}`,
  ];
}

/** What was found unusable, and is good all the same. */
function howToOverrule({ id }: Deliverable, by: string): readonly string[] {
  return [`When it is good all the same, ${send('check', { item: id, by, note: 'why it is good' })}`];
}

function howToHandOver(state: OnboardingState, item: Deliverable, staff: string): readonly string[] {
  const { customer, plan } = state;
  const by = ownerOf(state, item)?.id ?? staff;
  const actor = item.side === 'customer' ? { by, recordedBy: staff } : { by };
  const value = { item: item.id, ...actor };
  switch (item.handing) {
    case 'words':
      return [`When it is said, with what was said, ${send('deliver', { ...value, note: 'what was said' })}`];
    case 'file':
      return [
        `When the file is in the customer’s folder of the drop, with its name, ${send('deliver', { ...value, file: 'name.csv' })}`,
        `From your own disk: \`usersync onboarding deliver ${customer} ${item.id} --file name.csv --by ${by}\``,
      ];
    case 'addresses':
      return [
        `With the addresses from which the customer uploads, ${send('deliver', { ...value, addresses: ['203.0.113.7'] })}`,
        'The customer gets a password behind a link; or add its public key: `"publicKey":"ssh-ed25519 ..."`',
      ];
    case 'credentials':
      return [
        `They never pass through here: \`usersync onboarding deliver ${customer} ${item.id} --file source.yaml --by ${by}\``,
        `When they are stored already, ${send('deliver', value)}`,
      ];
    case 'time':
      return [`With the time of day in ${plan.timeZone}, ${send('deliver', { ...value, time: '05:30' })}`];
    case 'seen':
      return [
        `The system sees it by itself. To make it look now, ${send('retry', { item: item.id, by: state.manager })}`,
      ];
    case 'work':
      return howToFinish(state, item, staff);
    case 'approved':
      return [];
  }
}

function howToFinish(state: OnboardingState, { id }: Deliverable, by: string): readonly string[] {
  if (id === 'test') return howToTest(state, by);
  if (!isRule(id)) return [`When it is done, ${send('check', { item: id, by })}`];
  const isTried = itemOf(state, id).finding !== null;
  return [
    isTried
      ? `When it is good all the same, ${send('check', { item: id, by, note: 'why it is good' })}`
      : 'The system shows it by a dry run of the approved mapping',
    ...(state.mapping.approvedVersion === null
      ? []
      : [`To make the dry run again, ${send('retry', { item: id, by })}`]),
    `To do without it up to the release, ${send('leaveOut', { item: id, by, reason: 'agreed for after the release' })}`,
  ];
}

function howToTest(state: OnboardingState, by: string): readonly string[] {
  const { testing, customer } = state;
  if (testing !== undefined)
    return [`Test ${testing.number} is under way: see the workflow \`test/${customer}/${testing.number}\``];
  return [
    ...(objectionToTest(state, { by }) === null ? [`To begin it, ${send('test', { by })}`] : []),
    `When it was done in another way, ${send('check', { item: 'test', by, note: 'how it was done' })}`,
  ];
}
