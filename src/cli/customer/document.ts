import { z } from 'zod';
import { SftpSettings } from '../../connections/sources.js';
import { checkAllowList } from '../../drop/allow-list.js';
import { problemsOfSettings } from '../../report/letters/wording.js';
import { toCustomerId, toEid } from '../../sync/ids.js';
import { BadTimeOfDay, parseTimeOfDay } from '../../temporal/schedule.js';
import { checkedBy, strict, text, wholeNumber } from '../yaml/shapes.js';
import { afasSource } from './afas-document.js';
import { secretReference } from './secret-reference.js';
import { timeZone } from './time-zone.js';

const webAddress = text.refine(isWebAddress, 'A web address is needed here, beginning with https:// or http://.');
const fingerprint = text.regex(
  /^SHA256:[A-Za-z0-9+/]{43}=?$/,
  'The fingerprint of a host key is needed here, SHA256:... as ssh-keygen -l prints it.',
);
const port = wholeNumber(1, 65_535);

const network = strict({
  eid: checkedBy(toEid, RangeError),
  apiBase: webAddress,
  scimBase: webAddress.optional(),
  requestsPerSecond: wholeNumber(1, 10_000).optional(),
  credentials: strict({ appEid: text, appSecret: secretReference, scimToken: secretReference }),
});

const completeness = z.discriminatedUnion(
  'kind',
  [
    strict({ kind: z.literal('stable'), forMs: wholeNumber(0, 3_600_000).optional() }),
    strict({ kind: z.literal('marker'), suffix: text }),
    strict({ kind: z.literal('atomic') }),
  ],
  {
    error:
      'One of these is needed here: { kind: stable, forMs: 30000 }, { kind: marker, suffix: .done }, { kind: atomic }.',
  },
);

const credentials = strict({
  password: secretReference.optional(),
  privateKey: secretReference.optional(),
  passphrase: secretReference.optional(),
}).superRefine(({ password, privateKey, passphrase }, context) => {
  if ((password === undefined) === (privateKey === undefined)) {
    context.addIssue({ code: 'custom', message: 'Give either `password` or `privateKey`.' });
  }
  if (passphrase !== undefined && privateKey === undefined) {
    context.addIssue({ code: 'custom', path: ['passphrase'], message: 'A passphrase belongs to a `privateKey`.' });
  }
});

const sftpSource = strict({
  kind: z.literal('sftp'),
  host: text,
  port: port.optional(),
  userName: text,
  hostKeyFingerprints: z
    .array(fingerprint, 'A list of fingerprints is needed here: [SHA256:...].')
    .min(1, 'At least one fingerprint is needed here.'),
  folder: text.optional(),
  pattern: text.optional(),
  completeness: completeness.optional(),
  archiveFolder: text.nullable().optional(),
  credentials,
});

/** Our own drop. Its address is taken from the running stack; where the drop runs elsewhere, it is given. */
const dropSource = strict({
  kind: z.literal('drop'),
  pattern: text.optional(),
  host: text.optional(),
  port: port.optional(),
  hostKeyFingerprint: fingerprint.optional(),
  fetchFrom: z
    .array(
      checkedBy((range) => checkAllowList([range]), RangeError),
      'A list of addresses is needed here.',
    )
    .min(1)
    .optional(),
});

/** The letters with temporary passwords, in the customer's words. */
const letter = strict({
  language: text.optional(),
  address: webAddress.optional(),
  wording: z.record(z.string(), strict({ title: text, text })).optional(),
}).superRefine(({ language, address, wording }, context) => {
  const settings = {
    ...(language === undefined ? {} : { language }),
    ...(address === undefined ? {} : { address }),
    ...(wording === undefined ? {} : { wording }),
  };
  for (const problem of problemsOfSettings(settings))
    context.addIssue({ code: 'custom', path: [...problem.path], message: problem.text });
});

/** What is told of every customer. */
export const customerShape = {
  slug: checkedBy(toCustomerId, RangeError),
  name: text,
  timeZone,
  manager: text,
  dailyAt: checkedBy(parseTimeOfDay, BadTimeOfDay),
  network,
  letter: letter.optional(),
};

export const customerSource = z.discriminatedUnion('kind', [sftpSource, dropSource, afasSource], {
  error: 'A `kind` is needed here: drop, sftp or afas.',
});

export const CustomerDocument = strict({ ...customerShape, source: customerSource });

export type CustomerDocument = z.infer<typeof CustomerDocument>;
export type SourceDocument = z.infer<typeof customerSource>;
export type SftpSourceDocument = z.infer<typeof sftpSource>;
export type DropSourceDocument = z.infer<typeof dropSource>;

/** What is kept of the SFTP source: its settings without credentials, and with what was left out filled in. */
export function toSftpSettings({ kind: _, credentials: __, ...settings }: SftpSourceDocument): SftpSettings {
  return SftpSettings.parse(settings);
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
