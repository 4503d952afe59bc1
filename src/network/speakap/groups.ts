import type { GroupAnswer } from './answers.js';
import { groupsAnswer } from './answers.js';
import { CALLS } from './calls.js';
import type { Client } from './client.js';
import { readAll } from './collection.js';
import type { Pairs } from './encoding.js';
import { unexpected } from './failures.js';
import { groupKey, type GroupRef } from '../../sync/group.js';
import type { Eid } from '../../sync/ids.js';
import type { NetworkGroup, NewGroup } from '../network.js';

/** `local_dept` as the exact value is assumed; the page of group types prints it with a full stop. */
const LOCAL = /^local_dept\.?$/;
const TOPICS: ReadonlySet<string> = new Set(['public', 'restricted', 'private', 'secret']);

/** Every group whose kind the sync knows. A local department of a business unit that is gone is left out. */
export async function readGroups(client: Client): Promise<readonly NetworkGroup[]> {
  const answers = await askForGroups(client, []);
  const names = new Map(answers.filter(isBusinessUnit).map(({ EID, name }) => [EID, name]));
  return answers.flatMap((answer) => {
    const group = groupOf(answer, names);
    return group === null ? [] : [{ eid: answer.EID, group }];
  });
}

/** The group that was asked for, by what makes its name unique; null when there is none yet. */
export async function findGroup(client: Client, wanted: NewGroup): Promise<Eid | null> {
  const { group, businessUnit } = wanted;
  const answers = await askForGroups(client, narrowing(wanted));
  const parents = new Map(
    group.kind === 'local_department' && businessUnit !== undefined ? [[businessUnit, group.businessUnit]] : [],
  );
  const key = groupKey(group);
  const found = answers.find((answer) => {
    const candidate = groupOf(answer, parents);
    return candidate !== null && groupKey(candidate) === key;
  });
  return found?.EID ?? null;
}

/** The topic groups that a person is in, secret ones included. */
export async function findTopicGroupsOf(client: Client, user: Eid): Promise<readonly Eid[]> {
  const answers = await askForGroups(client, [
    ['user', user],
    ['type', 'basic'],
  ]);
  return answers.filter(({ groupType }) => TOPICS.has(groupType)).map(({ EID }) => EID);
}

/** A hidden or secret group is named only when asked for. */
function askForGroups(client: Client, narrower: Pairs): Promise<GroupAnswer[]> {
  const query: Pairs = [
    ['scope', 'network'],
    ['include_hidden', 'true'],
    ['include_secret', 'true'],
    ...narrower,
    ['embed', 'groups'],
  ];
  return readAll(client, { call: CALLS.groups, query, answering: 'hal', schema: groupsAnswer });
}

function narrowing({ group, businessUnit }: NewGroup): Pairs {
  if (group.kind === 'local_department') return businessUnit === undefined ? [] : [['parent', businessUnit]];
  return group.kind === 'topic' ? [] : [['type', group.kind]];
}

function groupOf(answer: GroupAnswer, businessUnits: ReadonlyMap<Eid, string>): GroupRef | null {
  const { groupType, name } = answer;
  if (groupType === 'business_unit' || groupType === 'department') return { kind: groupType, name };
  if (TOPICS.has(groupType)) return { kind: 'topic', name };
  if (!LOCAL.test(groupType)) return null;
  const businessUnit = businessUnits.get(parentOf(answer));
  return businessUnit === undefined ? null : { kind: 'local_department', businessUnit, department: name };
}

function parentOf(answer: GroupAnswer): Eid {
  const parent = answer._links?.parent ?? answer.parent?.EID;
  if (parent === undefined) throw unexpected(CALLS.groups, 'a local department without its business unit');
  return parent;
}

function isBusinessUnit({ groupType }: GroupAnswer): boolean {
  return groupType === 'business_unit';
}
