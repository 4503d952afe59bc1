/** Data that cannot be disguised without changing what the mapping makes of it. Names the rule and the column, never a value. */
export class CannotDisguise extends Error {
  constructor(
    /** Where the rule stands in the mapping: `groups[2].when`. */
    readonly rule: string,
    readonly column: string,
    reason: string,
  ) {
    super(
      `The column "${column}" cannot be disguised under ${rule}: ${reason} Nothing was written. ` +
        'Change the rule for the test, or leave the people it is about out of the test.',
    );
    this.name = 'CannotDisguise';
  }
}

/** A rule leaves so few ids that a disguise would be none. */
export class TooFewIds extends CannotDisguise {
  constructor(
    rule: string,
    column: string,
    /** How many ids are needed at least in what the rule tells apart. */
    readonly needed: number,
  ) {
    super(rule, column, `it leaves fewer than ${needed} ids that it does not tell apart.`);
    this.name = 'TooFewIds';
  }
}
