import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ssh2 from 'ssh2';
import { stringify } from 'yaml';
import { dateAt } from '../../../onboarding/calendar/zones.js';
import type { Stack } from '../../../stack/stack.js';
import { exampleOf, overviewOf } from './roster.js';

export const SLUG = 'zonnehof';
const TIME_ZONE = 'Europe/Amsterdam';

/** Who acts in the journey. */
export const WHO = { hr: 'c-hr', it: 'c-it', manager: 'staff-1', engineer: 'staff-2' } as const;

/** Made up. Messages, workflows and reports know the ids alone. */
const CONTACTS = [
  contact(WHO.hr, 'customer', 'HR manager', true, ['example-record', 'structure-overview', 'known-exceptions']),
  contact(WHO.it, 'customer', 'system administrator', false, ['upload-addresses']),
  contact(WHO.manager, 'speakap', 'project manager', true, []),
  contact(WHO.engineer, 'speakap', 'implementation engineer', true, ['concept-mapping', 'final-mapping']),
];

/** What the people of the journey have on their desks. */
export interface Desk {
  readonly folder: string;
  /** Customer, contacts and plan, as `onboarding start` reads them. */
  readonly customerFile: string;
  readonly example: string;
  readonly overview: string;
  readonly mapping: string;
  /** Of the key with which the customer uploads. */
  readonly publicKey: string;
  readonly privateKey: string;
  /** The network's page in the sandbox. */
  readonly networkPage: string;
}

/** Makes the customer's empty network, and the files that both sides bring along. */
export async function prepareDesk(dataFolder: string, { sandbox }: Stack): Promise<Desk> {
  const folder = join(dataFolder, 'journey');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const put = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
  const network = sandbox.control.createNetwork({
    name: 'Zonnehof',
    subdomain: SLUG,
    app: { eid: randomBytes(8).toString('hex'), secret: randomBytes(12).toString('base64url') },
    scimToken: randomBytes(12).toString('base64url'),
    administrator: { givenName: 'First', familyName: 'Administrator', email: `first@${SLUG}.example` },
  });
  await put('app-secret', network.app.secret);
  await put('scim-token', network.scimToken);
  const key = ssh2.utils.generateKeyPairSync('ed25519');
  const customer = {
    ...{ slug: SLUG, name: 'Zonnehof', timeZone: TIME_ZONE, manager: WHO.manager, dailyAt: '05:30' },
    network: {
      ...{ eid: network.eid, apiBase: sandbox.url },
      credentials: { appEid: network.app.eid, appSecret: { file: 'app-secret' }, scimToken: { file: 'scim-token' } },
    },
    contacts: CONTACTS,
    onboarding: { start: dateAt(new Date().toISOString(), TIME_ZONE), source: 'sftp' },
  };
  return {
    folder,
    customerFile: await put('customer.yaml', stringify(customer)),
    example: await put('example.csv', exampleOf()),
    overview: await put('overview.csv', overviewOf()),
    mapping: fileURLToPath(new URL('../../../../examples/zonnehof/mapping.yaml', import.meta.url)),
    publicKey: await put('upload.pub', `${key.public}\n`),
    privateKey: key.private,
    networkPage: `${sandbox.url}/networks/${network.eid}`,
  };
}

function contact(id: string, side: 'customer' | 'speakap', role: string, approves: boolean, owns: readonly string[]) {
  return { id, side, role, name: `Made Up ${role}`, email: `${id}@${side}.example`, approves, owns: [...owns] };
}
