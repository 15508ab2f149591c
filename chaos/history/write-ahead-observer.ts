import pg from "pg";
import { fields } from "../../sandbox/lab.ts";
import type { JournalRow } from "../../sandbox/types.ts";
import { signatureOfCall } from "./operation-key.ts";

export type Sight = { seq: number; journalled: "yes" | "no" | "unseen" };

/**
 * Looks into the database at the very moment a write arrives upstream: by then, as many operations with these parameters
 * must be committed as sent as calls have come. A database that is being killed can't be asked: "unseen".
 */
export class Witness {
  readonly sights: Sight[] = [];
  readonly #pool: pg.Pool;
  readonly #arrived = new Map<string, number>();
  readonly #asking = new Set<Promise<void>>();

  constructor(connectionString: string) {
    this.#pool = new pg.Pool({ connectionString, max: 8, connectionTimeoutMillis: 3_000 });
    this.#pool.on("error", () => undefined);
  }

  /** To be called with each journal row of the upstream as it is made. */
  see(row: JournalRow): void {
    if (row.actor !== "caller") return;
    const signature = signatureOfCall(row);
    const calls = (this.#arrived.get(signature) ?? 0) + 1;
    this.#arrived.set(signature, calls);
    const asking = this.#look(row, calls).finally(() => this.#asking.delete(asking));
    this.#asking.add(asking);
  }

  async close(): Promise<Sight[]> {
    await Promise.all(this.#asking);
    await this.#pool.end();
    return this.sights.toSorted((a, b) => a.seq - b.seq);
  }

  async #look(row: JournalRow, calls: number): Promise<void> {
    try {
      const { rows } = await this.#pool.query<{ n: number }>(...question(row));
      this.sights.push({ seq: row.seq, journalled: (rows[0]?.n ?? 0) >= calls ? "yes" : "no" });
    } catch {
      this.sights.push({ seq: row.seq, journalled: "unseen" });
    }
  }
}

function question({ kind, params }: JournalRow): [string, unknown[]] {
  const count = "select count(*)::int as n from operation where sent_at is not null and kind = $1 and ";
  if (kind === "destroy") {
    const [first] = Array.isArray(params) ? params : [];
    return [`${count} params->'card'->>'id' = $2`, [kind, fields(first).id]];
  }
  const given = fields(params);
  if (kind === "generate")
    return [`${count} params->>'keyType' = $2 and params->>'count' = $3`, [kind, `${given.type}`, `${given.total}`]];
  const where = "params->'source'->>'code' = $2 and params->'target'->>'code' = $3 and params->>'amount' = $4";
  return [count + where, [kind, given.code, given.target_code, given.limit]];
}
