import pg from "pg";
import { LaunchError } from "../process/launch-error.ts";

/** A connection of the launcher's own. Throws {@link LaunchError} when there is none to be had. */
export async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 15_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LaunchError(`The database cannot be reached: ${message || code}. Is DATABASE_URL right?`);
  }
}
