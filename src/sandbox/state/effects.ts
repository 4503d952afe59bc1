import type { Eid, Group, Invitation, Membership, Network, Role, User } from './entities.js';

/**
 * What a request did, in the words of the journal. Every effect but `invitation` puts or removes one whole thing, so
 * the order of effects is all that a replay needs.
 */
export type Effect =
  | { readonly kind: 'clock'; readonly offsetMs: number }
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'network_gone'; readonly eid: Eid }
  | EffectInNetwork;

export type EffectInNetwork =
  | { readonly kind: 'user'; readonly in: Eid; readonly user: User }
  | { readonly kind: 'user_gone'; readonly in: Eid; readonly eid: Eid }
  | { readonly kind: 'group'; readonly in: Eid; readonly group: Group; readonly at: string }
  | { readonly kind: 'group_gone'; readonly in: Eid; readonly eid: Eid }
  | { readonly kind: 'role'; readonly in: Eid; readonly role: Role }
  | { readonly kind: 'membership'; readonly in: Eid; readonly membership: Membership; readonly at: string }
  | { readonly kind: 'membership_gone'; readonly in: Eid; readonly eid: Eid; readonly at: string }
  | { readonly kind: 'invitation'; readonly in: Eid; readonly invitation: Invitation };
