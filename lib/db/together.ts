import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "./client";
import { prepared } from "./prepared";

/** Several values (see `mapWith`), placeholders in them, as one statement: one round trip, and all of the same moment. */
export function together<Parts extends Record<string, SQL>>(parts: Parts) {
  const statement = prepared((db) => db.select(parts).from(sql`(select 1) one`));
  return async (db: Pick<Tx, "select">, values: Record<string, unknown> = {}) => {
    const [row] = await statement(db).execute(values);
    if (!row) throw new Error("a statement without a table has one row");
    return row;
  };
}
