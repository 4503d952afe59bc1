/** How the plan's time runs against real time: in a demo six weeks pass in a minute. */
export interface PlanClock {
  /** Real milliseconds since 1970 at the start. */
  readonly origin: number;
  /** Milliseconds since 1970 in the plan at the start. */
  readonly planOrigin: number;
  /** Plan milliseconds in a real one; above 0. */
  readonly speed: number;
}

/** The plan's whole milliseconds since 1970 at a real moment. */
export function toPlanTime(clock: PlanClock, realMs: number): number {
  return Math.floor(clock.planOrigin + (realMs - clock.origin) * clock.speed);
}

/** The real whole milliseconds since 1970 at which the plan has reached a moment, so that a timer never rings early. */
export function toRealTime(clock: PlanClock, planMs: number): number {
  return clock.origin + Math.ceil((planMs - clock.planOrigin) / clock.speed);
}
