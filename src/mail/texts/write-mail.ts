import type { MailAddress } from '../address.js';
import type { MailContent } from '../message.js';
import { changeClock, changeClosed, changeDate, changeFiled, changeProposal, changeWaits } from './en/changes.js';
import { finished, cancelled, goLiveMoved } from './en/course.js';
import { received, sftpAccess } from './en/deliveries.js';
import { letters } from './en/letters.js';
import { approvalCode, conceptMapping } from './en/mapping.js';
import { answer, question } from './en/questions.js';
import { escalation, reminderAfter, reminderBefore, reminderDue } from './en/reminders.js';
import { watchedRun } from './en/releases.js';
import { runTrouble } from './en/runs.js';
import { testLeftOver } from './en/tests.js';
import type { FactsByKind, MailKind } from './facts.js';
import type { MailText } from './letter.js';

/** All mails in one language. Another language is another object of this shape, in a folder beside `en`. */
type MailTexts = { readonly [Kind in MailKind]: (facts: FactsByKind[Kind]) => MailText };

const ENGLISH: MailTexts = {
  'reminder-before': reminderBefore,
  'reminder-due': reminderDue,
  'reminder-after': reminderAfter,
  escalation,
  question,
  answer,
  'concept-mapping': conceptMapping,
  'approval-code': approvalCode,
  'sftp-access': sftpAccess,
  letters,
  received,
  'go-live-moved': goLiveMoved,
  finished,
  cancelled,
  'run-trouble': runTrouble,
  'test-left-over': testLeftOver,
  'change-filed': changeFiled,
  'change-date': changeDate,
  'change-proposal': changeProposal,
  'change-clock': changeClock,
  'change-waits': changeWaits,
  'change-closed': changeClosed,
  'watched-run': watchedRun,
};

/** The mail of this kind to the recipient of the facts, at this address. Answers go to the project manager. */
export function writeMail<Kind extends MailKind>(
  kind: Kind,
  facts: FactsByKind[Kind],
  address: string,
): MailContent & MailText {
  const { recipient, manager } = facts;
  const to: MailAddress = { name: recipient.name, address };
  const replyTo = manager.address === address ? {} : { replyTo: manager };
  return { to, ...replyTo, ...ENGLISH[kind](facts) };
}
