import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  alertChannelContext,
  cardEventContext,
  customerNoteContext,
  followUpContext,
  operationContext,
  parseAppKeys,
  seal,
  totpContext,
} from "@/lib/core/sealing";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { LaunchError } from "../process/launch-error.ts";
import { checkAppKeys } from "./check-app-keys.ts";

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

const key = (tag: string, fill: number): string => `${tag}:${Buffer.alloc(32, fill).toString("base64")}`;
const check = (appKeys: string, lost: string[] = []) => checkAppKeys(database.url, { appKeys, lost });

/** A stored card key, sealed with the first of `appKeys`. */
async function store(appKeys: string): Promise<void> {
  const [batch, operation, id] = [randomUUID(), randomUUID(), randomUUID()];
  const [first] = parseAppKeys(appKeys);
  if (!first) throw new Error("no key");
  const text = (statement: string, values: unknown[]) => client.query(statement, values);
  await text(
    `insert into batch (id, key_type, wanted, state, created_by_name, created_at, updated_at)
     values ($1, 0, 1, 'done', 'ming', now(), now())`,
    [batch],
  );
  await text(
    `insert into operation (id, kind, state, params, actor_name, created_at, expires_at)
     values ($1, 'generate', 'applied', '{}', 'ming', now(), now())`,
    [operation],
  );
  await text(
    `insert into card_key (id, batch_id, operation_id, upstream_id, key_type, last4, cipher, fingerprint, recorded_at)
     values ($1, $2, $3, '1', 0, 'F8D1', $4, $5, now())`,
    [id, batch, operation, seal(first, "BF28FAE8B0C44B3FA5B8E7A7B1F7F8D1", id), id],
  );
}

test("the first start seals a canary, which the right key opens and another of the same tag does not", async () => {
  await check(key("k1", 1));
  await check(key("k1", 1));
  const { rows } = await client.query("select value from setting where key = 'app_key_canary.k1'");
  expect(JSON.stringify(rows)).not.toContain("cardesk");
  await expect(check(key("k1", 2))).rejects.toThrow(LaunchError);
  await expect(check(key("k1", 2))).rejects.toThrow("The key k1 in APP_KEYS is not the one");
  await check(key("k1", 1));
});

test("of a rotation's two keys each is checked, and the wrong one is named", async () => {
  await check(key("k1", 1));
  await check(`${key("k2", 2)},${key("k1", 1)}`);
  await expect(check(`${key("k2", 3)},${key("k1", 1)}`)).rejects.toThrow("The key k2 in");
  await expect(check(`${key("k2", 2)},${key("k1", 3)}`)).rejects.toThrow("The key k1 in");
});

test("a key that stored ones are sealed with may not be left out, unless it is said to be lost", async () => {
  await check(key("k1", 1));
  await store(key("k1", 1));
  await expect(check(key("k2", 2))).rejects.toThrow("APP_KEYS lacks the key k1");
  await expect(check(key("k2", 2), ["k0"])).rejects.toThrow("APP_KEYS lacks the key k1");
  await check(key("k2", 2), ["k1"]);
  await check(`${key("k2", 2)},${key("k1", 1)}`);
});

test("a key that nothing is sealed with any more may go", async () => {
  await check(`${key("k2", 2)},${key("k1", 1)}`);
  await store(key("k2", 2));
  await check(key("k2", 2));
});

test("a database from before the canary tells by what is stored", async () => {
  await store(key("k1", 1));
  await expect(check(key("k1", 2))).rejects.toThrow("The key k1 in");
  const { rows } = await client.query("select key from setting");
  expect(rows).toEqual([]);
  await check(key("k1", 1));
});

test("so does one that holds only the fingerprint's secret", async () => {
  const [first] = parseAppKeys(key("k1", 1));
  if (!first) throw new Error("no key");
  const value = JSON.stringify(seal(first, "secret", "card_key_fingerprint").toString("base64"));
  await client.query("insert into setting (key, value) values ('card_key_fingerprint', $1)", [value]);
  await expect(check(key("k2", 2))).rejects.toThrow("APP_KEYS lacks the key k1");
  await expect(check(key("k1", 2))).rejects.toThrow("The key k1 in");
  await check(key("k1", 1));
});

