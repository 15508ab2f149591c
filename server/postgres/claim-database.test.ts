import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { claimDatabase } from "./claim-database.ts";

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

test("a real installation's database is refused to the demo", async () => {
  await claimDatabase(database.ownerUrl, "real");
  await claimDatabase(database.ownerUrl, "real");
  await expect(claimDatabase(database.ownerUrl, "sandbox")).rejects.toThrow("belongs to a real installation");
});

test("the demo's database is refused to a real installation", async () => {
  await claimDatabase(database.ownerUrl, "sandbox");
  await expect(claimDatabase(database.ownerUrl, "real")).rejects.toThrow("made by the demo");
});
