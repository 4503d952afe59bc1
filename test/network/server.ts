import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSpeakapNetwork, type SpeakapNetwork, type SpeakapSettings } from '../../src/network/speakap/speakap.js';

export const NET = 'aaaaaaaaaaaaaaaa';

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Decoded, `a=b&c=d`. */
  readonly query: string;
  readonly search: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Says {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: object | string;
}
/** `reset`: the connection is cut without an answer; `hang`: no answer ever; `half`: less than was announced. */
type Reaction = Says | 'reset' | 'hang' | 'half';
export type Handler = (asked: Asked) => Reaction;

export interface TestServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** An HTTP server that answers what a test tells it to, and remembers what it was asked. */
export async function serve(handler: Handler): Promise<TestServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void readAsked(request).then((question) => {
      asked.push(question);
      react(response, handler(question));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The handlers one after the other; the last one stays. */
export function inTurn(...handlers: readonly Handler[]): Handler {
  let turn = 0;
  return (asked) => {
    const handler = handlers[Math.min(turn, handlers.length - 1)];
    turn += 1;
    return handler === undefined ? {} : handler(asked);
  };
}

export function networkAt(server: TestServer, settings: Partial<SpeakapSettings> = {}): SpeakapNetwork {
  return createSpeakapNetwork({
    apiBase: server.url,
    networkEid: NET,
    appEid: 'bbbbbbbbbbbbbbbb',
    appSecret: 'app-secret',
    scimToken: 'scim-token',
    ...settings,
  });
}

/** Runs a test against a server, and ends both afterwards. */
export async function withNetwork(
  handler: Handler,
  test: (network: SpeakapNetwork, server: TestServer) => Promise<void>,
  settings: Partial<SpeakapSettings> = {},
): Promise<void> {
  const server = await serve(handler);
  const network = networkAt(server, settings);
  try {
    await test(network, server);
  } finally {
    await server.close();
    await network.close();
  }
}

export function eid(number: number): string {
  return number.toString(16).padStart(16, '0');
}

export async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** One page of a list by the `offset` and `limit` that were asked for. */
export function pageOf<T>(all: readonly T[], asked: Asked): T[] {
  const offset = Number(asked.search.get('offset'));
  return all.slice(offset, offset + Number(asked.search.get('limit')));
}

export async function failureOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('The call did not fail.');
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://test');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: decodeURIComponent(url.search.slice(1)),
    search: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function react(response: ServerResponse, reaction: Reaction): void {
  if (reaction === 'hang') return;
  if (reaction === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (reaction === 'half') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"users": [');
    setTimeout(() => response.destroy(), 20);
    return;
  }
  const { status = 200, headers = {}, body } = reaction;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'object' ? JSON.stringify(body) : body);
}
