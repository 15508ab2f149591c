import "server-only";
import type { Tx } from "./client";

type Reader = Pick<Tx, "select">;

/**
 * A statement whose text is written once for each database, and not for each request: `build` ends in `.prepare("")`. Without
 * a name it is nothing that PostgreSQL, or a pooler, must keep.
 */
export function prepared<Statement>(build: (db: Reader) => Statement): (db: Reader) => Statement {
  const built = new WeakMap<Reader, Statement>();
  return (db) => {
    const known = built.get(db);
    if (known) return known;
    const statement = build(db);
    built.set(db, statement);
    return statement;
  };
}
