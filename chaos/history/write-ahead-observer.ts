import pg from "pg";
import { fields } from "../../sandbox/core/fields.ts";
import type { JournalRow } from "../../sandbox/store/journal.ts";
import type { Observation } from "./history.ts";
import { openParams } from "./open-params.ts";
import { keyOfCall, keyOfOperation } from "./operation-key.ts";

/** A row found later than this, as after a freeze, may have been committed after the call had arrived. */
const MAX_ANSWER_MS = 2_000;

/**
 * Queries the database at the moment a write arrives upstream. By then, of the operations with these parameters, at
 * least as many must be committed as sent as calls have arrived.
 */
export class WriteAheadObserver {
  readonly #observations: Observation[] = [];
  readonly #pool: pg.Pool;
  readonly #appKeys: string;
  readonly #arrived = new Map<string, number>();
  readonly #pending = new Set<Promise<void>>();

  constructor(
    connectionString: string,
    /** They open what is sealed of an operation's cards. */
    appKeys: string,
  ) {
    this.#appKeys = appKeys;
    this.#pool = new pg.Pool({ connectionString, max: 8, connectionTimeoutMillis: 3_000 });
    this.#pool.on("error", () => undefined);
  }

  /** To be called with each journal row of the upstream as it is added. */
  observe(row: JournalRow): void {
    if (row.actor !== "caller") return;
    const key = keyOfCall(row);
    const calls = (this.#arrived.get(key) ?? 0) + 1;
    this.#arrived.set(key, calls);
    const pending = this.#query(row, calls).finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
  }

  /** Wait for queries in flight; all observations, in order of arrival. */
  async close(): Promise<Observation[]> {
    await Promise.all(this.#pending);
    await this.#pool.end();
    return this.#observations.toSorted((a, b) => a.seq - b.seq);
  }

  async #query(row: JournalRow, calls: number): Promise<void> {
    const arrivedAt = performance.now();
    try {
      const { rows } = await this.#pool.query<Parameters<typeof openParams>[0]>(...selectSent(row));
      const isLate = performance.now() - arrivedAt > MAX_ANSWER_MS;
      const wanted = keyOfCall(row);
      const sent = rows.filter((each) => keyOfOperation(openParams(each, this.#appKeys)) === wanted).length;
      const found = sent >= calls ? "yes" : "no";
      this.#observations.push({ seq: row.seq, journalled: isLate && found === "yes" ? "unavailable" : found });
    } catch {
      this.#observations.push({ seq: row.seq, journalled: "unavailable" });
    }
  }
}

/** The query for operations sent that may have this call's parameters: codes are sealed, and compared when opened. */
function selectSent({ kind, params }: JournalRow): [string, unknown[]] {
  const select = "select id, params, sealed from operation where sent_at is not null and kind = $1 and ";
  if (kind === "destroy") {
    const [first] = Array.isArray(params) ? params : [];
    return [`${select} params->'card'->>'id' = $2`, [kind, fields(first).id]];
  }
  const body = fields(params);
  if (kind === "generate")
    return [`${select} params->>'keyType' = $2 and params->>'count' = $3`, [kind, `${body.type}`, `${body.total}`]];
  return [`${select} params->>'amount' = $2`, [kind, body.limit]];
}
