/** One statement on one connection; the first row of its answer. */
export type Ask = (text: string) => Promise<Record<string, unknown> | undefined>;

const PID = "select pg_backend_pid() as pid";

/**
 * Whether a connection is one session of the server. Behind a pooler that lends a session for a transaction only, another client
 * takes the session meanwhile, and the next statement speaks to another one: a lock would be held by somebody else.
 */
export async function keepsSession(connection: Ask, another: Ask): Promise<boolean> {
  const before = await connection(PID);
  await another("begin");
  try {
    await another(PID);
    const after = await connection(PID);
    return before?.pid === after?.pid;
  } finally {
    await another("rollback");
  }
}
