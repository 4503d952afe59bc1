import type { Socket } from 'node:net';
import type { ClientInfo } from 'ssh2';
import { addressGroup } from './allow-list.js';
import type { DropLimits } from './limits.js';
import type { DropLog } from './log.js';

interface Guest {
  readonly socket: Socket;
  /** false: this login has as many connections as it may have. */
  readonly loggedIn: (userName: string) => boolean;
}

/** Who is connected, from where, and how many. */
export class Guests {
  private readonly guests = new Map<string, Guest>();
  private readonly strangers = new Counts();
  private readonly logins = new Counts();
  private readonly serving = new Set<Promise<void>>();

  constructor(
    private readonly limits: DropLimits,
    private readonly log: DropLog,
  ) {}

  /** Turns away who is one too many; gives others a limited time to log in. */
  admit(socket: Socket): boolean {
    socket.on('error', () => undefined);
    const { remoteAddress, remotePort } = socket;
    if (remoteAddress === undefined || remotePort === undefined) return turnAway(socket);
    const group = addressGroup(remoteAddress);
    const strangers = this.strangers.of(group);
    if (this.guests.size >= this.limits.connections || strangers >= this.limits.strangersPerAddress) {
      this.log.warn({ address: remoteAddress, connections: this.guests.size, strangers }, 'too many connections');
      return turnAway(socket);
    }
    let leave = this.strangers.enter(group);
    const timer = setTimeout(() => socket.destroy(), this.limits.loginMs);
    const name = nameOf(remoteAddress, remotePort);
    const loggedIn = (userName: string): boolean => {
      clearTimeout(timer);
      leave();
      const connections = this.logins.of(userName);
      leave = this.logins.enter(userName);
      if (connections < this.limits.connectionsPerLogin) return true;
      this.log.warn({ address: remoteAddress, userName, connections }, 'too many connections of one login');
      return false;
    };
    this.guests.set(name, { socket, loggedIn });
    socket.once('close', () => {
      clearTimeout(timer);
      this.guests.delete(name);
      leave();
    });
    return true;
  }

  find({ ip, port }: ClientInfo): Guest | null {
    return this.guests.get(nameOf(ip, port)) ?? null;
  }

  /** `served` resolves when nothing is left of a connection. */
  track(served: Promise<void>): void {
    this.serving.add(served);
    void served.finally(() => this.serving.delete(served));
  }

  async sendAway(): Promise<void> {
    for (const { socket } of this.guests.values()) socket.destroy();
    await Promise.all(this.serving);
  }
}

/** How many are there under each name. */
class Counts {
  private readonly counts = new Map<string, number>();

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** Answers what is to be called when it leaves. */
  enter(name: string): () => void {
    this.counts.set(name, this.of(name) + 1);
    return () => {
      const left = this.of(name) - 1;
      if (left === 0) this.counts.delete(name);
      else this.counts.set(name, left);
    };
  }
}

function nameOf(address: string, port: number): string {
  return `${address} ${port}`;
}

function turnAway(socket: Socket): false {
  socket.destroy();
  return false;
}
