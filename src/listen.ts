import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  /** `http://127.0.0.1:4020`, with the port that was taken. */
  readonly url: string;
  /** Ends connections that are open as well. */
  close(): Promise<void>;
}

/** Lets a server listen; port 0 takes a free one. @throws when the port is taken. */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  server.listen(port, host);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
