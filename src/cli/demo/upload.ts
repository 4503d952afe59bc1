import { connect } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import type { StackAddresses } from '../../stack/stack-file.js';

type Drop = Pick<NonNullable<StackAddresses['drop']>, 'host' | 'port'>;

/** How a customer logs in to the drop. */
export type Login = { readonly username: string } & ({ readonly password: string } | { readonly privateKey: string });

/** As a customer's HR system would. `content`: the bytes, or the path of a file. */
export async function uploadTo(
  { host, port }: Drop,
  login: Login,
  content: string | Buffer,
  name: string,
): Promise<void> {
  const client = new SftpClient();
  await client.connect({ ...login, sock: connect({ host, port, noDelay: true }) });
  try {
    await client.put(content, name);
  } finally {
    await client.end();
  }
}
