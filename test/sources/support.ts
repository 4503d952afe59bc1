import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { SftpSettings } from '../../src/sources/sftp/settings.js';
import { createSftpSource } from '../../src/sources/sftp/sftp-source.js';
import type { Source } from '../../src/sources/source.js';
import { keys, type TestDrop } from '../drop/support.js';

/** A source that reads the customer's folder of a drop. */
export function aSource(drop: TestDrop, changes: Partial<SftpSettings> = {}): Source {
  return createSftpSource({
    host: '127.0.0.1',
    port: drop.drop.port,
    userName: 'intake',
    auth: { kind: 'key', privateKey: keys.privateKey },
    hostKeyFingerprints: [drop.drop.hostKeyFingerprint],
    folder: '/',
    pattern: '*.csv',
    completeness: { kind: 'atomic' },
    archiveFolder: 'archive',
    timeoutMs: 5_000,
    ...changes,
  });
}

/** A line between client and server that can be cut, or go silent, after so many bytes from the server. */
export class Line {
  /** Bytes from the server. */
  passed = 0;
  private readonly sockets: Socket[] = [];

  private constructor(private readonly server: Server) {}

  static async to(port: number, breaks: { afterBytes: number; how: 'cut' | 'silent' | 'reset' }): Promise<Line> {
    const server = createServer((here) => {
      const there = connect(port, '127.0.0.1');
      line.sockets.push(here, there);
      here.on('error', () => there.destroy()).on('close', () => there.destroy());
      there.on('error', () => here.destroy()).on('close', () => here.destroy());
      here.pipe(there);
      there.on('data', (data) => {
        line.passed += data.length;
        if (line.passed < breaks.afterBytes) here.write(data);
        else if (breaks.how === 'cut') here.end();
        else if (breaks.how === 'reset') here.resetAndDestroy();
      });
    });
    const line = new Line(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
