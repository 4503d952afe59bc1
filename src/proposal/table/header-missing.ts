import { SourceRejected } from '../../sync/records/errors.js';

/** The first row is about an employee: there is no header, and what stands there must not be taken for names of columns. */
export class HeaderMissing extends SourceRejected {
  constructor() {
    super(
      'The first row of the file looks like an employee, not like a header. Deliver it with the names of the columns in the first row.',
    );
  }
}
