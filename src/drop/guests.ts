import type { Socket } from 'node:net';
import type { ClientInfo } from 'ssh2';
import { addressGroup } from './allow-list.js';
import type { DropLimits } from './limits.js';
import type { DropLog } from './log.js';

interface Guest {
  readonly socket: Socket;
  readonly loggedIn: () => void;
}

/** Who is connected, from where, and how many. */
export class Guests {
  private readonly guests = new Map<string, Guest>();
  private readonly perAddress = new Map<string, number>();
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
    const fromThere = this.perAddress.get(group) ?? 0;
    if (this.guests.size >= this.limits.connections || fromThere >= this.limits.connectionsPerAddress) {
      this.log.warn({ address: remoteAddress, connections: this.guests.size, fromThere }, 'too many connections');
      return turnAway(socket);
    }
    this.perAddress.set(group, fromThere + 1);
    const timer = setTimeout(() => socket.destroy(), this.limits.loginMs);
    const name = nameOf(remoteAddress, remotePort);
    this.guests.set(name, { socket, loggedIn: () => clearTimeout(timer) });
    socket.once('close', () => {
      clearTimeout(timer);
      this.guests.delete(name);
      this.forget(group);
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

  private forget(group: string): void {
    const left = (this.perAddress.get(group) ?? 1) - 1;
    if (left === 0) this.perAddress.delete(group);
    else this.perAddress.set(group, left);
  }
}

function nameOf(address: string, port: number): string {
  return `${address} ${port}`;
}

function turnAway(socket: Socket): false {
  socket.destroy();
  return false;
}
