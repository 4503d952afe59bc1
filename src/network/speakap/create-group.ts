import { eidOfUri, feedback } from './answers.js';
import { CALLS, type Call } from './calls.js';
import type { Client } from './client.js';
import type { Pairs } from './encoding.js';
import { findGroup } from './groups.js';
import { parse } from './parse.js';
import { isPending, untilVisible } from './settle.js';
import type { Eid } from '../../sync/ids.js';
import { Conflict, NameInUse } from '../errors.js';
import type { NewGroup } from '../network.js';

interface Creation {
  readonly call: Call;
  readonly value: object;
  readonly query?: Pairs;
}

/**
 * Creates a group and waits until it can be seen.
 * @throws NameInUse; RangeError when a local department comes without the EIDs of its parents.
 */
export async function createGroup(client: Client, wanted: NewGroup): Promise<Eid> {
  const { call, value, query } = creationOf(wanted, client.settings.topicGroupType);
  const answer = await client
    .ask({ call, query, body: { kind: 'json', value }, answering: 'plain' })
    .catch((error: unknown) => {
      throw nameInUse(error);
    });
  const said = parse(feedback, call, answer);
  const eid = said.EID ?? eidOfUri(said.uri ?? '');
  if (eid !== null && !isPending(answer, said)) return eid;
  return untilVisible(client, call, () => findGroup(client, wanted));
}

function creationOf({ group, businessUnit, department }: NewGroup, topicGroupType: string): Creation {
  switch (group.kind) {
    case 'business_unit':
      return { call: CALLS.createBusinessUnit, value: { name: group.name } };
    case 'department':
      // Hidden by default, which would keep it from its members as well.
      return { call: CALLS.createDepartment, value: { name: group.name, hidden: false } };
    case 'local_department':
      return {
        call: CALLS.createLocalDepartment,
        value: { name: group.department, businessUnit: refTo(businessUnit), department: refTo(department) },
      };
    case 'topic':
      // The application itself must not become a member.
      return {
        call: CALLS.createTopicGroup,
        value: { groupType: topicGroupType, name: group.name },
        query: [['join', 'false']],
      };
  }
}

function refTo(group: Eid | undefined): { readonly EID: Eid; readonly type: 'group' } {
  if (group === undefined)
    throw new RangeError('A local department needs the EIDs of its business unit and department.');
  return { EID: group, type: 'group' };
}

/** Whatever conflicts with a new group is its name, whether the code says so or not. */
function nameInUse(error: unknown): unknown {
  if (!(error instanceof Conflict) || error instanceof NameInUse) return error;
  return new NameInUse(error.call, error.message, error.status, error.code);
}
