import { withPassword } from '../rules/people.js';
import type { User } from '../state/entities.js';
import { hashPassword } from '../state/ids.js';
import type { NetworkState } from '../state/network-state.js';
import type { LoginInput } from './inputs.js';

export type LoginOutcome =
  | 'logged_in'
  | 'incorrect_password'
  /** The password is temporary: a new one must be given (`reset_temporary_password`). */
  | 'reset_temporary_password'
  /** The new one is too weak, or is the old one. */
  | 'weak_password';

/** The first-login rule of `speakap-user-sync.md`, 9. `user` is the person as the login leaves it; null when it failed. */
export function tryLogin(network: NetworkState, input: LoginInput): { outcome: LoginOutcome; user: User | null } {
  const eid = network.people.withUserName(input.userName);
  const user = eid === undefined ? undefined : network.users.get(eid);
  const isRight = user?.password?.hash === hashPassword(user?.eid ?? '', input.password);
  if (user === undefined || user.suspendedAt !== null || !isRight) return { outcome: 'incorrect_password', user: null };
  if (user.password?.temporary !== true) return { outcome: 'logged_in', user };
  if (input.newPassword === undefined) return { outcome: 'reset_temporary_password', user: null };
  if (!isStrong(input.newPassword) || input.newPassword === input.password)
    return { outcome: 'weak_password', user: null };
  return { outcome: 'logged_in', user: withPassword(user, input.newPassword, false) };
}

/** At least 10 characters, upper and lower case, a digit or a special character. */
function isStrong(password: string): boolean {
  return password.length >= 10 && /\p{Lu}/u.test(password) && /\p{Ll}/u.test(password) && /[^\p{L}]/u.test(password);
}
