import type { AuthContext, AuthenticationType } from 'ssh2';
import type { DropAccount } from './accounts.js';
import { judge, type Authentication, type Refusal, type Verdict } from './authentication.js';
import type { DropLog } from './log.js';

const METHODS: AuthenticationType[] = ['publickey', 'password'];

export interface LoginParts extends Authentication {
  readonly address: string;
  readonly loginAttempts: number;
  readonly log: DropLog;
  readonly isConnected: () => boolean;
  readonly disconnect: () => void;
}

/** The attempts of one connection to log in. */
export class Login {
  account: DropAccount | null = null;
  private refusals = 0;
  private refusedKeyOf: string | null = null;

  constructor(private readonly parts: LoginParts) {}

  async attempt(attempt: AuthContext): Promise<void> {
    const verdict = await judge(attempt, this.parts.address, this.parts).catch(unavailable);
    if (!this.parts.isConnected()) return this.noteKey(attempt, verdict);
    if (verdict.kind === 'key known') return attempt.accept();
    if (verdict.kind === 'accepted') return this.accept(attempt, verdict.account);
    this.noteKey(attempt, verdict);
    this.refuse(attempt, verdict.why);
  }

  /** Keys that were only offered are one failure in all, and none when another way in was found: agents offer every key they hold. */
  connectionEnded(): void {
    if (this.account !== null || this.refusedKeyOf === null) return;
    this.parts.lockOut.recordFailure(this.refusedKeyOf, this.parts.address);
  }

  private accept(attempt: AuthContext, account: DropAccount): void {
    this.account = account;
    this.parts.lockOut.recordSuccess(account.userName, this.parts.address);
    this.parts.log.info(this.fields(account.userName, account.customer), 'logged in');
    attempt.accept();
  }

  private noteKey(attempt: AuthContext, verdict: Verdict): void {
    if (attempt.method !== 'publickey' || verdict.kind !== 'refused') return;
    if (verdict.why !== 'locked out' && verdict.why !== 'unavailable') this.refusedKeyOf = attempt.username;
  }

  private refuse(attempt: AuthContext, why: Refusal): void {
    if (why !== 'method') {
      this.refusals += 1;
      // What is typed as the name of an account that does not exist may well be a password.
      const userName = why === 'no such account' ? null : attempt.username;
      this.parts.log.warn({ ...this.fields(userName, null), method: attempt.method, why }, 'login refused');
    }
    attempt.reject(METHODS);
    if (why === 'locked out' || this.refusals >= this.parts.loginAttempts) this.parts.disconnect();
  }

  private fields(userName: string | null, customer: string | null): Readonly<Record<string, unknown>> {
    return { address: this.parts.address, userName, customer };
  }
}

function unavailable(): Verdict {
  return { kind: 'refused', why: 'unavailable' };
}
