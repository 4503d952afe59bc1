import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { z } from 'zod';
import { hashPassword } from '../../drop/password.js';
import type { Stack } from '../../stack/stack.js';
import { saveContacts, type ContactDetails } from '../../store/contacts.js';
import { saveDropAccount } from '../../store/drop-accounts.js';
import { listMappings } from '../../store/mappings.js';
import { toCustomerId } from '../../sync/ids.js';
import { Context } from '../context.js';
import { addCustomerFile } from '../customer/add.js';
import { importMapping } from '../mapping/import.js';
import { Output } from '../output.js';

/** The sample customer as the rest of the demo needs it. */
export interface Sample {
  readonly slug: string;
  readonly upload: { readonly userName: string; readonly password: string };
  /** The network's page in the sandbox. */
  readonly networkPage: string;
}

const SLUG = 'woodgrove';
const NETWORK_EID = '00000000000d3110';
/** The contact who is sent the letters with temporary passwords. */
export const LETTERS_TO = 'c-hr';
const APP_EID = '00000000000a9900';

const NO_DUTIES = { approves: false, owns: [] };

/** Made up: who is sent the letters, and whom they may ask. */
const CONTACTS: readonly ContactDetails[] = [
  {
    ...NO_DUTIES,
    id: LETTERS_TO,
    side: 'customer',
    role: 'HR manager',
    name: 'Made Up Manager',
    email: 'hr@woodgrove.example',
  },
  {
    ...NO_DUTIES,
    id: 'pm-demo',
    side: 'speakap',
    role: 'project manager',
    name: 'Demo Manager',
    email: 'pm@speakap.example',
  },
];

const Secrets = z.object({ appSecret: z.string(), scimToken: z.string(), uploadPassword: z.string() });

/** The file `name` of the sample, `day-1.csv`. */
export function sampleFile(name: string): string {
  return fileURLToPath(new URL(`../../../examples/woodgrove/${name}`, import.meta.url));
}

/** What the commands answer is for people who typed them. */
class SilentOutput extends Output {
  override write(): void {
    return;
  }
}

/** Makes the sample's network, customer, mapping and upload account, by the commands a person would use; at a second start what is there stays. */
export async function prepareSample(context: Context, stack: Stack): Promise<Sample> {
  const folder = join(context.config.dataFolder, 'demo');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secrets = await keepSecrets(folder);
  makeNetwork(stack, secrets);

  const silent = new Context(context.config, context.env, new SilentOutput({ json: true, quiet: true }, context.env));
  try {
    await addCustomerFile(silent, await writeCustomerFile(folder, stack));
    await makeUploadAccount(silent, secrets);
    await saveContacts(await silent.database(), toCustomerId(SLUG), CONTACTS);
    const isNew = (await listMappings(await silent.database(), SLUG)).length === 0;
    if (isNew) await importMapping(silent, SLUG, sampleFile('mapping.yaml'), { by: 'demo', comment: 'the sample' });
  } finally {
    await silent.close();
  }
  return {
    slug: SLUG,
    upload: { userName: SLUG, password: secrets.uploadPassword },
    networkPage: `${stack.sandbox.url}/networks/${NETWORK_EID}`,
  };
}

type Secrets = z.infer<typeof Secrets>;

/** Drawn at the first start, so that the printed login stays good. */
async function keepSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, 'secrets.json');
  const kept = await readFile(path, 'utf8').catch(() => null);
  if (kept !== null) return Secrets.parse(JSON.parse(kept));
  const draw = (): string => randomBytes(12).toString('base64url');
  const secrets = { appSecret: draw(), scimToken: draw(), uploadPassword: draw() };
  await writeFile(path, JSON.stringify(secrets), { mode: 0o600 });
  await writeFile(join(folder, 'app-secret'), secrets.appSecret, { mode: 0o600 });
  await writeFile(join(folder, 'scim-token'), secrets.scimToken, { mode: 0o600 });
  return secrets;
}

function makeNetwork({ sandbox }: Stack, { appSecret, scimToken }: Secrets): void {
  if (sandbox.control.networks().some(({ eid }) => eid === NETWORK_EID)) return;
  sandbox.control.createNetwork({
    eid: NETWORK_EID,
    name: 'Woodgrove',
    subdomain: 'woodgrove',
    app: { eid: APP_EID, secret: appSecret },
    scimToken,
    administrator: { givenName: 'First', familyName: 'Administrator', email: 'first@woodgrove.example' },
  });
}

/** Addresses may have moved since the last start, so the file is written anew and added again. */
async function writeCustomerFile(folder: string, { sandbox }: Stack): Promise<string> {
  const path = join(folder, 'customer.yaml');
  const document = {
    slug: SLUG,
    name: 'Woodgrove',
    timeZone: 'Europe/Amsterdam',
    manager: 'pm-demo',
    dailyAt: '05:30',
    network: {
      eid: NETWORK_EID,
      apiBase: sandbox.url,
      credentials: { appEid: APP_EID, appSecret: { file: 'app-secret' }, scimToken: { file: 'scim-token' } },
    },
    source: { kind: 'drop' },
  };
  await writeFile(path, stringify(document), { mode: 0o600 });
  return path;
}

async function makeUploadAccount(context: Context, { uploadPassword }: Secrets): Promise<void> {
  await saveDropAccount(await context.database(), {
    userName: SLUG,
    customer: toCustomerId(SLUG),
    passwordHash: await hashPassword(uploadPassword),
    publicKeys: [],
    allowedFrom: ['127.0.0.0/8', '::1/128'],
    maxFileBytes: context.config.maxDeliveryBytes,
    access: 'upload',
  });
}
