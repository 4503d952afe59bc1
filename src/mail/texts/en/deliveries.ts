import type { ReceivedFacts, SftpAccessFacts } from '../facts.js';
import type { MailText, Piece } from '../letter.js';
import { timeWords } from './dates.js';
import { howToAnswer, inEnglish } from './frame.js';

export function sftpAccess(facts: SftpAccessFacts): MailText {
  const { host, port, fingerprint, userName, allowedFrom, customerName } = facts;
  return inEnglish(facts, `Your SFTP account for the employee record (${customerName})`, [
    'Your account is ready. This is what your program needs to upload the employee record:',
    {
      table: [
        ['Server', host],
        ['Port', String(port)],
        ['User name', userName],
        ['Fingerprint of the server', fingerprint],
        ['Uploads are taken from', allowedFrom.length === 0 ? 'every address' : allowedFrom.join(', ')],
      ],
    },
    loginWords(facts),
    'Compare the fingerprint when your program shows it at the first connection, and stop when it is another one.',
    {
      table: [
        ['What we ask', 'Upload a first file. We see it by ourselves.'],
        ['Why', 'The User Sync reads the employee record from there.'],
        ['How to answer', howToAnswer(facts)],
      ],
    },
  ]);
}

export function received(facts: ReceivedFacts): MailText {
  const { title, receivedAt, timeZone, isGood, customerName } = facts;
  const subject = isGood ? `Received and good: ${title}` : `Received, and not usable yet: ${title}`;
  return inEnglish(facts, `${subject} (${customerName})`, [
    `We received and checked what you handed over on ${timeWords(receivedAt, timeZone)}: ${title}.`,
    ...(isGood ? goodWords(facts) : wrongWords(facts)),
  ]);
}

function loginWords({ login, timeZone }: SftpAccessFacts): string {
  if (login.by === 'key')
    return 'You log in with the private key of the public key that you gave us. There is no password.';
  return `Your password is behind this link, which shows it once and works until ${timeWords(login.validUntil, timeZone)}: ${login.link}`;
}

function goodWords({ findings }: ReceivedFacts): readonly Piece[] {
  const rest = 'It is good. You need not do anything.';
  return findings.length === 0 ? [rest] : [rest, 'What we noticed:', { list: findings }];
}

function wrongWords(facts: ReceivedFacts): readonly Piece[] {
  const { findings, due, timeZone, title } = facts;
  return [
    'We cannot use it yet. This is what is wrong:',
    { list: findings },
    {
      table: [
        ['What we ask', `Mend this, and hand over again: ${title}.`],
        ['Why', 'What depends on it cannot begin.'],
        ['Until', due === null ? 'as soon as you can' : timeWords(due, timeZone)],
        ['How to answer', howToAnswer(facts)],
      ],
    },
  ];
}
