import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { ConfigurationError } from "../process/launch-error.ts";
import { checkFirstAdmin } from "./check-first-admin.ts";

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

const check = (ADMIN_PASSWORD: string, more: { ADMIN_USER?: string; DEMO_USERS?: boolean } = {}) =>
  checkFirstAdmin(database.url, { ADMIN_USER: "root", DEMO_USERS: false, ...more, ADMIN_PASSWORD });

const addUser = (username: string, role: string, { disabled = false } = {}) =>
  client.query(
    `insert into "user" (id, username, role, password_hash, created_at, disabled_at)
     values ($1, $2, $3, 'x', now(), case when $4 then now() end)`,
    [randomUUID(), username, role, disabled],
  );

test.each([
  ["short one", "must have at least 15 characters"],
  ["rootrootroot and more", "must not contain the name of the user"],
  ["passwordpassword", "is too easy to guess"],
])("refuses %s for a user who is to be made, and says why without repeating it", async (password, why) => {
  const refused = check(password);
  await expect(refused).rejects.toThrow(ConfigurationError);
  await expect(refused).rejects.toThrow(new RegExp(`^Bad configuration. ADMIN_PASSWORD: ${why}`));
  await expect(refused).rejects.not.toThrow(password);
});

test("lets a good one pass, and variables that name nobody", async () => {
  await check("from the variable");
  await checkFirstAdmin(database.url, { ADMIN_USER: undefined, ADMIN_PASSWORD: undefined, DEMO_USERS: false });
});

test("does not look at one that nobody gets: the user is there, in whatever case", async () => {
  await addUser("Root", "admin");
  await check("passwordpassword");
});

test("looks at it again when no administrator is left, for then that user gets it", async () => {
  await addUser("root", "support");
  await addUser("boss", "admin", { disabled: true });
  await expect(check("passwordpassword")).rejects.toThrow(ConfigurationError);
});

test("with the demo's users it is theirs too", async () => {
  await check("operator of the night train");
  await expect(check("operator of the night train", { DEMO_USERS: true })).rejects.toThrow(/with DEMO_USERS/);
});
