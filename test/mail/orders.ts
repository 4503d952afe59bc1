import type { MailOrder } from '../../src/mail/deliver.js';
import { toCustomerId } from '../../src/sync/ids.js';
import { aMail } from './builders.js';

/** The order of one reminder. */
export function anOrder(changes: Partial<MailOrder> = {}): MailOrder {
  return {
    customer: toCustomerId('korenaar'),
    key: 'korenaar/1/reminder-due/example-record/c-hr/2026-12-02',
    contactId: 'c-hr',
    kind: 'reminder-due',
    compose: async () => aMail(),
    ...changes,
  };
}
