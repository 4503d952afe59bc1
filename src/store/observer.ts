import pg from 'pg';

/** A customer as operations watch it. */
export interface CustomerState {
  readonly customer: string;
  readonly lastAcceptedAt: Date | null;
  /** Changes that wait for a decision now. */
  readonly held: number;
  /** Since when the oldest live run is under way or waits. */
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

/** What a dry run would hold waits for nobody. */
const CUSTOMER_STATES = `
  SELECT c.id AS customer,
    (SELECT s.decided_at FROM snapshot s
      WHERE s.customer_id = c.id AND s.status = 'accepted' ORDER BY s.id DESC LIMIT 1) AS "lastAcceptedAt",
    (SELECT count(*)::int FROM run r JOIN change h ON h.run_id = r.id AND h.status = 'held'
      WHERE r.customer_id = c.id AND r.kind = 'live' AND r.ended_at IS NULL) AS held,
    (SELECT min(r.started_at) FROM run r
      WHERE r.customer_id = c.id AND r.kind = 'live' AND r.ended_at IS NULL) AS "openRunSince"
  FROM customer c ORDER BY c.id`;
