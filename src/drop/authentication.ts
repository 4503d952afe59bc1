import ssh2, { type AuthContext, type ParsedKey, type PasswordAuthContext, type PublicKeyAuthContext } from 'ssh2';
import type { DropAccount, DropAccounts } from './accounts.js';
import { isAllowed } from './allow-list.js';
import type { LockOut } from './lock-out.js';
import { verifyPassword } from './password.js';
import { createTurns } from './turns.js';

export interface Authentication {
  readonly accounts: DropAccounts;
  readonly lockOut: LockOut;
}

/** What is to be answered to one attempt. Why it was refused is for our log only: the client learns nothing. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly account: DropAccount }
  /** The client asks whether this key would do, before it signs with it. */
  | { readonly kind: 'key known' }
  | { readonly kind: 'refused'; readonly why: Refusal };

export type Refusal =
  | 'method'
  | 'locked out'
  | 'no such account'
  | 'address not allowed'
  | 'unknown key'
  | 'wrong'
  /** The accounts could not be looked up, which is no fault of the client. */
  | 'unavailable';

/** Two at a time: each takes 32 MiB and a thread, of which there are four for all file work. */
const inTurn = createTurns(2);

/** Judges one attempt to log in, and counts a wrong password as a failure. @throws what `accounts.find` throws. */
export async function judge(attempt: AuthContext, address: string, parts: Authentication): Promise<Verdict> {
  if (attempt.method !== 'password' && attempt.method !== 'publickey') return refused('method');
  const { username } = attempt;
  if (parts.lockOut.remainingMs(username, address) > 0) return refused('locked out');
  const account = username.length > 128 ? null : await parts.accounts.find(username);
  if (attempt.method === 'publickey') return judgeRight(rightOfKey(attempt, account), account, address);
  return inTurn(() => judgePassword(attempt, account, address, parts.lockOut));
}

type Right = 'right' | 'key known' | 'wrong' | 'unknown key';

/** Asks again when its turn has come, and counts before the turn is over: many guesses may be waiting in parallel. */
async function judgePassword(
  { username, password }: PasswordAuthContext,
  account: DropAccount | null,
  address: string,
  lockOut: LockOut,
): Promise<Verdict> {
  if (lockOut.remainingMs(username, address) > 0) return refused('locked out');
  const isRight = await verifyPassword(password, account?.passwordHash ?? null);
  const verdict = judgeRight(isRight ? 'right' : 'wrong', account, address);
  if (verdict.kind === 'refused') lockOut.recordFailure(username, address);
  return verdict;
}

function rightOfKey(attempt: PublicKeyAuthContext, account: DropAccount | null): Right {
  const known = account?.publicKeys.map(parsePublicKey).find((key) => key?.getPublicSSH().equals(attempt.key.data));
  if (known === undefined || known === null) return 'unknown key';
  if (attempt.signature === undefined || attempt.blob === undefined) return 'key known';
  return known.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true ? 'right' : 'wrong';
}

function judgeRight(right: Right, account: DropAccount | null, address: string): Verdict {
  if (account === null) return refused('no such account');
  if (right === 'unknown key' || right === 'wrong') return refused(right);
  if (!isAllowed(address, account.allowedFrom)) return refused('address not allowed');
  return right === 'key known' ? { kind: 'key known' } : { kind: 'accepted', account };
}

/** A key that cannot be read opens nothing. */
function parsePublicKey(text: string): ParsedKey | null {
  const parsed = ssh2.utils.parseKey(text);
  return parsed instanceof Error || Array.isArray(parsed) ? null : parsed;
}

function refused(why: Refusal): Verdict {
  return { kind: 'refused', why };
}
