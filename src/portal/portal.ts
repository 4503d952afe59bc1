import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { peekOnce, readOnce } from '../connections/once-links.js';
import { listen, type Listening } from '../listen.js';
import type { Logger } from '../log.js';
import type { KeyRing } from '../secrets/master-key.js';
import type { Database } from '../store/database.js';
import { callerOf } from './caller.js';
import { readForm } from './form.js';
import { askForLetters, LETTERS_STYLE_HASH, pressForLetters } from './letters.js';
import {
  askPage,
  contentSecurityPolicy,
  gonePage,
  nothingHerePage,
  secretPage,
  tooManyPage,
  unavailablePage,
  type Page,
} from './pages.js';
import { RateLimit } from './rate-limit.js';

export interface PortalOptions {
  readonly database: Database;
  readonly keys: KeyRing;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Proxies before the portal whose word about the caller's address is taken. Default 0. */
  readonly proxies?: number;
  /** Requests of one address in a minute. Default 60. */
  readonly requestsPerMinute?: number;
  readonly log: Logger;
}

const REQUESTS_PER_MINUTE = 60;

/** Nothing that is shown may be kept, passed on or found. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy([LETTERS_STYLE_HASH]),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/**
 * The web pages for customers: `/once/{token}` shows a secret once, `/letters/{token}` a bundle of letters. Behind a proxy that
 * speaks TLS; `/healthz` is for probes. Addresses of pages are never logged, since they hold tokens. @throws when the port is taken.
 */
export async function startPortal(options: PortalOptions): Promise<Listening> {
  const { host, port, log } = options;
  const limit = new RateLimit(options.requestsPerMinute ?? REQUESTS_PER_MINUTE);
  const server = createServer((request, response) => {
    // What is sent along and not read is thrown away by Node when the page is answered.
    answerTo(request, options, limit).then(
      (page) => send(response, page, request.method),
      (error: unknown) => {
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a page of the portal could not be shown');
        send(response, unavailablePage(), request.method);
      },
    );
  });
  return listen(server, host, port);
}

async function answerTo(request: IncomingMessage, options: PortalOptions, limit: RateLimit): Promise<Page> {
  const [path = '/'] = (request.url ?? '/').split('?');
  if (path === '/healthz') return { status: 200, html: 'ok\n' };
  if (!limit.admit(callerOf(request, options.proxies ?? 0))) return tooManyPage();
  const [, kind, token] = /^\/(once|letters)\/([A-Za-z0-9_-]{1,200})\/?$/.exec(path) ?? [];
  if (token === undefined) return nothingHerePage();
  const isLetters = kind === 'letters';
  if (request.method === 'GET' || request.method === 'HEAD')
    return isLetters ? askForLetters(options, token) : ask(options, token);
  if (request.method !== 'POST') return nothingHerePage();
  return isLetters ? pressForLetters(options, token, await readForm(request)) : show(options, token);
}

async function ask({ database }: PortalOptions, token: string): Promise<Page> {
  const open = await peekOnce(database, token);
  return open === null ? gonePage() : askPage(open.what);
}

async function show({ database, keys, log }: PortalOptions, token: string): Promise<Page> {
  const shown = await readOnce(database, keys, token);
  if (shown === null) return gonePage();
  log.info({ customer: shown.customer, what: shown.what }, 'a link was used');
  return secretPage(shown.what, shown.secret);
}

function send(response: ServerResponse, { status, html }: Page, method: string | undefined): void {
  const retry = status === 429 || status === 503 ? { 'retry-after': '60' } : {};
  response.writeHead(status, { ...HEADERS, ...retry }).end(method === 'HEAD' ? undefined : html);
}