test("so does one that holds only the secret of an authenticator app", async () => {
  const [first] = parseAppKeys(key("k1", 1));
  if (!first) throw new Error("no key");
  const id = randomUUID();
  await client.query(`insert into "user" (id, username, role) values ($1, 'ming', 'support')`, [id]);
  const secret = seal(first, "JBSWY3DPEHPK3PXP", totpContext(id));
  await client.query("insert into totp (user_id, secret, created_at) values ($1, $2, now())", [id, secret]);
  await expect(check(key("k2", 2))).rejects.toThrow("APP_KEYS lacks the key k1");
  await expect(check(key("k1", 2))).rejects.toThrow("The key k1 in");
  await check(key("k1", 1));
});

test("so does one that holds only the phones and codes of an operation, or of a change of a card", async () => {
  const [first] = parseAppKeys(key("k1", 1));
  if (!first) throw new Error("no key");
  const id = randomUUID();
  await client.query(
    `insert into operation (id, kind, state, params, sealed, actor_name, created_at, expires_at)
     values ($1, 'destroy', 'draft', '{}', $2, 'ming', now(), now())`,
    [id, seal(first, "[]", operationContext(id))],
  );
  const isHeld = async () => {
    await expect(check(key("k2", 2))).rejects.toThrow("APP_KEYS lacks the key k1");
    await expect(check(key("k1", 2))).rejects.toThrow("The key k1 in");
  };
  await isHeld();
  await client.query("delete from operation");
  const { rows } = await client.query(
    "insert into card_event (card_id, at, kind) values ('c', now(), 'code') returning id",
  );
  const sealed = seal(first, "{}", cardEventContext(rows[0].id));
  await client.query("update card_event set sealed = $1", [sealed]);
  await isHeld();
  await check(key("k1", 1));
});

test("so does one that holds only a channel for alerts, which would else be silent", async () => {
  const [first] = parseAppKeys(key("k1", 1));
  if (!first) throw new Error("no key");
  const id = randomUUID();
  await client.query(
    `insert into alert_channel (id, kind, name, "on", sealed, shown, created_at, updated_at)
     values ($1, 'webhook', 'ops', true, $2, 'x', now(), now())`,
    [id, seal(first, "{}", alertChannelContext(id))],
  );
  await expect(check(key("k2", 2))).rejects.toThrow("APP_KEYS lacks the key k1");
  await expect(check(key("k1", 2))).rejects.toThrow("The key k1 in");
  await check(key("k1", 1));
});

test("so does one that holds only a note about a customer, or a follow-up", async () => {
  const [first] = parseAppKeys(key("k1", 1));
  if (!first) throw new Error("no key");
  const [id, author] = [randomUUID(), randomUUID()];
  await client.query(`insert into "user" (id, username, role) values ($1, 'ming', 'support')`, [author]);
  await client.query(
    `insert into customer_note (id, card_id, author_id, author_name, at, sealed) values ($1, 'c', $2, 'ming', now(), $3)`,
    [id, author, seal(first, "x", customerNoteContext(id))],
  );
  const isHeld = () => expect(check(key("k2", 2))).rejects.toThrow("APP_KEYS lacks the key k1");
  await isHeld();
  await client.query("delete from customer_note");
  await client.query(
    `insert into follow_up (id, card_id, assigned_to, opened_by, opened_by_name, opened_at, due_at, state, sealed)
     values ($1, 'c', $2, $2, 'ming', now(), now(), 'open', $3)`,
    [id, author, seal(first, "x", followUpContext(id))],
  );
  await isHeld();
  await check(key("k1", 1));
});

test("consoles that start at once agree on one key", async () => {
  const starts = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => check(key("k1", index + 1))));
  expect(starts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
