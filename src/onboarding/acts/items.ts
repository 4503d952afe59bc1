import { deliverablesFor, isRule, type Deliverable } from '../deliverables.js';
import { deedOf, note, type Occasion } from '../events.js';
import type { Check, Deliver, LeaveOut, Move, Reopen, Retry } from '../messages.js';
import { forgetProblem, isSettled, itemOf, type ItemState, type OnboardingState } from '../state.js';
import { objectionToDate } from './dates.js';
import { objectionToSide } from './people.js';

export function objectionToDeliver(state: OnboardingState, message: Deliver): string | null {
  const item = find(state, message.item);
  if (item === null) return unknownItem(state, message.item);
  if (isSettled(itemOf(state, item.id)))
    return `${quoted(item)} is settled already. To hand it over again, reopen it first.`;
  return objectionToHanding(item, message) ?? objectionToSide(state, message, item.side, quoted(item));
}

/** Each way of handing over needs its own fields, and takes no others. */
function objectionToHanding(item: Deliverable, message: Deliver): string | null {
  const { note: said, file, fileId, addresses, publicKey, time } = message;
  switch (item.handing) {
    case 'words':
      return said === undefined
        ? `${quoted(item)} is handed over in words: add "note".`
        : only(item, { file, fileId, addresses, publicKey, time });
    case 'file':
      return (file === undefined) === (fileId === undefined)
        ? `${quoted(item)} is a file: give its name in the customer's folder of the drop as "file", or hand it over with "usersync onboarding deliver".`
        : only(item, { addresses, publicKey, time });
    case 'addresses':
      return addresses === undefined
        ? `${quoted(item)} are handed over as "addresses": ["203.0.113.7"], with "publicKey" where the customer logs in with one.`
        : only(item, { file, fileId, time });
    case 'credentials':
      return only(item, { file, fileId, addresses, publicKey, time });
    case 'time':
      return time === undefined
        ? `${quoted(item)} is handed over as "time": "05:30".`
        : only(item, { file, fileId, addresses, publicKey });
    case 'seen':
      return `${quoted(item)} is not handed over: the system sees it by itself.`;
    case 'approved':
      return `${quoted(item)} is not handed over: it is there when both sides have approved it.`;
    case 'work':
      return `${quoted(item)} is not handed over: it is checked off, with "check".`;
  }
}

function only(item: Deliverable, others: Readonly<Record<string, unknown>>): string | null {
  const surplus = Object.keys(others).find((key) => others[key] !== undefined);
  return surplus === undefined ? null : `${quoted(item)} takes no "${surplus}".`;
}

/** `finding`: what was found when it was looked at; `settled`: whether nobody needs to look at it again. */
export function takeDelivery(
  state: OnboardingState,
  message: Pick<Deliver, 'item' | 'by' | 'recordedBy' | 'note'>,
  occasion: Occasion,
  found: { readonly finding: string; readonly usable: boolean; readonly settled: boolean },
): string {
  const item = itemOf(state, message.item);
  const deed = deedOf(message, occasion);
  item.finding = found.finding;
  if (!found.usable && item.state === 'delivered') {
    item.state = 'open';
    item.delivered = null;
  }
  if (found.usable) {
    item.state = found.settled ? 'checked' : 'delivered';
    item.delivered = deed;
    item.checked = found.settled ? deedOf({ by: 'system' }, occasion) : null;
  }
  forgetProblem(state, message.item);
  if (found.usable && message.item === 'structure-overview') planGroupsAnew(state);
  note(state, message, occasion, {
    what: found.usable ? (found.settled ? 'delivered and checked' : 'delivered') : 'delivered, not usable',
    about: message.item,
    text:
      message.note === undefined || message.note === found.finding
        ? found.finding
        : `${found.finding} (${message.note})`,
  });
  return found.finding;
}

/** A file that was handed over from the drop may have been taken for the first upload of the record: that is looked for again. */
export function lookForRecordAgain(state: OnboardingState): void {
  const upload = state.items.find(({ id }) => id === 'first-upload');
  if (upload?.checked?.by === 'system') open(upload);
}

/** Groups are planned from the overview: a new one is a new plan, which needs new approvals. */
function planGroupsAnew(state: OnboardingState): void {
  forgetProblem(state, 'groups');
  if (state.groups.status === 'none') return;
  state.groups.status = 'none';
  const item = itemOf(state, 'groups');
  item.state = 'open';
  item.checked = null;
}

export function objectionToCheck(state: OnboardingState, message: Check): string | null {
  const item = find(state, message.item);
  if (item === null) return unknownItem(state, message.item);
  const { state: now, finding } = itemOf(state, item.id);
  if (now === 'checked') return `${quoted(item)} is checked off already.`;
  if (item.handing === 'approved')
    return `${quoted(item)} is not checked off by hand: it is when both sides have approved it.`;
  const waits = state.questions.find(({ about, answer }) => about === item.id && answer === null);
  if (waits !== undefined) return `${quoted(item)} waits for the answer to question ${waits.id}.`;
  const missing = item.needs.filter((need) => !isSettled(itemOf(state, need)));
  if (item.handing === 'work' && missing.length > 0) {
    return `${quoted(item)} cannot be checked off yet: it needs ${missing.map((id) => `"${id}"`).join(', ')} first.`;
  }
  if (
    (item.handing !== 'work' || isRule(item.id)) &&
    now === 'open' &&
    (finding === null || message.note === undefined)
  ) {
    if (finding === null) return notYet(item);
    return isRule(item.id)
      ? `${quoted(item)} is not shown by the dry run. Say in "note" why it is good all the same, leave it out by name, or "retry".`
      : `${quoted(item)} was found not usable. Have it handed over again, or say in "note" why it is good all the same.`;
  }
  return objectionToSide(state, message, 'speakap', `Checking off ${quoted(item)}`);
}

