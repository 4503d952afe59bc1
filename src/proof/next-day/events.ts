/** What can happen to a person from one delivery to the next. */
export type EventKind =
  | 'joiner'
  | 'start date'
  | 'leaver'
  | 'return'
  | 'location'
  | 'department'
  | 'topic group'
  | 'promotion'
  | 'demotion'
  | 'rename'
  | 'e-mail'
  | 'profile'
  | 'double'
  | 'bad row'
  | 'exception';

/** Something that was made to happen. */
export interface MadeEvent {
  readonly kind: EventKind;
  /** A pseudonym, or an id that nobody had before. */
  readonly xid: string;
  /** The rule that it is to show: `roles[1]`. */
  readonly rule: string;
  /** The columns that were changed; all for a new row. */
  readonly columns: readonly string[];
  /** What should come of it, in words without a value. */
  readonly text: string;
}

/** What the mapping knows and this record cannot show. */
export interface NotShown {
  readonly kind: EventKind;
  readonly rule: string;
  readonly why: string;
}
