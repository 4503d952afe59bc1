import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands before a real server, so that it can go away and come back without anybody ending it. */
export interface Gate {
  /** host:port to connect to instead. */
  readonly address: string;
  /** `refuse`: as when the server has ended. `silent`: as when its machine vanished. */
  shut(how: 'refuse' | 'silent'): void;
  open(): void;
  close(): Promise<void>;
}

export async function openGate(host: string, port: number): Promise<Gate> {
  const sockets = new Set<Socket>();
  let state: 'open' | 'refuse' | 'silent' = 'open';
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((outside) => {
    keep(outside);
    if (state === 'refuse') return outside.destroy();
    if (state === 'silent') return outside.pause();
    const inside = connect(port, host);
    keep(inside);
    inside.on('close', () => outside.destroy());
    outside.on('close', () => inside.destroy());
    return outside.pipe(inside).pipe(outside);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `127.0.0.1:${taken}`,
    shut(how) {
      state = how;
      if (how === 'refuse') return drop();
      for (const socket of sockets) socket.unpipe().pause();
    },
    open() {
      state = 'open';
      drop();
    },
    async close() {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
