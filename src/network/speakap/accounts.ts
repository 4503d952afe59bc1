import { accountsAnswer, savedAccount, type AccountAnswer } from './answers.js';
import { CALLS } from './calls.js';
import type { Client } from './client.js';
import { equalsFilter } from './encoding.js';
import { parse } from './parse.js';
import { accountBody, newAccountBody, switchBody } from './scim.js';
import { toXid, type Xid } from '../../sync/ids.js';
import type { Account, AccountAttributes, NewAccount, ScimId } from '../network.js';

/** The account of exactly this user name, or else of one that differs in case only, as SCIM compares (RFC 7643, 4.1.1). */
export async function findAccount(client: Client, userName: string): Promise<Account | null> {
  const call = CALLS.findAccount;
  const query = [['filter', equalsFilter('userName', userName)]] as const;
  const { Resources = [] } = parse(accountsAnswer, call, await client.ask({ call, query, answering: 'scim' }));
  const accounts = Resources.map((answer) => accountOf(answer, userName));
  const folded = userName.toLowerCase();
  return (
    accounts.find((account) => account.userName === userName) ??
    accounts.find((account) => account.userName.toLowerCase() === folded) ??
    null
  );
}

/** An answer without a user name cannot be written to, and is left out. */
export async function findAccountsByEmail(client: Client, email: string): Promise<readonly Account[]> {
  const call = CALLS.findAccount;
  const query = [['filter', equalsFilter('emails', email)]] as const;
  const { Resources = [] } = parse(accountsAnswer, call, await client.ask({ call, query, answering: 'scim' }));
  return Resources.flatMap((answer) => (answer.userName ? [accountOf(answer, answer.userName)] : []));
}

export async function createAccount(client: Client, account: NewAccount): Promise<ScimId> {
  const call = CALLS.createAccount;
  const body = { kind: 'scim', value: newAccountBody(account) } as const;
  return parse(savedAccount, call, await client.ask({ call, body, answering: 'scim' })).id;
}

export function updateAccount(client: Client, id: ScimId, account: AccountAttributes): Promise<void> {
  return put(client, id, accountBody(account));
}

export function setActive(client: Client, id: ScimId, userName: string, active: boolean, xid?: Xid): Promise<void> {
  return put(client, id, switchBody(userName, active, xid));
}

/** Success is an answer with the account's id (`speakap-api.md`, 6). */
async function put(client: Client, id: ScimId, value: object): Promise<void> {
  const call = CALLS.changeAccount;
  const answer = await client.ask({ call, path: { id }, body: { kind: 'scim', value }, answering: 'scim' });
  parse(savedAccount, call, answer);
}

/** An answer that leaves members out is believed to be what was asked for. */
function accountOf({ id, userName, externalId, active, emails }: AccountAnswer, asked: string): Account {
  const xid = externalId?.trim() ? toXid(externalId) : null;
  const email = emails?.find(({ primary }) => primary === true) ?? emails?.[0];
  return { id, userName: userName ?? asked, xid, active: active ?? true, email: email?.value?.trim() || null };
}
