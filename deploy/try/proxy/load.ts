import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { openTransfer } from "../../../bench/open-transfer.ts";
import { readActionResult } from "../../../chaos/client/flight-response.ts";
import type { ActionManifest } from "../../../test/support/action-manifest.ts";
import { type HttpClient, signIn } from "../../../test/support/http-client.ts";
import type { Fleet } from "./fleet.ts";
import { openTlsClient } from "./tls-client.ts";

export type Load = {
  reads: number;
  transfers: number;
  keys: number;
  /** What was no good answer, by its sentence. */
  failed: Map<string, number>;
  stop: () => Promise<void>;
};

const READERS = 4;
const PAUSE_MS = 60;
const KEYS = 60;
const json = { "content-type": "application/json" };
const CARDS = 200;

/** Reads without pause through the proxy, one transfer after the other, and batches of keys; until it is stopped. */
export async function startLoad(fleet: Fleet, manifest: ActionManifest): Promise<Load> {
  const over = new AbortController();
  const load: Load = { reads: 0, transfers: 0, keys: 0, failed: new Map(), stop: async () => undefined };
  const note = (what: string, error: unknown) => {
    const said = `${what}: ${error instanceof Error ? error.message.slice(0, 120) : String(error)}`;
    load.failed.set(said, (load.failed.get(said) ?? 0) + 1);
  };
  const clients: HttpClient[] = [];
  const enter = async (username: string) => {
    const client = openTlsClient(fleet.url, fleet.ca);
    clients.push(client);
    await signIn(client, manifest, { username, password: fleet.password });
    return client;
  };
  const readers = await Promise.all(Array.from({ length: READERS }, () => enter("support")));
  const operator = await enter("operator");
  const transfer = await openTransfer(operator, { manifest, cards: CARDS });
  const maker = await enter("operator");
  const work = [
    ...readers.map((client, i) => read(client, i)),
    (async () => {
      while (!over.signal.aborted) {
        try {
          await transfer.confirm(await transfer.preview());
          load.transfers += 1;
        } catch (error) {
          note("a transfer", error);
        }
        await sleep(PAUSE_MS);
      }
    })(),
    (async () => {
      for (let turn = 0; !over.signal.aborted; turn++) {
        try {
          await makeKeys(maker, manifest, turn % 6);
          load.keys += KEYS;
        } catch (error) {
          note("a batch", error);
        }
        await sleep(15_000, undefined, { signal: over.signal }).catch(() => undefined);
      }
    })(),
  ];
  load.stop = async () => {
    over.abort();
    await Promise.all(work);
    for (const client of clients) client.close();
  };
  return load;

  async function read(client: HttpClient, number: number): Promise<void> {
    const list = { filter: {}, sort: { id: "created", desc: true }, page: 1, size: 50 };
    const all = [
      ["GET /cards", () => client.get("/cards")],
      ["POST /api/cards/list", () => client.post("/api/cards/list", JSON.stringify(list), json)],
      ["GET /", () => client.get("/")],
      ["POST /api/overview/read", () => client.post("/api/overview/read", "{}", json)],
      ["GET /operations", () => client.get("/operations")],
    ] as const;
    for (let turn = number; !over.signal.aborted; turn++) {
      const [what, ask] = all[turn % all.length] ?? all[0];
      try {
        const { status } = await ask();
        load.reads += 1;
        if (status !== 200) note(what, `HTTP ${status}`);
      } catch (error) {
        note(what, error);
      }
      await sleep(PAUSE_MS);
    }
  }
}

async function makeKeys(client: HttpClient, manifest: ActionManifest, keyType: number): Promise<void> {
  const { path, id } = manifest("keys.create");
  const headers = { "next-action": id, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8" };
  const form = { batchId: randomUUID(), keyType, wanted: KEYS, note: "behind a proxy" };
  const { status, text } = await client.post(path, JSON.stringify([form]), headers);
  const result = readActionResult(text) as { ok?: boolean; error?: { key: string } } | undefined;
  // One of that type is still being made: nothing was begun.
  if (status === 200 && result?.error?.key.startsWith("batch_")) return;
  if (status !== 200 || !result?.ok)
    throw new Error(`HTTP ${status} ${JSON.stringify(result?.error ?? text.slice(0, 80))}`);
}

/** What both sides have of it: no operation was sent twice, and none happened that nobody asked for. */
export async function doubledWrites({ db, sandbox }: Fleet): Promise<string> {
  const [open] = (await db.rows<{ n: number }>(OPEN)) ?? [];
  if (open?.n !== 0) throw new Error(`${open?.n} operations or batches are still open`);
  const rows = (await db.rows<{ kind: string; n: number }>(DONE)) ?? [];
  const done = Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
  const [keys] = (await db.rows<{ wanted: number; stored: number }>(KEYS_MADE)) ?? [];
  const { journal } = sandbox.store;
  const sent = (kind: string) =>
    journal.filter((row) => row.actor === "caller" && row.kind === kind && row.effectAt).length;
  const [transfers, chunks] = [sent("transfer"), sent("generate")];
  const made = journal.flatMap(({ changes }) => changes).filter(({ kind }) => kind === "key").length;
  const said = `${transfers} transfers upstream, ${done.transfer ?? 0} in the journal; ${chunks} and ${done.generate ?? 0} calls for keys; ${made} keys made, ${keys?.stored} stored, ${keys?.wanted} asked for`;
  if (
    transfers !== (done.transfer ?? 0) ||
    chunks !== (done.generate ?? 0) ||
    made !== keys?.stored ||
    made !== keys.wanted
  )
    throw new Error(said);
  return said;
}

const OPEN = `select ((select count(*) from operation where state in ('intent', 'sent', 'unknown'))
  + (select count(*) from batch where state in ('generating', 'paused')))::int as n`;
const DONE = "select kind::text, count(*)::int as n from operation where state = 'done' group by 1";
const KEYS_MADE = `select (select coalesce(sum(wanted), 0) from batch)::int as wanted, (select count(*) from card_key)::int as stored`;
