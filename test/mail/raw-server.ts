import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What a mail server has just done, or heard. */
export type Moment = 'connect' | 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'text' | 'dot' | 'accepted';

/** What it does instead of going on: goes away, resets the connection, says nothing for ever, or answers this line. */
export type Fault = 'end' | 'reset' | 'silence' | `${number} ${string}` | `${number}` | (string & {});

export interface RawServer {
  readonly port: number;
  /** Mails whose final dot has arrived. */
  readonly received: readonly string[];
  /** Those among them that were accepted. */
  readonly accepted: readonly string[];
  close(): Promise<void>;
}

/** A mail server, word by word, that fails at one moment. */
export async function startRawServer(moment: Moment | null, fault: Fault = 'end', extensions: readonly string[] = []) {
  const received: string[] = [];
  const accepted: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    converse(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function converse(socket: Socket): void {
    let isText = false;
    let hasRecipient = false;
    let isDead = false;
    let rest = '';
    const reached = (now: Moment): boolean => {
      if (now === moment) isDead = !misbehave(socket, fault);
      return now === moment;
    };
    if (reached('connect')) return;
    socket.write('220 mail.example ESMTP\r\n');
    if (reached('greeting')) return;
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (;;) {
        if (isDead) return;
        if (isText) {
          if (rest !== '' && reached('text')) return;
          const end = rest.indexOf('\r\n.\r\n');
          if (end === -1) return;
          received.push(rest.slice(0, end));
          rest = rest.slice(end + 5);
          isText = false;
          if (reached('dot')) continue;
          accepted.push(received.at(-1) ?? '');
          socket.write('250 2.0.0 taken\r\n');
          if (reached('accepted')) return;
          continue;
        }
        const line = rest.indexOf('\r\n');
        if (line === -1) return;
        const command = rest.slice(0, 4).toUpperCase();
        rest = rest.slice(line + 2);
        if (command === 'QUIT') return void socket.end('221 bye\r\n');
        if (command === 'DATA') {
          if (reached('DATA')) continue;
          isText = hasRecipient;
          socket.write(isText ? '354 go on\r\n' : '554 5.5.1 no recipient\r\n');
          continue;
        }
        if ((command === 'EHLO' || command === 'MAIL' || command === 'RCPT') && reached(command)) continue;
        hasRecipient ||= command === 'RCPT';
        socket.write(command === 'EHLO' ? ehlo(extensions) : '250 fine\r\n');
      }
    });
  }

  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, received, accepted, close };
}

/** Answers whether the conversation can go on. */
function misbehave(socket: Socket, fault: Fault): boolean {
  if (fault === 'silence') return false;
  if (fault === 'end') socket.end();
  else if (fault === 'reset') socket.resetAndDestroy();
  else socket.write(`${fault}\r\n`);
  return fault !== 'end' && fault !== 'reset';
}

function ehlo(extensions: readonly string[]): string {
  const lines = ['mail.example', ...extensions];
  return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}\r\n`).join('');
}
