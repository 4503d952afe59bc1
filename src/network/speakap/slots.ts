import type { Rate } from './bucket.js';
import type { Clock } from './clock.js';
import type { RateBudget } from '../budget.js';

/** Slots of up to half a second are reserved ahead: what is asked of the budget, and what is lost with a worker. */
const AHEAD_SECONDS = 0.5;

/** Slots one after the other. */
interface Lot {
  next: number;
  left: number;
}

/**
 * Takes slots of a shared budget a lot at a time. Lots grow while all of their slots are used, up to half a second's
 * worth, so that who asks rarely takes little from the others; and the next lot is reserved before the last one is used up.
 */
export class Slots {
  private readonly everyMs: number;
  private readonly most: number;
  /** A slot may be used so much later than it was meant for: what the rate saves up. */
  private readonly lateMs: number;
  private lots: Lot[] = [];
  private size = 0;
  private wasted = false;
  private coming: Promise<void> | null = null;

  constructor(
    private readonly budget: RateBudget,
    rate: Rate,
    private readonly clock: Clock,
    private readonly onPause: (ms: number) => void,
  ) {
    this.everyMs = 1000 / rate.perSecond;
    this.most = Math.max(1, Math.floor(rate.perSecond * AHEAD_SECONDS));
    this.lateMs = (rate.burst - 1) * this.everyMs;
  }

  /**
   * Takes a slot, or says how long to wait before asking again. `waiting`: how many would take one now.
   * @throws what the budget throws
   */
  async take(waiting: number): Promise<number> {
    this.forgetLate();
    if (this.left === 0) await this.reserve(waiting);
    // What fails ahead of time is asked for again when it is needed, and thrown then.
    else if (2 * waiting > this.left && this.left <= this.most / 2) void this.reserve(waiting).catch(() => undefined);
    const lot = this.lots[0];
    if (lot === undefined) return this.everyMs;
    const waitMs = lot.next - this.clock.now();
    if (waitMs > 0) return waitMs;
    this.use(lot);
    return 0;
  }

  private get left(): number {
    return this.lots.reduce((sum, { left }) => sum + left, 0);
  }

  private use(lot: Lot): void {
    lot.next += this.everyMs;
    lot.left -= 1;
    if (lot.left === 0) this.lots.shift();
  }

  /** Whoever used all the slots that were missed would come as a crowd. */
  private forgetLate(): void {
    const oldest = this.clock.now() - this.lateMs;
    for (let lot = this.lots[0]; lot !== undefined && lot.next < oldest; lot = this.lots[0]) {
      this.use(lot);
      this.wasted = true;
    }
  }

  /** One reservation at a time. */
  private reserve(waiting: number): Promise<void> {
    this.coming ??= this.reserveLot(waiting).finally(() => (this.coming = null));
    return this.coming;
  }

  private async reserveLot(waiting: number): Promise<void> {
    const wanted = Math.max(waiting, this.wasted ? 1 : this.size * 2);
    this.size = Math.max(1, Math.min(wanted, this.most - this.left));
    this.wasted = false;
    const { inMs, pausedMs } = await this.budget.reserve(this.size, this.everyMs);
    this.lots.push({ next: this.clock.now() + inMs, left: this.size });
    if (pausedMs > 0) this.onPause(pausedMs);
  }
}
