import pg from "pg";

/** Queries the console's database directly, beside the console; null while the database is down. */
export class DbReader {
  readonly #pool: pg.Pool;

  constructor(connectionString: string) {
    this.#pool = new pg.Pool({ connectionString, max: 4, connectionTimeoutMillis: 3_000 });
    this.#pool.on("error", () => undefined);
  }

  async rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[] | null> {
    try {
      return (await this.#pool.query<T>(text, values)).rows;
    } catch {
      return null;
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
