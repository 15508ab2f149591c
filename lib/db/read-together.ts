import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "./client";

/** A value that a statement computes (JSON, where it is not one), and what it means here. */
export type Part<T> = { value: SQL; read: (value: unknown) => T };

/** Several parts by one statement: one round trip, and all of the same moment. */
export async function readTogether<Parts extends Record<string, Part<unknown>>>(
  tx: Pick<Tx, "execute">,
  parts: Parts,
): Promise<{ [Name in keyof Parts]: ReturnType<Parts[Name]["read"]> }> {
  const names = Object.keys(parts);
  const columns = names.map((name) => sql`${parts[name]?.value} as ${sql.identifier(name)}`);
  const { rows } = await tx.execute(sql`select ${sql.join(columns, sql`, `)}`);
  const read = names.map((name) => [name, parts[name]?.read(rows[0]?.[name])]);
  return Object.fromEntries(read) as { [Name in keyof Parts]: ReturnType<Parts[Name]["read"]> };
}
