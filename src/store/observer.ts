import pg from 'pg';

/** A customer as operations watch it. */
export interface CustomerState {
  readonly customer: string;
  readonly lastAcceptedAt: Date | null;
  /** Changes that wait for a decision now. */
  readonly held: number;
  /** Since when the newest live run is under way or waits; null when it has ended. */
  readonly openRunSince: Date | null;
}

const ANSWER_WITHIN_MS = 2_000;

/**
 * Looks at Postgres for probes and metrics. On connections of its own and with a time limit: those of the work may all
 * be busy, or hang on a machine that vanished, and a probe has to tell of it instead of waiting as well.
 */
export class Observer {
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: 2,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      application_name: 'usersync observer',
    });
    this.#pool.on('error', () => undefined);
  }

  async answers(): Promise<boolean> {
    return this.#pool.query('SELECT 1').then(Boolean, () => false);
  }

  /** @throws whatever Postgres says, or that it said nothing for two seconds. */
  async customers(): Promise<readonly CustomerState[]> {
    const { rows } = await this.#pool.query<CustomerState>(CUSTOMER_STATES);
    return rows;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/**
 * A customer has one live run at a time. An earlier one without an end was terminated in Temporal, and what a dry run
 * would hold waits for nobody.
 */
const CUSTOMER_STATES = `
  SELECT c.id AS customer, accepted.decided_at AS "lastAcceptedAt", open.started_at AS "openRunSince",
    (SELECT count(*)::int FROM change h WHERE h.run_id = open.id AND h.status = 'held') AS held
  FROM customer c
  LEFT JOIN LATERAL (
    SELECT decided_at FROM snapshot
    WHERE customer_id = c.id AND status = 'accepted' ORDER BY id DESC LIMIT 1) accepted ON true
  LEFT JOIN LATERAL (
    SELECT id, started_at, ended_at FROM run
    WHERE customer_id = c.id AND kind = 'live' ORDER BY number DESC LIMIT 1) open ON open.ended_at IS NULL
  ORDER BY c.id`;
