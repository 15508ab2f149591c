import "server-only";
import { createHash } from "node:crypto";
import type { Tx } from "./client";

type Reader = Pick<Tx, "select">;
type Query<Statement> = { prepare: (name: string) => Statement; toSQL: () => { sql: string } };

/**
 * A statement whose text is written once for each database, and not for each request. Each connection has PostgreSQL plan it
 * once and keep it, under a name that says its text: planning the session's takes twice as long as reading it. Not in a
 * transaction (client.ts). A pooler that would hand it to another session is refused at the start, because locks belong to
 * sessions as well.
 */
export function prepared<Statement>(build: (db: Reader) => Query<Statement>): (db: Reader) => Statement {
  const built = new WeakMap<Reader, Statement>();
  return (db) => {
    const known = built.get(db);
    if (known) return known;
    const query = build(db);
    const statement = query.prepare(createHash("sha256").update(query.toSQL().sql).digest("base64url"));
    built.set(db, statement);
    return statement;
  };
}
