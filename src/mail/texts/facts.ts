/** What every mail may say. */
export interface MailFacts {
  readonly customerName: string;
  /** The customer's: `Europe/Amsterdam`. Every date is written on its clocks. */
  readonly timeZone: string;
  readonly recipient: Person;
  readonly manager: { readonly name: string; readonly address: string };
}

export interface Person {
  readonly name: string;
  /** `HR manager` */
  readonly role: string;
}

/** Something that somebody hands over. */
export interface MailItem {
  /** `example record` */
  readonly title: string;
  /** What is asked, as a sentence: `Hand over one or two rows of your employee record.` */
  readonly what: string;
  /** Why, as a sentence. */
  readonly why: string;
}

export interface ReminderFacts extends MailFacts {
  readonly item: MailItem;
  readonly due: Date;
  /** As planned now; null before there is a plan. */
  readonly goLive: Date | null;
}

/** To the project manager. */
export interface EscalationFacts extends MailFacts {
  readonly owner: Person;
  readonly title: string;
  readonly due: Date;
  /** Reminders that the owner got. */
  readonly reminders: number;
  /** What it does to the go-live date; null before there is one. */
  readonly goLive: { readonly before: Date; readonly now: Date } | null;
}

export interface QuestionFacts extends MailFacts {
  readonly question: string;
  readonly askedBy: Person;
  readonly due: Date;
}

export interface AnswerFacts extends MailFacts {
  readonly question: string;
  readonly answer: string;
  readonly answeredBy: Person;
}

export interface ConceptFacts extends MailFacts {
  /** Counts from 1. */
  readonly version: number;
  /** Name of the attached document. */
  readonly documentName: string;
  /** What is different from the version before, a sentence each; empty for the first. */
  readonly differences: readonly string[];
  readonly due: Date;
}

export interface ApprovalCodeFacts extends MailFacts {
  /** `concept mapping, version 3` */
  readonly subject: string;
  readonly code: string;
  readonly validUntil: Date;
}

export interface SftpAccessFacts extends MailFacts {
  readonly host: string;
  readonly port: number;
  /** `SHA256:...` of the server's host key. */
  readonly fingerprint: string;
  readonly userName: string;
  readonly login: { readonly by: 'key' } | { readonly by: 'link'; readonly link: string; readonly validUntil: Date };
  /** Addresses that uploads are taken from; empty where all are. */
  readonly allowedFrom: readonly string[];
}

export interface LettersFacts extends MailFacts {
  /** How many. */
  readonly letters: number;
  readonly link: string;
  readonly validUntil: Date;
}

export interface ReceivedFacts extends MailFacts {
  readonly title: string;
  readonly receivedAt: Date;
  readonly isGood: boolean;
  /** What the check found, a sentence each, without a value of a record. */
  readonly findings: readonly string[];
  /** Until when a better one is needed; null for what is good. */
  readonly due: Date | null;
}

export interface GoLiveMovedFacts extends MailFacts {
  readonly before: Date;
  readonly now: Date;
  /** A sentence each. */
  readonly reasons: readonly string[];
}

export interface FinishedFacts extends MailFacts {
  /** `every day at 05:30` */
  readonly frequency: string;
  /** The course of the implementation, a sentence each. */
  readonly summary: readonly string[];
}

export interface CancelledFacts extends MailFacts {
  readonly reason: string;
  /** What was removed, and what stays: `the SFTP account korenaar`. */
  readonly removed: readonly string[];
  readonly kept: readonly string[];
}

/** To the project manager. */
export interface RunTroubleFacts extends MailFacts {
  /** The customer's slug, as commands take it. */
  readonly customer: string;
  readonly run: number;
  /** The sentence of what went wrong, without a value of a record. */
  readonly problem: string;
  /** Whether the schedule was paused for it. */
  readonly isPaused: boolean;
}

/** To the project manager. */
export interface TestLeftOverFacts extends MailFacts {
  /** The customer's slug, as commands take it. */
  readonly customer: string;
  readonly test: number;
  /** What could not be removed: tables, files, the copy; nothing about a person. */
  readonly leftOver: string;
}

/** About a change request, by its number. */
interface ChangeFacts extends MailFacts {
  readonly number: number;
}

export interface ChangeFiledFacts extends ChangeFacts {
  readonly size: 'small' | 'structural';
  /** A sentence. */
  readonly reason: string;
  /** `48 hours` */
  readonly promised: string;
  readonly due: Date;
}

export interface ChangeDateFacts extends ChangeFacts {
  readonly date: Date;
  /** Else it is only proposed. */
  readonly isAgreed: boolean;
}

export interface ChangeProposalFacts extends ChangeFacts {
  readonly version: number;
  /** Number of its dry run. */
  readonly run: number;
  /** What is different in the mapping, a line each. */
  readonly differences: readonly string[];
  /** What that means in people, a sentence each. */
  readonly effects: readonly string[];
  /** What becomes of the people of groups that are closed. */
  readonly closed: readonly string[];
}

/** To the project manager. */
export interface ChangeClockFacts extends ChangeFacts {
  readonly isBroken: boolean;
  readonly promised: string;
  readonly due: Date;
  /** `approval` */
  readonly step: string;
}

export interface ChangeWaitsFacts extends ChangeFacts {
  /** `the approval of version 4` */
  readonly waits: string;
  readonly since: Date;
  /** To the project manager, and not to the customer. */
  readonly isEscalation: boolean;
}

export interface ChangeClosedFacts extends ChangeFacts {
  readonly status: 'done' | 'rejected' | 'withdrawn';
  readonly words: string;
  /** Whether the promise was kept; null where nothing was to be done. */
  readonly kept: boolean | null;
}

/** To the project manager. */
export interface WatchedRunFacts extends MailFacts {
  /** The customer's slug, as commands take it. */
  readonly customer: string;
  readonly run: number;
  /** How it ended, in counts. */
  readonly words: string;
}

/** The facts of each kind of mail. */
export interface FactsByKind {
  readonly 'reminder-before': ReminderFacts;
  readonly 'reminder-due': ReminderFacts;
  readonly 'reminder-after': ReminderFacts;
  readonly escalation: EscalationFacts;
  readonly question: QuestionFacts;
  readonly answer: AnswerFacts;
  readonly 'concept-mapping': ConceptFacts;
  readonly 'approval-code': ApprovalCodeFacts;
  readonly 'sftp-access': SftpAccessFacts;
  readonly letters: LettersFacts;
  readonly received: ReceivedFacts;
  readonly 'go-live-moved': GoLiveMovedFacts;
  readonly finished: FinishedFacts;
  readonly cancelled: CancelledFacts;
  readonly 'run-trouble': RunTroubleFacts;
  readonly 'test-left-over': TestLeftOverFacts;
  readonly 'change-filed': ChangeFiledFacts;
  readonly 'change-date': ChangeDateFacts;
  readonly 'change-proposal': ChangeProposalFacts;
  readonly 'change-clock': ChangeClockFacts;
  readonly 'change-waits': ChangeWaitsFacts;
  readonly 'change-closed': ChangeClosedFacts;
  readonly 'watched-run': WatchedRunFacts;
}

export type MailKind = keyof FactsByKind;
