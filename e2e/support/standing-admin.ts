import pg from "pg";
import type { Cardesk } from "./cardesk";
import { freshName } from "./users";

/**
 * One more administrator who has been one for long, with the demo's password: whom a journey makes itself may approve
 * nothing for a day. Afterwards they are gone as if they had never been: with them, other journeys' resets would need
 * an approval.
 */
export async function withStandingAdmin(cardesk: Cardesk, use: (name: string) => Promise<void>): Promise<void> {
  const name = freshName();
  const client = new pg.Client({ connectionString: cardesk.databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into "user" (username, role, password_hash, created_at)
       select $1, 'admin', password_hash, now() - interval '1 year' from "user" where username = 'admin'`,
      [name],
    );
    await use(name);
  } finally {
    await client.query(`update "user" set role = 'support', disabled_at = now() where username = $1`, [name]);
    await client.end();
  }
}
