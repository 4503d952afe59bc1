import type { Effect } from '../state/effects.js';
import type { Eid, Group } from '../state/entities.js';
import { newEid } from '../state/ids.js';
import type { NetworkState } from '../state/network-state.js';

/** The structure of a network in the development environment: groups and roles with new EIDs, the same credentials, no people. */
export function copyEffects(from: NetworkState, name: string, at: string): { eid: Eid; effects: readonly Effect[] } {
  const eid = newEid();
  const subdomain = `${from.network.subdomain}-${eid.slice(0, 6)}`;
  const effects: Effect[] = [
    { kind: 'network', network: { ...from.network, eid, name, subdomain, environment: 'development', created: at } },
  ];
  for (const role of from.roles.values()) effects.push({ kind: 'role', in: eid, role: { ...role, eid: newEid() } });
  effects.push(...copyGroups(from, eid, at).slice(0, from.network.developmentQuota?.groups ?? undefined));
  return { eid, effects };
}

function copyGroups(from: NetworkState, network: Eid, at: string): readonly Effect[] {
  const renamed = new Map<Eid, Eid>();
  for (const group of from.groups.values()) renamed.set(group.eid, newEid());
  const moved = (eid: Eid | null): Eid | null => (eid === null ? null : (renamed.get(eid) ?? null));
  return [...from.groups.values()].map((group): Effect => {
    const copy: Group = {
      ...group,
      eid: renamed.get(group.eid) ?? newEid(),
      parent: moved(group.parent),
      department: moved(group.department),
      created: at,
    };
    return { kind: 'group', in: network, group: copy, at };
  });
}
