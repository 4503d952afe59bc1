import { parseJson } from '../http/body.js';
import { type Answer, type Call, feedback202, type Route } from '../http/call.js';
import { notForApplications, notPlayed, quotaExceeded } from '../http/refusal.js';
import { copyEffects } from '../rules/copy.js';
import { single } from './render.js';
import { networkResource } from './resources.js';
import { copyBody } from './schemas.js';

export const networkRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/', view: true, handle: (call) => single(call, networkResource(call.network)) },
  { method: 'DELETE', pattern: '/', permission: 'manage_networks', handle: deleteNetwork },
  { method: 'POST', pattern: '/copies/', permission: 'manage_networks', body: 'json', handle: copyNetwork },
  {
    method: 'POST',
    pattern: '/join',
    body: 'form',
    handle: () => {
      throw notForApplications("joining takes the user's own token");
    },
  },
  ...unplayed('PUT', '/labels/{label}/', 'labels'),
  ...unplayed('GET', '/search/', 'search', ['type', 'q', 'group']),
  ...unplayed('POST', '/alerts/', 'alerts'),
  ...unplayed('POST', '/messages/', 'messages'),
  ...['activated-users', 'active-users-count', 'average-sessions-per-user'].flatMap((name) =>
    unplayed('GET', `/stats/${name}`, 'statistics', ['period', 'periods']),
  ),
];

/** Only test copies can be removed. */
function deleteNetwork(call: Call): Answer {
  if (call.network.network.environment !== 'development') {
    throw notForApplications('only a network of the development environment can be deleted');
  }
  const answer = feedback202('Accepted for deletion', call);
  call.commit([{ kind: 'network_gone', eid: call.network.eid }]);
  return answer;
}

function copyNetwork(call: Call): Answer {
  const { name } = parseJson(call.body, copyBody);
  refuseOneTooMany(call);
  const { eid, effects } = copyEffects(call.network, name, call.world.nowIso());
  call.commit(effects);
  return { status: 201, body: { EID: eid } };
}

function refuseOneTooMany({ network: { network }, world }: Call): void {
  const most = network.developmentQuota?.networks ?? null;
  if (most === null) return;
  const copies = [...world.networks.values()].filter(
    ({ network: { environment, app } }) => environment === 'development' && app.eid === network.app.eid,
  );
  if (copies.length >= most) throw quotaExceeded('networks');
}

/** Documented, but without the shape of an answer, and of no use to a sync. */
function unplayed(
  method: Route['method'],
  pattern: string,
  what: string,
  query: readonly string[] = [],
): readonly Route[] {
  const handle = (): never => {
    throw notPlayed(what);
  };
  return [{ method, pattern, query, handle, ...(method === 'GET' ? {} : { body: 'json' as const }) }];
}
