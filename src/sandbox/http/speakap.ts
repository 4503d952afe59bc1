import type { IncomingMessage } from 'node:http';
import type { Faults } from '../gate/faults.js';
import { RateLimit } from '../gate/rate-limit.js';
import type { RequestLog } from '../gate/request-log.js';
import { forgetExpired } from '../rules/people.js';
import { SCIM_BASE } from '../scim/users.js';
import { parseEid } from '../state/ids.js';
import type { NetworkState } from '../state/network-state.js';
import type { World } from '../state/world.js';
import { checkAccept, checkContentType, checkPermission, checkQuery, checkToken, requireBearer } from './admit.js';
import { mediaTypeOf, readBody } from './body.js';
import type { Call, Route } from './call.js';
import { parseForm } from './form.js';
import { Query } from './query.js';
import { afterFault, asRefusal, beforeFault, refusalReply, type Reply, tooManyReply, toReply } from './reply.js';
import { insufficientScope, methodNotAllowed, noSuchPath, notFound, Refusal } from './refusal.js';
import type { Router } from './router.js';
import { speakapRouter } from './routes.js';

interface Target {
  readonly eid: string;
  /** What follows `/networks/{eid}`. */
  readonly path: string;
  readonly isScim: boolean;
}

const NETWORK_PATH = /^\/networks\/([^/]+)(\/.*)$/;

/** Speakap itself: everything below `/networks/`, as strict as the documents. */
export class Speakap {
  readonly #router: Router<Route> = speakapRouter();
  readonly #limits = new WeakMap<NetworkState, { readonly perSecond: number | null; readonly limit: RateLimit }>();

  constructor(
    private readonly world: World,
    private readonly faults: Faults,
    private readonly log: RequestLog,
  ) {}

  async handle(request: IncomingMessage, url: string): Promise<Reply> {
    const body = await readBody(request).catch((error: unknown) => asRefusal(error));
    const cut = url.indexOf('?');
    const path = cut < 0 ? url : url.slice(0, cut);
    const target = parseTarget(path);
    const { reply, shown } = this.#answer(request, target, cut < 0 ? '' : url.slice(cut + 1), body);
    if (target !== null)
      this.log.count(target.eid, request.method ?? '', shown, reply.kind === 'answer' ? reply.status : null);
    return reply;
  }

  rateLimitOf(network: NetworkState): RateLimit {
    const { requestsPerSecond } = network.network;
    const known = this.#limits.get(network);
    if (known?.perSecond === requestsPerSecond) return known.limit;
    const limit = new RateLimit(requestsPerSecond, this.world.clock());
    this.#limits.set(network, { perSecond: requestsPerSecond, limit });
    return limit;
  }

  forgetRateOf(network: NetworkState): void {
    this.#limits.delete(network);
  }

  #answer(
    request: IncomingMessage,
    target: Target | null,
    search: string,
    body: string | Refusal,
  ): { reply: Reply; shown: string } {
    const method = request.method ?? '';
    let shown = '(unknown)';
    try {
      if (target === null) throw noSuchPath();
      const found = this.#router.find(method, target.path);
      if (found.kind === 'route') shown = `/networks/{net}${found.route.pattern}`;
      const network = this.world.networks.get(target.eid);
      if (network !== undefined) {
        const wait = this.rateLimitOf(network).take(this.world.clock());
        if (wait !== null) return { reply: tooManyReply(wait, target.isScim), shown };
      }
      const fault = this.faults.next(target.eid, method, target.path);
      const instead = fault === null ? null : beforeFault(fault, target.isScim);
      if (instead !== null) return { reply: instead, shown };
      if (network === undefined) {
        requireBearer(request.headers);
        throw notFound('network');
      }
      forgetExpired(this.world, network);
      checkToken(network, request.headers, target.isScim);
      if (found.kind === 'no_path') throw noSuchPath(found.hint);
      if (found.kind === 'no_method') throw methodNotAllowed(method);
      if (body instanceof Refusal) throw body;
      const call = this.#call(
        request,
        network,
        found.route,
        found.parameters,
        Query.parse(search),
        body,
        target.isScim,
      );
      const reply = toReply(found.route.handle(call), call.accepted.contentType);
      return { reply: fault === null ? reply : afterFault(fault, reply, target.isScim), shown };
    } catch (error) {
      return { reply: this.#refuse(asRefusal(error), method, target, shown), shown };
    }
  }

  #call(
    request: IncomingMessage,
    network: NetworkState,
    route: Route,
    parameters: readonly string[],
    query: Query,
    body: string,
    isScim: boolean,
  ): Call {
    const accepted = checkAccept(request.headers, query, isScim);
    checkPermission(network, route);
    checkQuery(route, query, isScim);
    const contentType = mediaTypeOf(request.headers['content-type']);
    checkContentType(route, contentType, isScim);
    return {
      world: this.world,
      network,
      parameters,
      query,
      accepted,
      contentType,
      body,
      form:
        route.body === 'form' || (route.body === 'form_or_json' && contentType !== 'application/json')
          ? parseForm(body)
          : [],
      commit: (effects) => this.world.commit(effects),
      need: (permission) => {
        if (!network.network.permissions.includes(permission)) throw insufficientScope(permission);
      },
    };
  }

  #refuse(refusal: Refusal, method: string, target: Target | null, shown: string): Reply {
    const { status, code, message, of } = refusal;
    const network = target?.eid ?? null;
    this.log.refused({ at: this.world.nowIso(), network, method, path: shown, status, code, reason: message, of });
    return refusalReply(refusal, target?.isScim ?? false);
  }
}

function parseTarget(path: string): Target | null {
  const match = NETWORK_PATH.exec(path);
  const eid = parseEid(match?.[1] ?? '');
  const rest = match?.[2];
  if (eid === null || rest === undefined) return null;
  return { eid, path: rest, isScim: rest === SCIM_BASE || rest.startsWith(`${SCIM_BASE}/`) };
}
