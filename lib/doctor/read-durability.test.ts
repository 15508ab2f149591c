import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runOn } from "@/test/database";
import { type KillablePostgres, REPLICATED, startKillablePostgres } from "@/test/support/killable-postgres";
import { readDurability } from "./read-durability";

let postgres: KillablePostgres;
let client: pg.Client;
beforeAll(async () => {
  postgres = await startKillablePostgres(REPLICATED);
  client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await postgres.stop();
});

const durability = () => readDurability((text) => client.query(text));

test("what the running console's role sees: settings that lose writes, standbys, and whether a commit waits for one", async () => {
  expect(await durability()).toEqual({ undurable: ["fsync"], standbys: 0, synchronous: false });

  const address = new URL(postgres.adminUrl);
  address.searchParams.set("replication", "database");
  const standby = new pg.Client({ connectionString: address.href, ...{ replication: "database" } });
  await standby.connect();
  await expect.poll(durability).toEqual({ undurable: ["fsync"], standbys: 1, synchronous: false });

  await runOn(postgres.adminUrl, "alter system set synchronous_standby_names = 'ANY 1 (*)'");
  await runOn(postgres.adminUrl, "select pg_reload_conf()");
  await expect.poll(durability).toEqual({ undurable: ["fsync"], standbys: 1, synchronous: true });
  await standby.end();
});

test("a role that may not see standbys is told so, not that there are none", async () => {
  await runOn(postgres.adminUrl, "alter system reset synchronous_standby_names");
  const address = new URL(postgres.adminUrl);
  address.pathname = "/cardesk";
  await runOn(address.href, REVOKE);
  expect(await durability()).toMatchObject({ standbys: null });
});

const REVOKE = "revoke select on pg_stat_replication from public";
