import { assertGoodAdminPassword } from "../../lib/core/admin-password.ts";
import { type Env, EnvError } from "../../lib/core/env.ts";
import { connect } from "../postgres/connect.ts";
import { ConfigurationError } from "../process/launch-error.ts";

type Given = Pick<Env, "ADMIN_USER" | "ADMIN_PASSWORD" | "DEMO_USERS">;

/**
 * Refuse to start with an ADMIN_PASSWORD that the console is about to give to a user (lib/users/ensure-first-admin.ts) and that
 * nobody could choose. One that no user gets is not looked at: a variable that stayed from long ago stops no start.
 * Throws {@link ConfigurationError}, which does not say the password.
 */
export async function checkFirstAdmin(connectionString: string, given: Given): Promise<void> {
  const { ADMIN_USER, ADMIN_PASSWORD, DEMO_USERS } = given;
  if (!ADMIN_USER || !ADMIN_PASSWORD) return;
  const names = [ADMIN_USER, ...(DEMO_USERS ? ["support", "operator"] : [])];
  const users = await readUsers(connectionString);
  const hasAdmin = users.some(({ is_admin }) => is_admin);
  const getsIt = (name: string) =>
    !users.some(({ username }) => username.toLowerCase() === name.toLowerCase()) || (name === ADMIN_USER && !hasAdmin);
  try {
    for (const name of names.filter(getsIt)) await assertGoodAdminPassword(ADMIN_PASSWORD, name);
  } catch (error) {
    throw error instanceof EnvError ? new ConfigurationError(error.message) : error;
  }
}

type FoundUser = { username: string; is_admin: boolean };

async function readUsers(connectionString: string): Promise<FoundUser[]> {
  const client = await connect(connectionString);
  try {
    const { rows } = await client.query<FoundUser>(
      `select username, role = 'admin' and disabled_at is null and password_hash is not null as is_admin from "user"`,
    );
    return rows;
  } finally {
    await client.end();
  }
}
