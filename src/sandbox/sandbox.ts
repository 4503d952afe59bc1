import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Control } from './control/control.js';
import { handleControl } from './control/routes.js';
import { Faults } from './gate/faults.js';
import { RequestLog } from './gate/request-log.js';
import { readBody } from './http/body.js';
import { Query } from './http/query.js';
import { asRefusal, type Reply } from './http/reply.js';
import { Speakap } from './http/speakap.js';
import { PAGE_HEADERS } from './page/layout.js';
import { networkPage } from './page/network-page.js';
import { networksPage } from './page/networks-page.js';
import { parseEid } from './state/ids.js';
import { FileJournal } from './state/journal.js';
import { World } from './state/world.js';

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Loopback by default: the control API has no login. */
  readonly host?: string;
  /** Where state is kept over a restart; null keeps it in memory only. */
  readonly dataDir: string | null;
  readonly log?: (line: string) => void;
  /** Milliseconds since 1970; for tests. */
  readonly clock?: () => number;
  /** How long the journal may become before it is replaced by a snapshot. */
  readonly compactAtBytes?: number;
}

export interface Sandbox {
  /** `http://127.0.0.1:4010`: the API base, the control API and the page. */
  readonly url: string;
  readonly port: number;
  readonly control: Control;
  close(): Promise<void>;
}

/** Starts the stand-in for Speakap's API. @throws when the port is taken or the data cannot be read. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const journal = options.dataDir === null ? undefined : new FileJournal(options.dataDir, options.compactAtBytes);
  const world = new World(options.clock ?? Date.now, journal);
  const faults = new Faults();
  const log = new RequestLog();
  const speakap = new Speakap(world, faults, log);
  const control = new Control(world, speakap, faults, log);
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      options.log?.(`sandbox: a request failed: ${String(error)}`);
      request.socket.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const { port, address } = addressOf(server);
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  options.log?.(`Sandbox listening at ${url}`);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    if (url.startsWith('/_sandbox/')) return answerControl(control, request, response, url);
    const html = pageFor(world, request, url);
    if (html !== null) return void response.writeHead(200, PAGE_HEADERS).end(html);
    return send(request, response, await speakap.handle(request, url));
  }

  return { url, port, control, close: () => close(server, world) };
}

/** `/` and `/networks/{eid}` for a browser. The API's own path ends with a `/` and takes no `text/html`. */
function pageFor(world: World, request: IncomingMessage, url: string): string | null {
  if (request.method !== 'GET' || request.headers.accept?.includes('text/html') !== true) return null;
  const [path = '', search = ''] = url.split('?', 2);
  if (path === '/') return networksPage([...world.networks.values()]);
  const network = world.networks.get(parseEid(/^\/networks\/([^/]+)$/.exec(path)?.[1] ?? '') ?? '');
  return network === undefined ? null : networkPage(network, parseLeniently(search));
}

/** A reader who mistypes an address gets the page all the same. */
function parseLeniently(search: string): Query {
  try {
    return Query.parse(search);
  } catch {
    return Query.empty;
  }
}

async function answerControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  try {
    const body = await readBody(request);
    const [path = '', search = ''] = url.split('?', 2);
    const answer = handleControl(control, request.method ?? '', path, Query.parse(search), body);
    response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
  } catch (error) {
    const { status, code, message } = asRefusal(error);
    response.writeHead(status, headers).end(JSON.stringify({ code, message }));
  }
}

async function send(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  if (reply.kind === 'hang') return;
  if (reply.kind === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  if (reply.delayMs > 0) await wait(reply.delayMs, undefined, { ref: false });
  response
    .writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.text) })
    .end(reply.text);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox does not listen on a port.');
  return address;
}

function close(server: Server, world: World): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      world.close();
      resolve();
    });
    server.closeAllConnections();
  });
}
