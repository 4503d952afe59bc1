import { SourceRejected } from '../sync/records/errors.js';

/** A delivery that cannot be opened. What its bytes are made of is told, never what stands in them. */
export abstract class CannotOpen extends SourceRejected {}

/** Excel before 2007, or a program that still writes so. */
export class OldWorkbook extends CannotOpen {
  constructor() {
    super('The file is an old Excel workbook (.xls), which is not read. Deliver it as .xlsx or as CSV.');
  }
}

/** A workbook that Excel opens only with a password. */
export class LockedWorkbook extends CannotOpen {
  constructor() {
    super(
      'The file is protected with a password, so it cannot be read. Deliver it without; where it has to be encrypted, with PGP.',
    );
  }
}

/** A zip file without the parts of an Excel workbook. */
export class NotAWorkbook extends CannotOpen {
  constructor(readonly kind: string) {
    super(`The file is ${kind} and no Excel workbook (.xlsx). Deliver the employee record as .xlsx or as CSV.`);
  }
}

/** Not a single sheet that a person sees, or a first one without a filled cell: never a reason to remove everybody. */
export class EmptyWorkbook extends CannotOpen {
  constructor(what: 'no sheet' | 'an empty first sheet') {
    super(
      `The Excel workbook has ${what}. Deliver it with the employee record on the first sheet that is not hidden, and the ` +
        'names of the columns in its first row.',
    );
  }
}

/** Cells that look filled to a person and hold nothing: whoever's row they are in would lose what they show. */
export class MergedCells extends CannotOpen {
  constructor(
    /** `B3:B7` */
    readonly range: string,
  ) {
    super(
      `The first sheet of the Excel workbook has merged cells below its header (${range}), so it cannot be told whose value ` +
        'they hold. Unmerge them, fill every cell, and deliver it again.',
    );
  }
}

/** A formula that was never computed: a program wrote it that does not compute. Taken for empty, it would empty somebody's value. */
export class FormulaWithoutValue extends CannotOpen {
  constructor(
    /** `row 17, column 3` */
    readonly cell: string,
  ) {
    super(
      `The first sheet of the Excel workbook has a formula whose value was never computed (${cell}). Open it in Excel, save it ` +
        'again, and deliver that; or deliver values without formulas.',
    );
  }
}

/** Cut off, changed on its way, or written by a program that does not keep to the format. */
export class DamagedWorkbook extends CannotOpen {
  constructor(
    /** Names parts of the file and rules of the format. */
    readonly detail: string,
  ) {
    super(
      `The Excel workbook is damaged: ${detail}. Open it in Excel, save it again, and deliver that; or deliver it as CSV.`,
    );
  }
}

/** More than an employee record can be: a workbook of pictures and calculations, or a file made to fill a disk. */
export class WorkbookTooLarge extends CannotOpen {
  constructor(readonly detail: string) {
    super(
      `The Excel workbook is too large: ${detail}. Deliver a workbook with the employee record alone, or deliver it as CSV.`,
    );
  }
}

/** A message came for a customer for whom no key was made. */
export class PgpKeyMissing extends CannotOpen {
  constructor() {
    super(
      'The file is a PGP message, and no key of ours is at hand for it. Make one with "usersync pgp make" and give its public part to the ' +
        'customer, or have the file delivered without PGP.',
    );
  }
}

/** Encrypted for somebody else, or for a key of ours that was removed. */
export class PgpForOtherKey extends CannotOpen {
  constructor(
    /** Ids of keys, 16 hexadecimal digits. */
    readonly recipients: readonly string[],
    readonly ours: readonly string[],
  ) {
    super(
      `The PGP message is encrypted for ${recipients.join(', ') || 'a password'}, and our keys are ${ours.join(', ')}. Have it encrypted ` +
        'for our key, as "usersync pgp show" gives it out.',
    );
  }
}

/** Signed or compressed alone: anybody can read it, so it is not what was agreed on. */
export class PgpNotEncrypted extends CannotOpen {
  constructor(what: string) {
    super(
      `The file is ${what} and not an encrypted PGP message. Have it encrypted for our key, or deliver the file itself.`,
    );
  }
}

/** Without a code that shows a change, whoever carries a message can change what it says. */
export class PgpWithoutIntegrity extends CannotOpen {
  constructor() {
    super(
      'The PGP message has no integrity protection (neither MDC nor AEAD), so a change on its way would not be seen. Have it ' +
        'encrypted by a current version of the program, or without options like --disable-mdc and --rfc2440.',
    );
  }
}

/** The check at its end fails: cut off, or changed. */
export class PgpDamaged extends CannotOpen {
  constructor() {
    super('The PGP message is cut off or was changed on its way. Have it made and delivered again.');
  }
}

/** By its signature the message is not from whom it has to be. */
export class PgpSignatureRefused extends CannotOpen {
  constructor(what: 'it has none' | 'it is by another key' | 'it does not fit the content') {
    super(
      `The signature of the PGP message is not the customer's: ${what}. Ask the customer who made the file; when its key is a new one, ` +
        'enter that with "usersync pgp sender".',
    );
  }
}
