import ssh2 from 'ssh2';
import { uploadTo } from '../../src/cli/demo/upload.js';
import { sealNetworkCredentials } from '../../src/connections/credentials.js';
import { loadKeys } from '../../src/secrets/keys.js';
import { saveContacts, type ContactDetails } from '../../src/store/contacts.js';
import { toCustomerId, type CustomerId } from '../../src/sync/ids.js';
import type { World } from './world.js';

/** A made-up customer with its network in the sandbox and its contacts, before anything is connected. */
export interface AddedCustomer {
  readonly customer: CustomerId;
  readonly networkEid: string;
  /** Ids end with the slug, since all customers of a world share one outbox. */
  readonly contacts: {
    readonly hr: string;
    readonly it: string;
    readonly boss: string;
    readonly manager: string;
    readonly engineer: string;
  };
  /** In OpenSSH's form. */
  readonly publicKey: string;
  upload(userName: string, content: string | Buffer, name: string): Promise<void>;
}

/** What a customer is added to. */
export interface CustomerSurroundings extends Pick<World, 'config' | 'database'> {
  readonly sandbox: {
    readonly url: string;
    readonly control: {
      createNetwork(network: NetworkInput): CreatedNetwork | Promise<CreatedNetwork>;
    };
  };
  readonly drop: { readonly host: string; readonly port: number };
}

type Control = World['sandbox']['control'];
type NetworkInput = Parameters<Control['createNetwork']>[0];
type CreatedNetwork = Pick<ReturnType<Control['createNetwork']>, 'eid' | 'app' | 'scimToken'>;

const PRIVATE = ssh2.utils.generateKeyPairSync('ed25519');

/** `of`: what the ids of its contacts end with. */
export async function addCustomer(
  world: CustomerSurroundings,
  slug: string,
  timeZone = 'Europe/Amsterdam',
  of = `-${slug}`,
): Promise<AddedCustomer> {
  const { database, sandbox, config, drop } = world;
  const customer = toCustomerId(slug);
  const { key } = await loadKeys(config);
  const network = await sandbox.control.createNetwork({
    name: slug,
    roles: [],
    administrator: { givenName: 'First', familyName: 'Administrator', email: `first@${slug}.example` },
  });
  const { eid: appEid, secret: appSecret } = network.app;
  await database.prisma.customer.create({
    data: { id: slug, name: `Customer ${slug}`, timeZone, manager: `staff-1${of}`, dailyAt: '05:30' },
  });
  await database.prisma.network.create({
    data: {
      ...{ customerId: slug, eid: network.eid, apiBase: sandbox.url, scimBase: null, requestsPerSecond: null },
      credentials: sealNetworkCredentials(key, customer, { appEid, appSecret, scimToken: network.scimToken }),
    },
  });
  const contacts = {
    ...{ hr: `c-hr${of}`, it: `c-it${of}`, boss: `c-boss${of}` },
    ...{ manager: `staff-1${of}`, engineer: `staff-2${of}` },
  };
  await saveContacts(database, customer, [
    contact(contacts.hr, 'customer', 'HR manager', true, ['example-record', 'known-exceptions']),
    contact(contacts.it, 'customer', 'IT', false, ['upload-addresses', 'api-credentials', 'first-upload']),
    contact(contacts.boss, 'customer', 'director', true, []),
    contact(contacts.manager, 'speakap', 'project manager', true, []),
    contact(contacts.engineer, 'speakap', 'implementation engineer', true, []),
  ]);
  return {
    ...{ customer, contacts, networkEid: network.eid, publicKey: PRIVATE.public },
    async upload(userName, content, name) {
      await uploadTo(drop, { username: userName, privateKey: PRIVATE.private }, Buffer.from(content), name);
    },
  };
}

function contact(
  id: string,
  side: ContactDetails['side'],
  role: string,
  approves: boolean,
  owns: readonly string[],
): ContactDetails {
  return { id, side, role, name: `Made Up ${role}`, email: `${id}@mail.example`, approves, owns: [...owns] };
}
