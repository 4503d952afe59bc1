import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { listen, type Listening } from '../../listen.js';
import type { Logger } from '../../log.js';
import { isTokenOf, pathWithoutToken } from './endpoint-token.js';
import { parsePayloads, renderPayloads } from './payload-json.js';

export interface CodecEndpointOptions {
  readonly codec: PayloadCodec;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether a page of this origin may ask: where the UI is opened in a browser, `http://127.0.0.1:8233`. */
  readonly isUi: (origin: string) => boolean;
  /** Asked of every caller, as bearer token or as the first part of the path, which is all that the UI can send. */
  readonly token: string | null;
  readonly log: Logger;
}

/** Whoever reached it could read what people wrote. Thrown before anything listens. */
export class OpenCodecRefused extends Error {
  override readonly name = 'OpenCodecRefused';
  constructor(host: string) {
    super(
      `The codec endpoint would listen on ${host} for everybody, and it decodes what staff and contacts wrote. Nothing listens ` +
        'there now. Set USERSYNC_CODEC_TOKEN, or listen on 127.0.0.1.',
    );
  }
}

/** More than a page of the UI ever asks for. */
const MOST_BYTES = 32 * 1024 * 1024;
const FOR_BROWSERS = {
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'Content-Type, Authorization, X-Namespace',
  'access-control-max-age': '600',
};

interface Answer {
  readonly status: number;
  readonly body?: object;
}

/**
 * Temporal's codec server protocol, for its UI and command line: `POST /decode` and `/encode`. A payload that cannot be
 * decoded is answered as it came, so that the rest of the page can be read. `GET /healthz` is for probes.
 * The url is without the token. @throws OpenCodecRefused, and when the port is taken.
 */
export async function startCodecEndpoint(options: CodecEndpointOptions): Promise<Listening> {
  const { host, port, token, log } = options;
  if (token === null && !isLoopback(host)) throw new OpenCodecRefused(host);
  const server = createServer((request, response) => {
    answerTo(request, options).then(
      (answer) => send(response, answer, request, options),
      (error: unknown) => {
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'the codec endpoint could not answer');
        send(response, { status: 500, body: { message: 'This could not be answered.' } }, request, options);
      },
    );
  });
  return listen(server, host, port);
}

async function answerTo(request: IncomingMessage, options: CodecEndpointOptions): Promise<Answer> {
  const { origin, authorization } = request.headers;
  const { token } = options;
  const { path, tokenInPath } = pathWithoutToken(request.url ?? '/', token);
  if (request.method === 'GET' && path === '/healthz') return { status: 200, body: { message: 'ok' } };
  // A page of another site that got hold of this address by its name would be of its own origin, so CORS is not enough.
  if (origin !== undefined && !options.isUi(origin)) return refusal(403, 'This page may not ask here.');
  if (request.method === 'OPTIONS') return { status: 204 };
  if (token !== null && !tokenInPath && !isTokenOf(authorization, token)) return refusal(401, 'A token is needed.');
  if (request.method !== 'POST' || (path !== '/encode' && path !== '/decode')) {
    return refusal(404, 'There is POST /encode and POST /decode.');
  }
  const body = await readBody(request);
  if (body === null) return refusal(413, 'That is more than is coded at once.');
  const payloads = parsePayloads(body);
  if (payloads === null) return refusal(400, 'The body is no {"payloads": [...]}.');
  const coded = path === '/encode' ? await options.codec.encode(payloads) : await decodeEach(payloads, options);
  return { status: 200, body: renderPayloads(coded) };
}

function refusal(status: number, message: string): Answer {
  return { status, body: { message } };
}

async function decodeEach(payloads: readonly Payload[], { codec, log }: CodecEndpointOptions): Promise<Payload[]> {
  let failed = 0;
  const decoded = payloads.map(async (payload) => {
    try {
      return await codec.decode([payload]);
    } catch {
      failed += 1;
      return [payload];
    }
  });
  const all = (await Promise.all(decoded)).flat();
  if (failed > 0) log.warn({ failed }, 'payloads could not be decoded: sealed with another master key, or changed');
  return all;
}

/** null when it is too large; the rest is then thrown away. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return size <= MOST_BYTES ? Buffer.concat(chunks).toString('utf8') : null;
}

function send(
  response: ServerResponse,
  { status, body }: Answer,
  { headers: { origin } }: IncomingMessage,
  { isUi }: CodecEndpointOptions,
): void {
  const headers = {
    ...{ 'cache-control': 'no-store', vary: 'Origin' },
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(origin !== undefined && isUi(origin) ? { 'access-control-allow-origin': origin, ...FOR_BROWSERS } : {}),
  };
  response.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