function notYet(item: Deliverable): string {
  return isRule(item.id)
    ? `${quoted(item)} was not shown by a dry run yet. "retry" makes one; "leaveOut" lists it by name.`
    : `${quoted(item)} was not handed over yet.`;
}

export function takeCheck(state: OnboardingState, message: Check, occasion: Occasion): string {
  const item = itemOf(state, message.item);
  item.state = 'checked';
  item.checked = deedOf(message, occasion);
  forgetProblem(state, message.item);
  note(state, message, occasion, { what: 'checked', about: message.item, text: message.note ?? null });
  return `Checked off: ${titleOf(state, message.item)}.`;
}

export function objectionToReopen(state: OnboardingState, message: Reopen): string | null {
  const item = find(state, message.item);
  if (item === null) return unknownItem(state, message.item);
  if (item.handing === 'approved' && item.id !== 'final-mapping')
    return `${quoted(item)} was approved by both sides; a new version of it needs a new approval.`;
  if (itemOf(state, item.id).state === 'open') return `${quoted(item)} is open.`;
  return objectionToSide(state, message, 'speakap', `Reopening ${quoted(item)}`);
}

export function takeReopen(state: OnboardingState, message: Reopen, occasion: Occasion): string {
  for (const id of message.item === 'final-mapping' ? ['final-mapping', 'mapping-feedback'] : [message.item])
    open(itemOf(state, id));
  if (message.item === 'final-mapping')
    Object.assign(state.mapping, { status: 'changes requested', approvedVersion: null });
  if (message.item === 'final-mapping' || isRule(message.item)) state.rehearsal = null;
  withdrawRelease(state);
  state.leftOut = state.leftOut.filter((entry) => entry.item !== message.item);
  note(state, message, occasion, { what: 'reopened', about: message.item, text: message.reason });
  return `Reopened: ${titleOf(state, message.item)}. What depends on it waits again.`;
}

function open(item: ItemState): void {
  item.state = 'open';
  item.delivered = null;
  item.checked = null;
  item.finding = null;
}

/** What was proposed for the release says what it holds: after a change it is proposed anew. */
function withdrawRelease(state: OnboardingState): void {
  if (state.release.status === 'open' || state.release.status === 'approved') state.release.status = 'none';
}

export function objectionToLeaveOut(state: OnboardingState, message: LeaveOut): string | null {
  const item = find(state, message.item);
  if (item === null) return unknownItem(state, message.item);
  if (!isRule(item.id)) return `${quoted(item)} cannot be left out: only business rules can.`;
  if (isSettled(itemOf(state, item.id))) return `${quoted(item)} is settled already.`;
  return objectionToSide(state, message, 'speakap', `Leaving out ${quoted(item)}`);
}

export function takeLeaveOut(state: OnboardingState, message: LeaveOut, occasion: Occasion): string {
  const { item: id, by, reason } = message;
  itemOf(state, id).state = 'left out';
  state.leftOut.push({ item: id, by, reason, at: occasion.at });
  withdrawRelease(state);
  forgetProblem(state, id);
  note(state, message, occasion, { what: 'left out', about: id, text: reason });
  return `Left out: ${titleOf(state, id)}. It is listed by name up to the release.`;
}

export function objectionToMove(state: OnboardingState, message: Move, today: string): string | null {
  const item = find(state, message.item);
  if (item === null) return unknownItem(state, message.item);
  if (isSettled(itemOf(state, item.id))) return `${quoted(item)} is settled already, so its date cannot be moved.`;
  return (
    objectionToDate(message.to, today, state.plan.start) ??
    objectionToSide(state, message, 'speakap', `Moving ${quoted(item)}`)
  );
}

export function takeMove(state: OnboardingState, message: Move, occasion: Occasion): string {
  itemOf(state, message.item).movedTo = message.to;
  note(state, message, occasion, { what: `moved to ${message.to}`, about: message.item, text: message.reason });
  return `${titleOf(state, message.item)} is due on ${message.to}, or the next working day. What depends on it moves with it.`;
}

export function objectionToRetry(state: OnboardingState, message: Retry): string | null {
  const item = find(state, message.item);
  if (item === null) return unknownItem(state, message.item);
  if (isRule(item.id) && state.mapping.approvedVersion === null) {
    return 'The rules are shown by a dry run of the approved mapping, and none is approved yet.';
  }
  if (isSettled(itemOf(state, item.id))) return `${quoted(item)} is settled already.`;
  return objectionToSide(state, message, 'speakap', `Trying ${quoted(item)} again`);
}

/** Forgets what stood in the way, so that the system tries again. */
export function takeRetry(state: OnboardingState, message: Retry, occasion: Occasion): string {
  forgetProblem(state, message.item);
  if (isRule(message.item)) state.rehearsal = null;
  note(state, message, occasion, { what: 'tried again', about: message.item });
  return `Tried again: ${titleOf(state, message.item)}. What comes of it stands in the details.`;
}

export function titleOf(state: OnboardingState, id: string): string {
  return find(state, id)?.title ?? id;
}

export function unknownItem(state: OnboardingState, id: string): string {
  const known = deliverablesFor(state.source).map((item) => item.id);
  return `There is no deliverable "${id.slice(0, 40)}". There are: ${known.join(', ')}.`;
}

function find(state: OnboardingState, id: string): Deliverable | null {
  return deliverablesFor(state.source).find((item) => item.id === id) ?? null;
}

function quoted({ title }: Deliverable): string {
  return `"${title}"`;
}
