import { setTimeout as sleep } from 'node:timers/promises';
import { deliverMail } from '../../../src/mail/deliver.js';
import { createMailer } from '../../../src/mail/transport.js';
import { openDatabase } from '../../../src/store/database.js';
import { aMail, smtpAt } from '../builders.js';
import { anOrder } from '../orders.js';

/** A process to be killed: sends the mail of `anOrder` over the mail server at this port, or is stuck in writing it. */
const [url = '', port = '', mode = ''] = process.argv.slice(2);

const order = anOrder({
  compose: async () => {
    console.log('composing');
    if (mode === 'stuck') await sleep(600_000);
    return aMail();
  },
});
const database = openDatabase(url);
await deliverMail({ database, mailer: createMailer(smtpAt(Number(port))) }, order);
await database.close();
