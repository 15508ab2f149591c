import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { LaunchError } from "../process/launch-error.ts";
import { checkServer, judgeServer } from "./check-server.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a server that loses what it acknowledged is refused where money is moved, and good enough for the demo", async () => {
  const log = vi.fn();
  const refused = checkServer(database.ownerUrl, { mustBeDurable: true, log });
  await expect(refused).rejects.toThrow(LaunchError);
  await expect(refused).rejects.toThrow(/fsync.* off/);
  await checkServer(database.ownerUrl, { mustBeDurable: false, log });
  expect(log).not.toHaveBeenCalled();
});

test("a server that can't be reached is said to be that", async () => {
  const away = checkServer("postgres://nobody@127.0.0.1:1/none", { mustBeDurable: true, log: () => {} });
  await expect(away).rejects.toThrow(/cannot be reached/);
});

const sound = {
  number: 150_000,
  version: "15.0",
  standby: false,
  durability: { undurable: [], standbys: 2, synchronous: true },
};

test("the oldest PostgreSQL that is enough, with a standby that commits wait for", () => {
  expect(judgeServer(sound)).toEqual({});
});

test("an older one and a standby are refused for everybody", () => {
  expect(judgeServer({ ...sound, number: 140_020, version: "14.20" })).toMatchObject({
    refusal: { says: expect.stringContaining("14.20 is too old: Cardesk needs 15"), onlyForMoney: false },
  });
  expect(judgeServer({ ...sound, standby: true })).toMatchObject({ refusal: { onlyForMoney: false } });
});

test("standbys of which none is waited for are a warning", () => {
  const durability = { undurable: [], standbys: 2, synchronous: false };
  expect(judgeServer({ ...sound, durability })).toEqual({
    warning: expect.stringContaining("acknowledged writes can be lost"),
  });
});
